"""Asking before a copy of a picture is posted where others see it."""

import re
from typing import Any, Self

import discord

import spark
from bot.components.desk import desk_of
from bot.domain.jobs import Order


class NeedsConsent(Exception):
    """An order whose picture would have to be posted in sight of others; its person is asked first."""

    def __init__(self, order: Order) -> None:
        super().__init__(order.title)
        self.order = order


def consent_text(order: Order) -> str:
    """Say why a copy has to be posted, and what happens if its person agrees."""
    source = order.source
    if source is not None and source.needs_copy:
        done = "; ".join(source.changes) or "converted"
        why = f"this one has to be changed first ({done})"
        instead = "send a screenshot of it, or a JPEG or PNG that needs no such change"
        if source.changes == (spark.PLACE_REMOVED,):
            instead = "send a screenshot of it, which does not tell where it was taken"
    else:
        why = "Discord no longer has the file that came with the command"
        instead = "attach it to a new /portrait"
    return (
        "**May the bot post a copy of this picture here?**\n"
        f"Spark takes a portrait's picture by its address only, and {why}. "
        "The bot would post the copy in this channel, where everybody sees it, and then go on.\n"
        f"If you had rather not, do nothing, or {instead}.\n"
        "-# Nothing was charged."
    )


def consent_view(key: str) -> discord.ui.View:
    """Build the button that agrees."""
    view = discord.ui.View(timeout=None)
    view.add_item(ConsentButton(key))
    return view


class ConsentButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"post-copy:(?P<key>[0-9a-f-]{1,40})"
):
    """Goes on with an order whose copy may be posted."""

    def __init__(self, key: str) -> None:
        label, style = "Post it here and go on", discord.ButtonStyle.primary
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=f"post-copy:{key}"))
        self._key = key

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(match["key"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Order what was asked about."""
        await desk_of(interaction).answers.ask_consented(interaction, self._key)
