"""One picture of a result, in private: what it is, and only what can be done with it."""

from collections.abc import Sequence
from typing import Annotated, Any

import discord

from bot.domain.jobs import Job, TaskOrder, picture_name
from bot.domain.kinds import Kind
from bot.domain.pictures.sources import ResultRef, Source
from bot.features.generation.forms.button import POSITION, PictureFormButton
from bot.features.generation.services import GenerationServices
from bot.features.generation.stylize import PictureStyleButton
from bot.features.results.variations import HdButton, VaryButton
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, PersistentItem
from bot.interactions.pages import page_of, tell_page
from bot.interactions.reach import reached
from bot.orders import variations
from bot.orders.repeats import hd_size, require_words
from bot.wording.kinds import picture_description
from bot.wording.picture_cards import HD_NOTE, VARY_NOTE, hd_label, picture_text, vary_label


class PictureButton(PersistentItem[Button], custom_id="picture:{job_id}:{position}"):
    """Opens the card of one of a result's pictures."""

    job_id: int
    position: Annotated[int, POSITION]

    def _draw(self) -> Button:
        return Button(label=picture_name(self.position))

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Show the card to whoever asks."""
        job, finder = await reached(interaction, self.job_id), GenerationServices.of(interaction).finder
        require_words(job)
        picture = await finder.by_result(ResultRef(job.id, self.position), interaction.message)
        await tell_page(interaction, _card(interaction, job, self.position, picture))


def _card(interaction: Interaction, job: Job, position: int, picture: Source) -> discord.ui.LayoutView:
    about = picture_description(job, position, with_words=True)
    return page_of(
        picture_text(job, position),
        discord.ui.MediaGallery(discord.MediaGalleryItem(picture.url, description=about, spoiler=picture.spoiler)),
        discord.ui.ActionRow(
            PictureFormButton(Kind.EDIT, job.id, position),
            PictureStyleButton(job.id, position),
            PictureFormButton(Kind.PORTRAIT, job.id, position),
        ),
        *more_like_it(GenerationServices.of(interaction), job, position),
    )


def more_like_it(services: GenerationServices, job: Job, position: int) -> Sequence[discord.ui.Item[Any]]:
    """Build the buttons that make more like a picture, and what is to be known of each."""
    buttons: list[PersistentItem[Any]] = []
    notes: list[str] = []
    price_of, task = services.estimates.price_of, job.task_of(position)
    if variations.words_of(job, position):
        price = price_of(variations.MODEL) * variations.COUNT
        buttons.append(VaryButton(job.id, position, vary_label(variations.COUNT, price)))
        notes.append(VARY_NOTE)
    if task is not None and (size := hd_size(job, task)) is not None:
        price = services.estimates.price(TaskOrder(task.model, task.params, *size))
        buttons.append(HdButton(job.id, position, hd_label(price)))
        notes.append(HD_NOTE)
    return [discord.ui.ActionRow(*buttons), discord.ui.TextDisplay("\n".join(notes))] if buttons else []
