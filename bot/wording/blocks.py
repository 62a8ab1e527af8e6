"""Blocks in words: for the moderators who set them, and for the members whom they stop."""

from bot.domain.moderation.decisions import Block
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import plain

_QUOTED_MAX = 600
_TOLD_MAX = 500


def blocked_text(block: Block) -> str:
    """Say what a new block means."""
    until = "until a moderator lifts it (/spend unblock)"
    if block.expires_at is not None:
        until = f"until <t:{block.expires_at // 1000}:f>"
    told = "Only that they are blocked." if block.told is None else plain(block.told, _QUOTED_MAX)
    return (
        f"**Blocked:** <@{block.account.user_id}> makes no pictures on this server {until}.\n"
        "What is on the way already is finished, posted and charged.\n"
        f"Why, for moderators: {plain(block.reason, _QUOTED_MAX)}\n"
        f"What they are told when they try: {told}"
    )


def unblocked_text(user_id: int, *, lifted: bool) -> str:
    """Say that a block is lifted, or that there was none."""
    if lifted:
        return f"**Lifted:** <@{user_id}> can make pictures here again."
    return f"**There is no block to lift:** <@{user_id}> is not blocked here."


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
