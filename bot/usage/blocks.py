"""Blocks in words, for the moderators who set them."""

from bot.domain.moderation.blocks import Block
from bot.domain.words import plain

_TOLD_MAX = 600


def blocked_text(block: Block) -> str:
    """Say what a new block means."""
    until = "until a moderator lifts it (/spend unblock)"
    if block.expires_at is not None:
        until = f"until <t:{block.expires_at // 1000}:f>"
    told = "Only that they are blocked." if block.told is None else plain(block.told, _TOLD_MAX)
    return (
        f"**Blocked:** <@{block.account.user_id}> makes no pictures on this server {until}.\n"
        "What is on the way already is finished, posted and charged.\n"
        f"Why, for moderators: {plain(block.reason, _TOLD_MAX)}\n"
        f"What they are told when they try: {told}"
    )


def unblocked_text(user_id: int, *, lifted: bool) -> str:
    """Say that a block is lifted, or that there was none."""
    if lifted:
        return f"**Lifted:** <@{user_id}> can make pictures here again."
    return f"**There is no block to lift:** <@{user_id}> is not blocked here."
