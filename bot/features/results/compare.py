"""A result beside the picture that it was made from, in private."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import discord

from bot.domain.jobs import Job
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.items import Button, PersistentItem
from bot.interactions.pages import Part, page_of, show_page
from bot.interactions.reach import reached, sees
from bot.orders.repeats import require_words
from bot.wording.picture_cards import AFTER, BEFORE, COMPARE, COMPARED, MADE_BEFORE, nothing_to_compare
from bot.wording.pictures_not_found import result_gone

_AFTER_MAX: Final = 9
"""A gallery of Discord's holds ten."""


class CompareButton(PersistentItem[Button], custom_id="compare:{job_id}"):
    """Shows what a picture was made from, and what came of it."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=COMPARE)

    @privately
    async def callback(self, interaction: Interaction) -> None:
        """Show both side by side, if their person may see both."""
        job = await reached(interaction, self.job_id)
        require_words(job)
        before, files = await _before(interaction, job)
        made = await GenerationServices.of(interaction).finder.all_of(job)
        if not made:
            raise result_gone()
        after = [discord.MediaGalleryItem(each.url, description=AFTER, spoiler=each.spoiler) for each in made]
        gallery: Part = discord.ui.MediaGallery(before, *after[:_AFTER_MAX])
        await show_page(interaction, page_of(COMPARED, gallery), files)


def may_compare(job: Job, user_id: int) -> bool:
    """Whether a person may be shown what a job's picture was made from, as far as the job tells."""
    if job.parent is not None:
        return True
    return job.tasks[0].image_sha256 is not None and job.account.user_id == user_id


async def _before(interaction: Interaction, job: Job) -> tuple[discord.MediaGalleryItem, Sequence[discord.File]]:
    """Find the picture that a job was made from, with its file where it stands in no message of the bot's."""
    if not may_compare(job, interaction.user.id):
        raise nothing_to_compare()
    services = GenerationServices.of(interaction)
    if job.parent is not None:
        earlier = await services.jobs.known(job.parent.job_id)
        if not sees(interaction, earlier):
            raise nothing_to_compare()
        found = await services.finder.by_result(job.parent)
        return discord.MediaGalleryItem(found.url, description=MADE_BEFORE, spoiler=found.spoiler), ()
    if (kept := await services.jobs.input_of(job)) is None:
        raise nothing_to_compare()
    hidden = job.source is not None and job.source.spoiler
    file = discord.File(BytesIO(kept.data), f"before.{kept.format.lower()}")
    return discord.MediaGalleryItem(file, description=BEFORE, spoiler=hidden), (file,)
