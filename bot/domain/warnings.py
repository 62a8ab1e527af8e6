"""Warnings: that most of a budget is used, and that it is used up; once each for a day or month."""

from dataclasses import dataclass

from bot.domain.budgets import Account, Budget, Scope
from bot.domain.money import usd_text

MOST = 80
ALL = 100
"""Percent of the limit."""


@dataclass(frozen=True, slots=True)
class BudgetWarning:
    """A share of a budget that was reached."""

    scope: Scope
    account: Account
    """Whose; of a server or the whole bot, with no person or server (0)."""
    window: str
    """The day (`2026-11-20`) or month (`2026-11`)."""
    percent: int
    limit: int
    """Nano-dollars."""
    used: int
    """What is spent and reserved, in nano-dollars."""
    at: int = 0
    """When it was reached, in Unix milliseconds."""

    @property
    def period(self) -> str:
        """Name how long the budget counts: `day` or `month`."""
        return "month" if len(self.window) == len("2026-11") else "day"


def reached(budget: Budget, wanted: int) -> tuple[int, ...]:
    """Tell which shares of a budget are reached once `wanted` more nano-dollars are reserved."""
    if not budget.limit:
        return ()
    used = budget.used + wanted
    return tuple(percent for percent in (MOST, ALL) if used * 100 >= budget.limit * percent)


def reached_by_refusal(budget: Budget) -> tuple[int, ...]:
    """Tell which shares of a budget count as reached once it has refused an order.

    What is left may never be used to the last; but one order that is too large uses nothing up.
    """
    return (MOST, ALL) if MOST in reached(budget, 0) else ()


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
