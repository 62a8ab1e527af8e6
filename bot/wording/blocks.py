"""Blocks in words: for the moderators who set them, and for the members whom they stop."""

from bot.domain.moderation.decisions import Block
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import plain

_QUOTED_MAX = 600
_TOLD_MAX = 500


def blocked_text(block: Block) -> str:
    """Say what a new block means."""
    until = "until somebody lifts it: /spend unblock"
    if block.expires_at is not None:
        until = f"until <t:{block.expires_at // 1000}:f>"
    told = "only that they are stopped" if block.told is None else plain(block.told, _QUOTED_MAX)
    return (
        f"**<@{block.account.user_id}> can make no pictures here** {until}.\n"
        "What is on the way still comes, and is charged.\n"
        f"They are told: {told}\n"
        f"-# For moderators: {plain(block.reason, _QUOTED_MAX)}"
    )


def unblocked_text(user_id: int, *, lifted: bool) -> str:
    """Say that a block is lifted, or that there was none."""
    if lifted:
        return f"**<@{user_id}> can make pictures here again.**"
    return f"**<@{user_id}> is not blocked here.**"


def blocked(block: Block) -> Refusal:
    """Say to a member that they are stopped, in the moderators' words where they gave some."""
    until = "" if block.expires_at is None else f" until <t:{block.expires_at // 1000}:f>"
    so = f"A moderator has stopped you from making pictures here{until}."
    ask = "A moderator can tell you more."
    if block.told is None:
        return Refusal(Refuser.SERVER, so, ask)
    way = f"They say: {plain(block.told, _TOLD_MAX)}"
    return Refusal(Refuser.SERVER, so, way, in_public=(so, "Any command of mine, such as /usage, tells you why."))
