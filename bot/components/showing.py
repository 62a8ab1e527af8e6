"""Filling a private answer, and what is said where Discord does not take it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import discord

from bot.components.acknowledging import LOST
from bot.domain.refusals import Refusal, Refuser
from bot.interactions import Interaction


@contextmanager
def showing(command: str) -> Iterator[None]:
    """Turn what discord.py raises into words for people, who may type the command again."""
    try:
        yield
    except (discord.HTTPException, *LOST) as failed:
        raise Refusal(
            Refuser.DISCORD,
            "to show it here",
            "The message was closed, or Discord is in trouble or cannot be reached.",
            f"Try again, or open {command} anew.",
        ) from failed


async def fill(
    interaction: Interaction,
    text: str,
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
) -> None:
    """Fill the answer that was announced."""
    await interaction.edit_original_response(
        content=text, view=view, attachments=list(files), allowed_mentions=discord.AllowedMentions.none()
    )
