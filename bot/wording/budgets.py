"""Limits of money that refuse, and the warnings before they do."""

from collections.abc import Mapping
from typing import Final

from bot.domain.budgets import Budget, BudgetRefusal, Period, Scope
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.domain.refusals import Refuser, Remedy
from bot.domain.remedies import AskModerator, MakeFewer
from bot.domain.warnings import ALL, BudgetWarning
from bot.wording.prices import price_text
from bot.wording.text import counted

_TIME: Final[Mapping[Period, str]] = {Period.DAY: "today", Period.MONTH: "this month"}
_HAS: Final[Mapping[Scope, str]] = {
    Scope.PERSON: "you have",
    Scope.GUILD: "this server has",
    Scope.TOTAL: "all who use this bot together have",
}
_IN_PUBLIC_WAY: Final = "/usage shows you alone what is left, and when there is more."


def nothing_left(budget: Budget) -> BudgetRefusal:
    """Say which limit is used up, and when it is full again."""
    limit, time = usd_text(budget.limit or 0), _TIME[budget.window.period]
    so = {
        Scope.PERSON: f"Your {limit} for {time} is used up.",
        Scope.GUILD: f"This server's {limit} for {time} is used up.",
        Scope.TOTAL: f"The {limit} that all who use this bot have for {time} is used up.",
    }[budget.scope]
    held = f" {usd_text(budget.reserved)} of it is held for pictures on the way." if budget.reserved else ""
    return _refused(budget, so, f"You can go on <t:{budget.window.resets_at}:R>.{held}", _asking(budget))


def budget_refusal(budget: Budget, price: Price, count: int = 1, fewer: MakeFewer | None = None) -> BudgetRefusal:
    """Say that some pictures cost more than a limit leaves, and how many would fit."""
    if not budget.left:
        return nothing_left(budget)
    costs = "This picture costs" if count == 1 else f"{counted(count).capitalize()} pictures cost"
    left = f"{_HAS[budget.scope]} {usd_text(budget.left)} left {_TIME[budget.window.period]}"
    so = f"{costs} {price_text(price)}, and {left}."
    more = f"<t:{budget.window.resets_at}:R>"
    if fewer is None:
        return _refused(budget, so, f"There is more {more}.", _asking(budget))
    fits = f"{counted(fewer.count).capitalize()} {'fits' if fewer.count == 1 else 'fit'}."
    return _refused(budget, so, f"{fits} There is more {more}.", [fewer, *_asking(budget)])


def unsent_text(budget: Budget, price: int) -> str:
    """Say for everybody to see why a task was not sent after all; what anybody has left is not told."""
    return (
        f"It was not sent: it would cost {usd_text(price)} by now, which is more than "
        f"{_whose_limit(budget)} leaves. /usage shows you alone what is left."
    )


def _asking(budget: Budget) -> list[Remedy]:
    return [AskModerator(budget.window.period)] if budget.scope is Scope.PERSON and budget.raisable else []


def _whose_limit(budget: Budget) -> str:
    whose = {Scope.PERSON: "your limit", Scope.GUILD: "this server's limit", Scope.TOTAL: "everybody's limit"}
    return f"{whose[budget.scope]} for {_TIME[budget.window.period]}"


def _refused(budget: Budget, so: str, way: str, remedies: list[Remedy]) -> BudgetRefusal:
    limit = _whose_limit(budget)
    return BudgetRefusal(
        Refuser.LIMIT if budget.scope is not Scope.TOTAL else Refuser.BOT,
        so,
        way,
        in_public=(f"That is more than {limit} leaves.", _IN_PUBLIC_WAY),
        remedies=remedies,
        budget=budget,
    )


def person_warning(warning: BudgetWarning) -> str:
    """Tell a person how much of their own limit is used."""
    of = f"{usd_text(warning.used)} of your {usd_text(warning.limit)} for the {warning.period}"
    if warning.percent >= ALL:
        return f"**Your limit for the {warning.period} is used up:** {of}.\n-# /usage shows when it starts anew."
    return (
        f"**{warning.percent} % of your limit for the {warning.period} is used:** {of}, "
        "with what is on the way.\n-# /usage shows the rest. You are told this once."
    )


def server_warning(warning: BudgetWarning) -> str:
    """Tell moderators how much of their server's limit is used."""
    of = f"{usd_text(warning.used)} of {usd_text(warning.limit)} ({warning.window})"
    if warning.percent >= ALL and warning.used < warning.limit:
        return (
            f"**This server's limit for the {warning.period} is nearly used up:** {of}. "
            "An order was refused because too little is left."
        )
    if warning.percent >= ALL:
        return (
            f"**This server's limit for the {warning.period} is used up:** {of}. Nothing more is accepted in it."
        )
    return f"**{warning.percent} % of this server's limit for the {warning.period} is used:** {of}."
