"""More like one picture, ordered by one press at the price on the button: variations of it, or the same in HD."""

from functools import partial
from typing import Annotated

import discord

from bot.domain.jobs import Job, Order
from bot.domain.pictures.sources import ResultRef, Source
from bot.features.generation.forms.button import POSITION
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, PersistentItem
from bot.interactions.ordering import Ordering, click_key
from bot.interactions.reach import reached
from bot.orders.repeats import require_words
from bot.orders.variations import variations_order
from bot.wording.picture_cards import HD_EMOJI, VARY_EMOJI


class VaryButton(PersistentItem[Button], custom_id="vary:{job_id}:{position}"):
    """Orders variations of a picture."""

    job_id: int
    position: Annotated[int, POSITION]
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label, emoji=VARY_EMOJI, style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Order them, for whoever clicks."""
        job, key = await reached(interaction, self.job_id), click_key(interaction, f"vary-{self.position}")
        require_words(job)
        order = variations_order(job, self.position, GenerationServices.of(interaction).rng, key)
        await Ordering.of(interaction).order_of_picture(interaction, order, partial(self._find, interaction, job))

    async def _find(self, interaction: Interaction, job: Job) -> Source:
        return await GenerationServices.of(interaction).finder.by_result(ResultRef(job.id, self.position))


class HdButton(PersistentItem[Button], custom_id="again-hd:{job_id}:{position}"):
    """Orders a picture once more, in HD."""

    job_id: int
    position: Annotated[int, POSITION]
    label: str = ""

    def _draw(self) -> Button:
        return Button(label=self.label, emoji=HD_EMOJI, style=discord.ButtonStyle.primary)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Order it, for whoever clicks."""
        await Ordering.of(interaction).order_once_more(interaction, partial(self._order, interaction))

    async def _order(self, interaction: Interaction) -> Order:
        job, key = await reached(interaction, self.job_id), click_key(interaction, f"hd-{self.position}")
        jobs = GenerationServices.of(interaction).jobs
        return jobs.in_hd(job, self.position, interaction.user.id, key)
