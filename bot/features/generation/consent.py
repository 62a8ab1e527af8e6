"""The button that goes on with an order about which its person was asked first."""

from typing import Annotated

import discord

from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, Codec, PersistentItem, view_of
from bot.interactions.ordering import Ordering


class ConsentButton(PersistentItem[Button], custom_id="agree:{key}"):
    """Goes on with an order to which its person agrees."""

    key: Annotated[str, Codec("[0-9a-f-]{1,40}", str)]
    """Under which the order is pending."""
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label, style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Order what was asked about."""
        await Ordering.of(interaction).order_agreed(interaction, self.key)


def consent_view(key: str, label: str) -> discord.ui.View:
    """Build the button that stands under a question."""
    return view_of(ConsentButton(key, label))
