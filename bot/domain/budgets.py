"""Budgets: whose, for which day or month, how much is left, and which one says no.

Four scopes must all hold: the person's (per server, or in direct messages), the same person's over all servers and
direct messages, the server's, the bot's. Each has a limit per UTC day and per UTC month; a scope without a limit
never refuses, but is counted.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import Final

from bot.domain.refusals import Refusal

_DAY_MS: Final = 86_400_000


class Period(StrEnum):
    """How long a limit counts before it starts anew."""

    DAY = "day"
    MONTH = "month"


class Scope(StrEnum):
    """Whose money a running total counts."""

    PERSON = "person"
    EVERYWHERE = "everywhere"
    """One person's, over all servers and direct messages."""
    GUILD = "guild"
    TOTAL = "total"

    @property
    def is_own(self) -> bool:
        """Whether it counts one person's money alone."""
        return self is Scope.PERSON or self is Scope.EVERYWHERE


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account: (server, person); in direct messages the server is 0."""

    guild_id: int
    user_id: int

    def counted_in(self, scope: Scope) -> "Account":
        """Tell whose total of a scope its money counts in; what is not told apart there is 0."""
        match scope:
            case Scope.PERSON:
                return self
            case Scope.EVERYWHERE:
                return Account(0, self.user_id)
            case Scope.GUILD:
                return Account(self.guild_id, 0)
            case Scope.TOTAL:
                return Account(0, 0)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Name the scopes that its money counts in, the person's own first."""
        of_server = (Scope.GUILD,) if self.guild_id else ()
        return (Scope.PERSON, Scope.EVERYWHERE, *of_server, Scope.TOTAL)


@dataclass(frozen=True, slots=True)
class Window:
    """One UTC day (`2026-11-20`) or month (`2026-11`)."""

    period: Period
    key: str
    resets_at: int
    """When the next one begins, in Unix seconds."""


def windows_at(now_ms: int) -> tuple[Window, Window]:
    """Tell the day and the month that `now_ms` (Unix milliseconds) belongs to."""
    return _windows_of(now_ms // _DAY_MS)


@lru_cache(maxsize=8)
def _windows_of(day_number: int) -> tuple[Window, Window]:
    midnight = datetime.fromtimestamp(day_number * _DAY_MS // 1000, UTC)
    days = calendar.monthrange(midnight.year, midnight.month)[1]
    day = Window(Period.DAY, f"{midnight:%Y-%m-%d}", int((midnight + timedelta(days=1)).timestamp()))
    first = midnight.replace(day=1)
    return day, Window(Period.MONTH, f"{midnight:%Y-%m}", int((first + timedelta(days=days)).timestamp()))


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


def fitting(prices: Sequence[int], budgets: Sequence[Budget]) -> int:
    """Tell how many of some prices, from the first on, all budgets hold together."""
    sums = accumulate(prices)
    return sum(1 for wanted in sums if first_exceeded(budgets, wanted) is None)


@dataclass(eq=False)
class BudgetRefusal(Refusal):
    """A "no" of one budget."""

    budget: Budget = field(kw_only=True)
