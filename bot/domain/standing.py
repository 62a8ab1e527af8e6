"""How somebody stands with their limits: fine, near the end of one, or with one used up."""

from collections.abc import Iterable
from enum import StrEnum

from bot.domain.budgets import Budget
from bot.domain.warnings import MOST, reached


class Standing(StrEnum):
    """What the tightest of some budgets is like."""

    FINE = "fine"
    NEAR = "near"
    USED_UP = "used up"


def standing(budgets: Iterable[Budget]) -> Standing:
    """Tell how some budgets stand; the tightest one counts."""
    limited = [budget for budget in budgets if budget.left is not None]
    if any(budget.left == 0 for budget in limited):
        return Standing.USED_UP
    return Standing.NEAR if any(MOST in reached(budget, 0) for budget in limited) else Standing.FINE
