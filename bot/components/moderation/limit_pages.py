"""The pages of all limits that are set on a server."""

import re
from typing import Any, Self

import discord

from bot.components.acknowledging import change
from bot.components.desk import desk_of
from bot.components.moderation.rights import Tried, moderate_in_place
from bot.domain.moderation.actions import ActionKind
from bot.moderation.service import Moderator
from bot.usage.limits import LIMITS_PER_PAGE, by_subject, limits_page

Interaction = discord.Interaction[Any]
Button = discord.ui.Button[discord.ui.View]


class LimitsPageButton(discord.ui.DynamicItem[Button], template=r"spend-limits:(?P<first>[0-9]{1,6})"):
    """Turns to another page."""

    def __init__(self, label: str, first: int) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"spend-limits:{first}"))
        self._first = first

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(getattr(item, "label", None) or "", int(match["first"]))

    async def callback(self, interaction: Interaction) -> None:
        """Show the page in the place of the one that stands there."""
        tried = Tried("/spend limit", ActionKind.LIMIT)
        await moderate_in_place(interaction, tried, lambda by: show_limits(interaction, by, self._first))


async def show_limits(interaction: Interaction, by: Moderator, first: int = 0) -> None:
    """Fill an interaction's answer with a page of the server's limits, from the `first` subject on."""
    moderation = desk_of(interaction).moderation
    limits = await moderation.limits_set(by.guild_id)
    subjects = len(by_subject(limits))
    if first >= subjects:
        first = 0
    view = discord.ui.View(timeout=None)
    if first:
        view.add_item(LimitsPageButton("◀ Back", max(0, first - LIMITS_PER_PAGE)))
    if first + LIMITS_PER_PAGE < subjects:
        view.add_item(LimitsPageButton("Next ▶", first + LIMITS_PER_PAGE))
    await change(interaction, limits_page(limits, first, moderation.ceilings), view if view.children else None)
