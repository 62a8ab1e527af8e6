"""Sending a picture for an order that found none: a button under its refusal, and the form that it opens."""

import re
from typing import Annotated, Final

import discord

from bot.domain.pictures.sources import Source
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.fields import file_field, file_in, form_id
from bot.interactions.guard import guarded
from bot.interactions.items import Button, Codec, PersistentItem
from bot.interactions.ordering import Ordering
from bot.interactions.pending import ORDER
from bot.interactions.responses import open_modal
from bot.orders.picture_orders import PictureOrder
from bot.wording.picture_forms import ATTACH, PICTURE, unknown_form

_KEY: Final = "[0-9a-f-]{1,40}"
_FORMS: Final = "attach-form:"
_FORM: Final = re.compile(rf"{_FORMS}(?P<key>{_KEY})")
_PICTURE: Final = "picture"


class AttachButton(PersistentItem[Button], custom_id="attach:{key}"):
    """Opens a form that takes the picture of an order."""

    key: Annotated[str, Codec(_KEY, str)]
    """Under which the order is pending."""

    def _draw(self) -> Button:
        return Button(label=ATTACH, style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Open the form, while the order is kept."""
        await _order(interaction, self.key)
        form = discord.ui.Modal(title=ATTACH, custom_id=f"{_FORMS}{self.key}", timeout=None)
        form.add_item(file_field(_PICTURE, PICTURE.label, PICTURE.hint))
        await open_modal(interaction, form)


def is_picture_form(interaction: Interaction) -> bool:
    """Whether a sent form brings the picture of an order."""
    return form_id(interaction).startswith(_FORMS)


@guarded
async def picture_form_sent(interaction: Interaction) -> None:
    """Order what was asked for, of the picture that came with a form; another one may be sent after it."""
    match = _FORM.fullmatch(form_id(interaction))
    picture = file_in(interaction, _PICTURE)
    if match is None or picture is None:
        raise unknown_form()
    order = await _order(interaction, match["key"])

    async def find() -> Source:
        return picture

    await Ordering.of(interaction).order_of_picture(interaction, order, find)


async def _order(interaction: Interaction, key: str) -> PictureOrder:
    return await GenerationServices.of(interaction).pending.peek(ORDER, key, interaction)
