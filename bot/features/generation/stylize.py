"""/stylize, the "Stylize…" button under a result, and the choice of a style that it offers in private."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

import spark
from bot.domain.jobs import PICTURE_NAME, PICTURES_MAX, picture_name, position_named
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import ResultRef, Source
from bot.features.generation.forms.button import results_shown
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.fields import select_options
from bot.interactions.guard import guarded, in_place
from bot.interactions.items import Button, Codec, PersistentItem, Select, view_of
from bot.interactions.ordering import Ordering, click_key
from bot.interactions.reach import reached
from bot.interactions.responses import show, tell
from bot.orders.stylize import (
    WATERMARK_LANGUAGES,
    WATERMARK_MAX,
    WATERMARK_POSITIONS,
    StylizeOptions,
    stylize_order,
)
from bot.wording import commands
from bot.wording.picture_forms import picture_choice
from bot.wording.result_buttons import PICTURE, STYLE, WHICH_STYLE


@app_commands.command(name="stylize", description=commands.STYLIZE.description)
@app_commands.describe(**commands.STYLIZE.options)
@app_commands.choices(
    style=[Choice(name=style.label, value=slug) for slug, style in spark.STYLES.items()],
    watermark_position=[Choice(name=name, value=name) for name in WATERMARK_POSITIONS],
    watermark_language=[Choice(name=name, value=name) for name in WATERMARK_LANGUAGES],
)
@guarded
async def stylize(
    interaction: Interaction,
    style: str,
    image: discord.Attachment | None = None,
    watermark: bool | None = None,
    watermark_text: Range[str, 1, WATERMARK_MAX] | None = None,
    watermark_position: str | None = None,
    watermark_opacity: Range[float, 0, 1] | None = None,
    watermark_language: str | None = None,
    spoiler: bool = False,
) -> None:
    """Order a picture redrawn in a style."""
    services = GenerationServices.of(interaction)
    options = StylizeOptions(
        style,
        watermark,
        watermark_text,
        watermark_position,
        watermark_opacity,
        watermark_language,
        spoiler,
    )
    find = partial(services.finder.attached_or_newest, interaction, image)
    await Ordering.of(interaction).order_of_picture(interaction, stylize_order(options), find)


def _positions_named(names: str) -> Sequence[int]:
    return [position_named(name) for name in re.findall(PICTURE_NAME, names)]


def _names_of(positions: Sequence[int]) -> str:
    return "".join(map(picture_name, positions))


_POSITIONS: Final = Codec(f"(?:{PICTURE_NAME}){{2,{PICTURES_MAX}}}", _positions_named, _names_of)


class StylizeButton(PersistentItem[Button], custom_id="stylize:{job_id}"):
    """Offers the styles for the pictures that the button stands under."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=Kind.STYLIZE.button, row=0)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Offer the styles in private."""
        await Ordering.of(interaction).require_welcome(interaction)
        shown = results_shown(interaction, self.job_id)
        positions = [picture.result.position for picture in shown if picture.result is not None]
        await tell(interaction, WHICH_STYLE, styles_view(self.job_id, positions, positions[0]))


class StyleSelect(PersistentItem[Select], custom_id="style:{job_id}:{position}"):
    """Redraws a picture in the style that is chosen."""

    job_id: int
    position: Annotated[int, Codec(PICTURE_NAME, position_named, picture_name)]

    def _draw(self) -> Select:
        styles = select_options([(slug, style.label) for slug, style in spark.STYLES.items()], None)
        return Select(placeholder=STYLE, options=styles, row=1)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Order the picture in that style, for whoever has chosen it."""
        style = self.item.values[0]
        key = click_key(interaction, f"{style}-{self.position}")
        order = replace(stylize_order(StylizeOptions(style)), click_key=key)
        await Ordering.of(interaction).order_of_picture(interaction, order, partial(self._find, interaction))

    async def _find(self, interaction: Interaction) -> Source:
        job = await reached(interaction, self.job_id)
        return await GenerationServices.of(interaction).finder.by_result(ResultRef(job.id, self.position))


class StyledPictureSelect(PersistentItem[Select], custom_id="style-of:{job_id}:{positions}"):
    """Chooses which of a job's pictures the style is for."""

    job_id: int
    positions: Annotated[Sequence[int], _POSITIONS]
    chosen: int | None = None

    def _draw(self) -> Select:
        pictures = [(str(position), picture_choice(position)) for position in self.positions]
        options = select_options(pictures, None if self.chosen is None else str(self.chosen))
        return Select(placeholder=PICTURE, options=options, row=0)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Let the styles be for the chosen picture."""
        view = styles_view(self.job_id, self.positions, int(self.item.values[0]))
        await show(interaction, WHICH_STYLE, view)


def styles_view(job_id: int, positions: Sequence[int], chosen: int) -> discord.ui.View:
    """Build the choice of a style for one of a job's pictures, and of that picture where there are several."""
    pictures = [StyledPictureSelect(job_id, positions, chosen)] if len(positions) > 1 else []
    return view_of(*pictures, StyleSelect(job_id, chosen))
