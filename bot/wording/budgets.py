"""Limits of money that refuse, and the warnings before they do."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.domain.budgets import Budget, BudgetRefusal, Period, Scope
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.domain.refusals import Refuser, Remedy
from bot.domain.remedies import AskModerator, MakeFewer
from bot.domain.warnings import ALL, BudgetWarning
from bot.wording.prices import price_text
from bot.wording.text import counted, over_all_servers

_TIME: Final[Mapping[Period, str]] = {Period.DAY: "today", Period.MONTH: "this month"}
_HAS: Final[Mapping[Scope, str]] = {
    Scope.PERSON: "you have",
    Scope.EVERYWHERE: "you have",
    Scope.GUILD: "this server has",
    Scope.TOTAL: "all who use this bot together have",
}
_WHOSE: Final[Mapping[Scope, str]] = {
    Scope.PERSON: "your limit",
    Scope.EVERYWHERE: "your limit",
    Scope.GUILD: "this server's limit",
    Scope.TOTAL: "everybody's limit",
}
_IN_PUBLIC_WAY: Final = "/usage shows you alone what is left, and when there is more."


def nothing_left(budget: Budget) -> BudgetRefusal:
    """Say which limit is used up, and when it is full again; of one that allows nothing, who can raise it."""
    if not budget.limit:
        limit = f"{_whose_limit(budget)}{over_all_servers(budget.scope)}"
        who = "A moderator" if budget.raisable else "Whoever runs this bot"
        return _refused(budget, f"{limit[0].upper()}{limit[1:]} is $0.", f"{who} can raise it.", _asking(budget))
    limit, time = usd_text(budget.limit), _TIME[budget.window.period]
    so = {
        Scope.PERSON: f"Your {limit} for {time} is used up.",
        Scope.EVERYWHERE: f"Your {limit} for {time}{over_all_servers(Scope.EVERYWHERE)} is used up.",
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
    time = f"{_TIME[budget.window.period]}{over_all_servers(budget.scope)}"
    left = f"{_HAS[budget.scope]} {usd_text(budget.left)} left {time}"
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
    """Name a limit as others may read it: that somebody has spent something elsewhere is nobody else's to know."""
    return f"{_WHOSE[budget.scope]} for {_TIME[budget.window.period]}"


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
    """Tell a person how much of their own limit is left."""
    limit, span = usd_text(warning.limit), "today" if warning.period == Period.DAY else "this month"
    span += over_all_servers(warning.scope)
    if warning.percent >= ALL:
        return f"**Your {limit} for {span} is used up.** /usage shows when you can go on."
    return (
        f"**You have {usd_text(warning.left)} left for {span}.** "
        f"{warning.share} % of your {limit} is used, with what is on the way."
    )


def server_warning(warning: BudgetWarning) -> str:
    """Tell moderators how much of their server's limit is left; they may read it days later."""
    span = _span(warning)
    if warning.percent >= ALL and not warning.left:
        return f"**This server's {usd_text(warning.limit)} for {span} is used up.** Nothing more is made in it."
    refused = ", and an order was refused that would have cost more" if warning.percent >= ALL else ""
    return f"**This server has {usd_text(warning.left)} left for {span}.** {warning.share} % is used{refused}."


def _span(warning: BudgetWarning) -> str:
    """Name a warning's day or month: `20 November`, `November`."""
    if warning.period == Period.MONTH:
        return f"{date.fromisoformat(f'{warning.window}-01'):%B}"
    day = date.fromisoformat(warning.window)
    return f"{day.day} {day:%B}"
