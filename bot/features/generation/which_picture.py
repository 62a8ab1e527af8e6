"""The newest pictures to choose from, in private, where a command came without one and several may be meant."""

from dataclasses import replace
from typing import Annotated

import discord

from bot.domain.pictures.sources import Source
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, Codec, PersistentItem
from bot.interactions.ordering import Ordering, click_key
from bot.interactions.pages import page_of, row
from bot.interactions.pending import CHOICE
from bot.interactions.which_picture import PictureChoice
from bot.wording.questions import picture_label, picture_line, which_picture


class TakeButton(PersistentItem[Button], custom_id="take:{key}:{number}"):
    """Goes on with an order, of the picture that is chosen."""

    key: Annotated[str, Codec("[0-9a-f-]{1,40}", str)]
    """Under which the choice is pending."""
    number: Annotated[int, Codec("[1-5]", int)]
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label, style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Order what was asked for of this picture; another one may be taken after it."""
        choice = await GenerationServices.of(interaction).pending.peek(CHOICE, self.key, interaction)
        picture = choice.pictures[self.number - 1]
        order = replace(choice.order, click_key=click_key(interaction, f"take-{self.number}"))

        async def find() -> Source:
            return picture

        await Ordering.of(interaction).order_of_picture(interaction, order, find)


def which_picture_view(key: str, choice: PictureChoice) -> discord.ui.LayoutView:
    """Build the question: each picture beside its number, and a button for each."""
    pictures = list(enumerate(choice.pictures, start=1))
    return page_of(
        which_picture(choice.order.kind, choice.hidden_url),
        *(
            discord.ui.Section(
                picture_line(number, picture, choice.guild_id),
                accessory=discord.ui.Thumbnail(picture.url, spoiler=picture.spoiler),
            )
            for number, picture in pictures
        ),
        row(*(TakeButton(key, number, picture_label(number, choice.price)) for number, _ in pictures)),
    )
