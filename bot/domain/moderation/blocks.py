"""Blocks: members whom a server's moderators have stopped."""

from dataclasses import dataclass

from bot.domain.budgets import Account


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
