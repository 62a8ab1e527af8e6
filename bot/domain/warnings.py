"""Warnings: that most of a budget is used, and that it is used up; once each for a day or month."""

from dataclasses import dataclass

from bot.domain.budgets import Account, Budget, Scope

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
    """Which share: `MOST` or `ALL`."""
    limit: int
    """Nano-dollars."""
    used: int
    """What is spent and reserved, in nano-dollars."""
    at: int = 0
    """When it was reached, in Unix milliseconds."""

    @property
    def share(self) -> int:
        """Tell how many percent of the limit were used then; one order may jump beyond `percent`."""
        return self.used * 100 // self.limit

    @property
    def left(self) -> int:
        """Tell how many nano-dollars were left then."""
        return max(0, self.limit - self.used)

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
