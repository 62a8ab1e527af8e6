"""Limits of money that refuse, and the warnings before they do."""

from datetime import date

from bot.domain.budgets import Budget, BudgetRefusal, Period, Scope
from bot.domain.money import usd_text
from bot.domain.refusals import Refuser
from bot.domain.warnings import ALL, BudgetWarning

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


def person_warning(warning: BudgetWarning) -> str:
    """Tell a person how much of their own limit is left."""
    limit, span = usd_text(warning.limit), "today" if warning.period == Period.DAY else "this month"
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
