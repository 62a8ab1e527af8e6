"""The lists of styles of before: private messages that were opened with them still go on, and order at once."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Annotated, Final

import spark
from bot.domain.jobs import PICTURE_NAME, PICTURES_MAX, picture_name, position_named
from bot.domain.pictures.sources import ResultRef, Source
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.fields import select_options
from bot.interactions.guard import guarded, in_place
from bot.interactions.items import Codec, PersistentItem, Select, view_of
from bot.interactions.ordering import Ordering, click_key
from bot.interactions.reach import reached
from bot.interactions.responses import show
from bot.orders.stylize import StylizeOptions, stylize_order
from bot.wording.picture_forms import picture_choice
from bot.wording.styles import CHOOSE_STYLE, PICTURE, WHICH_STYLE


def _positions_named(names: str) -> Sequence[int]:
    return [position_named(name) for name in re.findall(PICTURE_NAME, names)]


def _names_of(positions: Sequence[int]) -> str:
    return "".join(map(picture_name, positions))


_POSITIONS: Final = Codec(f"(?:{PICTURE_NAME}){{2,{PICTURES_MAX}}}", _positions_named, _names_of)


class StyleSelect(PersistentItem[Select], custom_id="style:{job_id}:{position}"):
    """Redraws a picture in the style that is chosen."""

    job_id: int
    position: Annotated[int, Codec(PICTURE_NAME, position_named, picture_name)]

    def _draw(self) -> Select:
        styles = select_options([(slug, style.label) for slug, style in spark.STYLES.items()], None)
        return Select(placeholder=CHOOSE_STYLE, options=styles, row=1)

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
        chosen = int(self.item.values[0])
        pictures = StyledPictureSelect(self.job_id, self.positions, chosen)
        await show(interaction, WHICH_STYLE, view_of(pictures, StyleSelect(self.job_id, chosen)))
