"""Grants: more for one member, for a while, on top of the limit."""

from dataclasses import dataclass
from typing import Final

from bot.domain.budgets import Account

USUAL_DAYS: Final = 7
"""How long one lasts where nobody chooses."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a member is given on top of the day's and the month's limit, while it lasts."""

    account: Account
    amount: int
    """Nano-dollars."""
    reason: str
    granted_by: int
    granted_at: int
    """Unix milliseconds."""
    expires_at: int
    """Unix milliseconds."""
