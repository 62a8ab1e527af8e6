"""/stylize, and the "Style" buttons of a result: a picture redrawn in a style, named or seen."""

from dataclasses import fields
from functools import partial
from itertools import takewhile
from typing import Annotated

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

import spark
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import Source
from bot.domain.styles import styles_found
from bot.features.generation.forms.button import POSITION, results_shown
from bot.features.generation.services import GenerationServices
from bot.features.generation.styles_page import open_styles
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, PersistentItem
from bot.interactions.ordering import Ordering
from bot.interactions.pages import show_page, tell_page
from bot.interactions.reach import reached
from bot.interactions.responses import acknowledge_alone
from bot.interactions.which_picture import NotClear
from bot.orders.stylize import (
    WATERMARK_LANGUAGES,
    WATERMARK_MAX,
    WATERMARK_POSITIONS,
    StylizeOptions,
    stylize_order,
)
from bot.wording import commands
from bot.wording.styles import hidden_newer, style_missing, style_with_price


async def _styles(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Offer the styles that what is typed may mean; all of them where it means none."""
    price = GenerationServices.of(interaction).estimates.price_of(spark.StyleTemplate.name)
    found = styles_found(typed) or styles_found("")
    return [Choice(name=style_with_price(style, price), value=style.slug) for style in found]


@app_commands.command(name="stylize", description=commands.STYLIZE.description)
@app_commands.describe(**commands.STYLIZE.options)
@app_commands.autocomplete(style=_styles)
@app_commands.choices(
    watermark_position=[Choice(name=name, value=name) for name in WATERMARK_POSITIONS],
    watermark_language=[Choice(name=name, value=name) for name in WATERMARK_LANGUAGES],
)
@guarded
async def stylize(
    interaction: Interaction,
    style: str | None = None,
    image: discord.Attachment | None = None,
    watermark: bool | None = None,
    watermark_text: Range[str, 1, WATERMARK_MAX] | None = None,
    watermark_position: str | None = None,
    watermark_opacity: Range[float, 0, 1] | None = None,
    watermark_language: str | None = None,
    spoiler: bool = False,
) -> None:
    """Order a picture redrawn in a style, or show the styles where none is named."""
    options = StylizeOptions(
        style or "",
        watermark,
        watermark_text,
        watermark_position,
        watermark_opacity,
        watermark_language,
        spoiler,
    )
    if style is None:
        await _show_them(interaction, options, image)
        return
    find = partial(GenerationServices.of(interaction).finder.attached_or_newest, interaction, image)
    await Ordering.of(interaction).order_of_picture(interaction, stylize_order(options), find)


async def _show_them(interaction: Interaction, options: StylizeOptions, image: discord.Attachment | None) -> None:
    """Show the page of styles for the picture that the command is about."""
    usual = StylizeOptions("")
    given = [each.name for each in fields(options) if getattr(options, each.name) != getattr(usual, each.name)]
    if given:
        raise style_missing(given)
    await Ordering.of(interaction).require_welcome(interaction)
    if await acknowledge_alone(interaction):
        pictures, note = await _pictures(interaction, image)
        await open_styles(interaction, pictures, show_page, note=note)


async def _pictures(interaction: Interaction, image: discord.Attachment | None) -> tuple[list[Source], str]:
    """Find the picture, or those of the newest message that shows any, with a word on a newer one that is hidden.

    Raises `Refusal` where there is none.
    """
    try:
        return [await GenerationServices.of(interaction).finder.attached_or_newest(interaction, image)], ""
    except NotClear as several:
        newest = several.pictures[0]
        shown = takewhile(lambda each: each.message_id == newest.message_id, several.pictures)
        return [*shown], hidden_newer(several.hidden_url) if several.hidden_url else ""


class StylizeButton(PersistentItem[Button], custom_id="stylize:{job_id}"):
    """Shows the styles for the pictures that the button stands under."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=Kind.STYLIZE.button, emoji=Kind.STYLIZE.emoji)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Show them in private."""
        await Ordering.of(interaction).require_welcome(interaction)
        await open_styles(interaction, results_shown(interaction, self.job_id), tell_page)


class PictureStyleButton(PersistentItem[Button], custom_id="stylize-of:{job_id}:{position}"):
    """Shows the styles for one picture."""

    job_id: int
    position: Annotated[int, POSITION]

    def _draw(self) -> Button:
        return Button(label=Kind.STYLIZE.button, emoji=Kind.STYLIZE.emoji)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Show them in private."""
        await Ordering.of(interaction).require_welcome(interaction)
        await open_styles(interaction, await reached(interaction, self.job_id), tell_page, position=self.position)
