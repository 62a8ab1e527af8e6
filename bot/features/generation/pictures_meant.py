"""Which pictures a form or the page of styles is about, as custom ids say it: a job's, or some that are kept.

Kept are those of other people's messages: Discord lets the bot know of them this one time.
"""

from collections.abc import Sequence
from typing import Final

from bot.domain.pictures.sources import ResultRef, Source
from bot.features.generation.services import GenerationServices
from bot.interactions import Interaction
from bot.interactions.pending import PICTURES
from bot.interactions.reach import reached
from bot.wording.pictures_not_found import result_gone

ABOUT: Final = "r[0-9]{1,19}|d[0-9a-f-]{1,40}"
"""A pattern: a job's id (r), or the key under which pictures are kept (d)."""


def about_job(job_id: int) -> str:
    """Say in a custom id that a job's pictures are meant."""
    return f"r{job_id}"


async def about_kept(interaction: Interaction, pictures: Sequence[Source]) -> str:
    """Keep pictures, and say in a custom id that they are meant."""
    return f"d{await GenerationServices.of(interaction).pending.keep(PICTURES, tuple(pictures), interaction)}"


def job_meant(about: str) -> int | None:
    """Tell whose pictures are meant; None where they are kept."""
    return int(about[1:]) if about.startswith("r") else None


async def kept_pictures(interaction: Interaction, about: str) -> Sequence[Source]:
    """Give the pictures that are kept; raises `Refusal` where they are forgotten."""
    return await GenerationServices.of(interaction).pending.peek(PICTURES, about[1:], interaction)


async def picture_meant(interaction: Interaction, about: str, number: int) -> Source | ResultRef:
    """Tell which one is meant, before anybody sees that something begins; raises `Refusal`."""
    if (job_id := job_meant(about)) is not None:
        return ResultRef(job_id, number)
    for picture in await kept_pictures(interaction, about):
        if picture.number == number:
            return picture
    raise result_gone()


async def found(interaction: Interaction, picture: Source | ResultRef) -> Source:
    """Find the one that is meant; raises `Refusal` where it is gone, or out of its sender's reach."""
    if isinstance(picture, Source):
        return picture
    await reached(interaction, picture.job_id)
    return await GenerationServices.of(interaction).finder.by_result(picture, interaction.message)
