"""What is done less often with a result: a private card with Details, Compare, Favourite, Spoiler, Delete."""

from collections.abc import Iterator
from typing import Any

import discord

from bot.domain.jobs import Job
from bot.features.generation.services import GenerationServices
from bot.features.results.compare import CompareButton, may_compare
from bot.features.results.delete import DeleteThisButton, message_of, moderates_there
from bot.features.results.details import DetailsButton
from bot.features.results.hiding import hide, may_hide
from bot.features.results.picture_card import more_like_it
from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded, in_place
from bot.interactions.items import Button, PersistentItem
from bot.interactions.message_pictures import results_in
from bot.interactions.pages import Part, page_of, row, show_page, tell_page
from bot.interactions.reach import reached
from bot.orders.removal import may_remove
from bot.orders.repeats import require_words
from bot.wording.picture_cards import (
    FAVOURITE,
    FAVOURITE_EMOJI,
    FAVOURITE_MARKED,
    HIDDEN,
    MORE,
    SPOILER,
    result_text,
)


class MoreButton(PersistentItem[Button], custom_id="more:{job_id}"):
    """Opens the card of a result."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=MORE)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Show the card to whoever asks, with what they may do; for a single picture also more like it."""
        job = await reached(interaction, self.job_id)
        at = message_of(job, interaction.message, interaction.client.user)
        shown = results_in(interaction.message, interaction.client.user)
        more = more_like_it(GenerationServices.of(interaction), job, shown[0].position) if len(shown) == 1 else ()
        await tell_page(interaction, await _card(interaction, job, *at, *more))


class FavouriteButton(PersistentItem[Button], custom_id="favourite:{job_id}:{channel_id}-{message_id}"):
    """Marks a result as its person's favourite, or takes that back."""

    job_id: int
    channel_id: int
    message_id: int
    marked: bool = False

    def _draw(self) -> Button:
        style = discord.ButtonStyle.success if self.marked else discord.ButtonStyle.secondary
        return Button(label=FAVOURITE_MARKED if self.marked else FAVOURITE, emoji=FAVOURITE_EMOJI, style=style)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Keep it, and show the card as it is then."""
        job = await reached(interaction, self.job_id)
        require_words(job)
        services = ResultServices.of(interaction)
        await services.favourites.toggle(interaction.user.id, job.id, services.clock.now_ms())
        await show_page(interaction, await _card(interaction, job, self.channel_id, self.message_id))


class SpoilerButton(PersistentItem[Button], custom_id="spoiler:{job_id}:{channel_id}-{message_id}"):
    """Hides a result until it is clicked, for everybody."""

    job_id: int
    channel_id: int
    message_id: int

    def _draw(self) -> Button:
        return Button(label=SPOILER)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Hide it, if it is somebody who may, and show the card as it is then."""
        job = await reached(interaction, self.job_id)
        await hide(interaction, job, self.channel_id, self.message_id)
        hidden = await reached(interaction, self.job_id)
        await show_page(interaction, await _card(interaction, hidden, self.channel_id, self.message_id, HIDDEN))


async def _card(
    interaction: Interaction, job: Job, channel_id: int, message_id: int, *more: str | Part
) -> discord.ui.LayoutView:
    marked = await ResultServices.of(interaction).favourites.has(interaction.user.id, job.id)
    buttons = list(_buttons(interaction, job, channel_id, message_id, marked=marked))
    if not buttons:
        require_words(job)
    return page_of(result_text(job), *more, row(*buttons))


def _buttons(
    interaction: Interaction, job: Job, channel_id: int, message_id: int, *, marked: bool
) -> Iterator[PersistentItem[Any]]:
    """Build the buttons of what a person may do with a message of a result."""
    if job.erased_at is None:
        yield DetailsButton(job.id)
        if may_compare(job, interaction.user.id):
            yield CompareButton(job.id)
        yield FavouriteButton(job.id, channel_id, message_id, marked)
        if not job.spoiler and may_hide(interaction, job, channel_id):
            yield SpoilerButton(job.id, channel_id, message_id)
    if may_remove(job, interaction.user.id, moderates=moderates_there(interaction, job, channel_id)):
        yield DeleteThisButton(job.id, channel_id, message_id)
