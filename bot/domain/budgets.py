"""Budgets: whose, for which day or month, how much is left, and which one says no.

Three scopes must all hold: the person's (per server, or in direct messages), the server's, the bot's.
Each has a limit per UTC day and per UTC month; a scope without a limit never refuses, but is counted.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser


class Period(StrEnum):
    """How long a limit counts before it starts anew."""

    DAY = "day"
    MONTH = "month"


class Scope(StrEnum):
    """Whose money a running total counts."""

    PERSON = "person"
    GUILD = "guild"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account: (server, person); in direct messages the server is 0."""

    guild_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Window:
    """One UTC day (`2026-11-20`) or month (`2026-11`)."""

    period: Period
    key: str
    resets_at: int
    """When the next one begins, in Unix seconds."""


def windows_at(now_ms: int) -> tuple[Window, Window]:
    """Tell the day and the month that `now_ms` (Unix milliseconds) belongs to."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = calendar.monthrange(now.year, now.month)[1]
    day = Window(Period.DAY, f"{now:%Y-%m-%d}", int((midnight + timedelta(days=1)).timestamp()))
    first = midnight.replace(day=1)
    return day, Window(Period.MONTH, f"{now:%Y-%m}", int((first + timedelta(days=days)).timestamp()))


@dataclass(frozen=True, slots=True)
class Budget:
    """One scope in one window: what is spent, reserved and allowed, in nano-dollars."""

    scope: Scope
    window: Window
    spent: int
    reserved: int
    limit: int | None
    raisable: bool
    """Whether a moderator of the server may allow more."""

    @property
    def used(self) -> int:
        """What is spent and reserved together."""
        return self.spent + self.reserved

    @property
    def left(self) -> int | None:
        """What may still be reserved, never below zero; None where there is no limit."""
        return None if self.limit is None else max(0, self.limit - self.used)

    def is_passed_by(self, more: int) -> bool:
        """Whether `more` nano-dollars on top of what is used would pass its limit."""
        return self.limit is not None and self.used + more > self.limit


def first_exceeded(budgets: Sequence[Budget], wanted: int) -> Budget | None:
    """Give the first budget that `wanted` more nano-dollars would pass, or None where all hold."""
    return next((b for b in budgets if b.left is not None and b.left < wanted), None)


@dataclass(eq=False)
class BudgetRefusal(Refusal):
    """A "no" of one budget."""

    budget: Budget = field(kw_only=True)


_WHOSE = {Scope.PERSON: "your", Scope.GUILD: "this server's", Scope.TOTAL: "the whole bot's"}


def nothing_left(budget: Budget) -> BudgetRefusal:
    """Say which limit has nothing left, when it starts anew, and whom to ask."""
    whose, period = _WHOSE[budget.scope], budget.window.period
    why = f"Of {whose} {usd_text(budget.limit or 0)} for the {period} nothing is left{_held(budget)}."
    return _refused(budget, f"this: {whose} limit for the {period} is used up", why)


def budget_refusal(budget: Budget, wanted: int) -> BudgetRefusal:
    """Say which limit refuses, how much is left, when it starts anew, and whom to ask."""
    limit, left = budget.limit or 0, budget.left or 0
    whose, period = _WHOSE[budget.scope], budget.window.period
    why = (
        f"It would cost about {usd_text(wanted)}, but of {whose} {usd_text(limit)} for the {period} "
        f"only {usd_text(left)} is left{_held(budget)}."
    )
    return _refused(budget, f"this: it would pass {whose} limit for the {period}", why)


def unsent_text(budget: Budget, price: int) -> str:
    """Say for everybody to see why a task was not sent after all; what anybody has left is not told."""
    return (
        f"It was not sent: a picture like this costs {usd_text(price)} by now, and that would pass "
        f"{_WHOSE[budget.scope]} limit for the {budget.window.period}. /usage shows you alone what is left."
    )


def _held(budget: Budget) -> str:
    return f" ({usd_text(budget.reserved)} of it is held for work in progress)" if budget.reserved else ""


def _refused(budget: Budget, what: str, why: str) -> BudgetRefusal:
    return BudgetRefusal(
        Refuser.LIMIT if budget.scope is not Scope.TOTAL else Refuser.BOT,
        what,
        why,
        f"The {budget.window.period} starts anew <t:{budget.window.resets_at}:R>. For more before then, ask "
        f"{'a moderator of this server' if budget.raisable else 'whoever runs this bot'}.",
        in_public="/usage shows you alone what is left, and when it starts anew.",
        budget=budget,
    )
