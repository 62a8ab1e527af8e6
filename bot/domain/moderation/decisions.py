"""What moderators decide about a member: grants and blocks."""

from dataclasses import dataclass
from typing import Final

from bot.domain.budgets import Account

USUAL_DAYS: Final = 7
"""How long one lasts where nobody chooses."""


@dataclass(frozen=True, slots=True)
class Block:
    """Who is stopped, why, what they are told, and until when."""

    account: Account
    reason: str
    """For moderators alone."""
    told: str | None
    """What the member is told; None is nothing but that they are stopped."""
    blocked_by: int
    blocked_at: int
    """Unix milliseconds."""
    expires_at: int | None
    """Unix milliseconds; None is until a moderator lifts it."""


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
