"""The "Stylize…" button under a result, and the choice of a style that it offers in private; for anybody."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, Self

import discord

import spark
from bot.components.acknowledging import change
from bot.components.desk import desk_of
from bot.components.forms.button import results_shown
from bot.components.forms.fields import select_options
from bot.components.reach import reached
from bot.domain.jobs import PICTURE_NAME, PICTURES_MAX, picture_name, position_named
from bot.domain.orders.stylize import StylizeOptions, stylize_order
from bot.domain.pictures.sources import ResultRef, Source

Interaction = discord.Interaction[Any]
Select = discord.ui.Select[discord.ui.View]
_QUESTION: Final = "Which style?"


class StylizeButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"stylize:(?P<job_id>[0-9]{1,20})"
):
    """Offers the styles for the pictures that the button stands under."""

    def __init__(self, job_id: int) -> None:
        super().__init__(discord.ui.Button(label="Stylize…", custom_id=f"stylize:{job_id}", row=0))
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Offer the styles in private."""
        desk = desk_of(interaction)

        async def show() -> None:
            shown = results_shown(interaction, self._job_id)
            positions = [picture.result.position for picture in shown if picture.result is not None]
            view = styles_view(self._job_id, positions, positions[0])
            await interaction.response.send_message(_QUESTION, ephemeral=True, view=view)

        await desk.answers.begin(interaction, show)


class StyleSelect(
    discord.ui.DynamicItem[Select], template=rf"style:(?P<job_id>[0-9]{{1,20}}):(?P<picture>{PICTURE_NAME})"
):
    """Redraws a picture in the style that is chosen."""

    def __init__(self, job_id: int, position: int) -> None:
        styles = select_options([(slug, style.label) for slug, style in spark.STYLES.items()], None)
        custom_id = f"style:{job_id}:{picture_name(position)}"
        super().__init__(discord.ui.Select(custom_id=custom_id, placeholder="Style", options=styles, row=1))
        self._job_id = job_id
        self._position = position

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the select of a choice."""
        return cls(int(match["job_id"]), position_named(match["picture"]))

    async def callback(self, interaction: Interaction) -> None:
        """Order the picture in that style, for whoever has chosen it."""
        desk, style = desk_of(interaction), self.item.values[0]
        shown = interaction.message.id if interaction.message else 0
        key = f"{shown}:{style}-{self._position}:{interaction.user.id}"

        async def find() -> Source:
            job = await reached(interaction, self._job_id)
            return await desk.finder.by_result(ResultRef(job.id, self._position))

        await desk.answers.ask_of_picture(
            interaction, lambda: replace(stylize_order(StylizeOptions(style)), click_key=key), find
        )


class StyledPictureSelect(
    discord.ui.DynamicItem[Select],
    template=rf"style-of:(?P<job_id>[0-9]{{1,20}}):(?P<pictures>(?:{PICTURE_NAME}){{2,{PICTURES_MAX}}})",
):
    """Chooses which of a job's pictures the style is for."""

    def __init__(self, job_id: int, positions: Sequence[int], chosen: int | None) -> None:
        pictures = [(str(position), f"Picture {picture_name(position)}") for position in positions]
        custom_id = f"style-of:{job_id}:{''.join(map(picture_name, positions))}"
        options = select_options(pictures, None if chosen is None else str(chosen))
        super().__init__(discord.ui.Select(custom_id=custom_id, placeholder="Picture", options=options, row=0))
        self._job_id = job_id
        self._positions = positions

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the select of a choice."""
        positions = [position_named(name) for name in re.findall(PICTURE_NAME, match["pictures"])]
        return cls(int(match["job_id"]), positions, None)

    async def callback(self, interaction: Interaction) -> None:
        """Let the styles be for the chosen picture."""
        view = styles_view(self._job_id, self._positions, int(self.item.values[0]))
        await desk_of(interaction).answers.in_place(interaction, lambda: change(interaction, _QUESTION, view))


def styles_view(job_id: int, positions: Sequence[int], chosen: int) -> discord.ui.View:
    """Build the choice of a style for one of a job's pictures, and of that picture where there are several."""
    view = discord.ui.View(timeout=None)
    if len(positions) > 1:
        view.add_item(StyledPictureSelect(job_id, positions, chosen))
    view.add_item(StyleSelect(job_id, chosen))
    return view
