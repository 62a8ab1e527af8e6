"""Blocks: members whom a server's moderators have stopped."""

from dataclasses import dataclass

from bot.domain.budgets import Account
from bot.domain.refusals import Refusal, Refuser
from bot.domain.words import plain

_TOLD_MAX = 500


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


def blocked(block: Block, *, in_public: bool) -> Refusal:
    """Say to a member that they are stopped, in the moderators' words where they gave some.

    Where it stands in public, as the answer to a message does, those words are kept back.
    """
    why = "A moderator of this server has stopped you from making pictures here."
    if block.told and in_public:
        why += " Any command of this bot's tells you more, in private."
    elif block.told:
        why += f" They say: {plain(block.told, _TOLD_MAX)}"
    until = f"It ends <t:{block.expires_at // 1000}:R>. " if block.expires_at is not None else ""
    return Refusal(
        Refuser.SERVER, "this: you are blocked", why, f"{until}Ask a moderator of this server about it."
    )
