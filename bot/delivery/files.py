"""Pictures as files that Discord takes: named for their job, described, and small enough."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import discord

import spark
from bot.domain.jobs import PICTURES_MAX, Job, preview_stem, result_stem
from bot.domain.pictures.results import Picture, Shown
from bot.jobs.fair_slots import FairSlots
from bot.jobs.ports import Pictures
from bot.wording.kinds import picture_description
from bot.wording.status_messages import preview_description

TAKEN_ANYWHERE: Final = 8_000_000
"""Bytes per file that Discord takes where its own word on its limit overstates it."""
_LEAST: Final = 500_000
"""Bytes below which nothing is worth sending."""

_SIGNATURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}
_REQUEST_MAX = 25_000_000
"""Bytes that Discord takes in one message with several files, unless one file alone may have more."""


def largest(shown: Mapping[int, Shown]) -> int:
    """Tell how many bytes the largest of some pictures has."""
    return max(len(each.data) for each in shown.values())


class Shrinking:
    """Makes pictures small enough for a message."""

    def __init__(self, decoders: FairSlots) -> None:
        self._decoders = decoders

    async def within(self, job: Job, pictures: Pictures, limit: int) -> Mapping[int, Shown]:
        """Make a job's pictures small enough for one message in which each file may have `limit` bytes."""
        shown = {position: await self._shown(job, picture, limit) for position, picture in pictures.items()}
        together = max(_REQUEST_MAX, limit)
        if sum(len(each.data) for each in shown.values()) > together:
            share = together // len(shown)
            return {position: await self._shown(job, picture, share) for position, picture in pictures.items()}
        return shown

    async def _shown(self, job: Job, picture: Picture, limit: int) -> Shown:
        if len(picture.data) <= limit:
            return Shown(picture, picture.data, picture.width, picture.height)
        async with self._decoders.turn_of(job.account.user_id):
            shrunk = await spark.shrink(picture.data, limit, picture.provenance)
        return Shown(picture, shrunk.data, shrunk.width, shrunk.height)


def in_one_message(job: Job, pictures: Mapping[int, Picture]) -> Mapping[int, Picture]:
    """Choose what one message holds of a job's pictures: all of the first task's, then of each that fits whole."""
    chosen: dict[int, Picture] = {}
    for task in job.succeeded:
        own = {position: pictures[position] for position in task.positions if position in pictures}
        if len(chosen) + len(own) <= PICTURES_MAX:
            chosen |= own
    return chosen


def file_of(job: Job, position: int, shown: Shown, *, with_words: bool) -> discord.File:
    """Build the file of one picture, described by the words that it is made from, where there are some to say."""
    ending = next((e for signature, e in _SIGNATURES.items() if shown.data.startswith(signature)), "png")
    return discord.File(
        io.BytesIO(shown.data),
        filename=f"{result_stem(job.id, position)}.{ending}",
        description=picture_description(job, position, with_words=with_words),
        spoiler=job.spoiler,
    )


def preview_file(job: Job, preview: bytes, *, with_words: bool) -> discord.File:
    """Build the file of a job's preview, for its status message."""
    return discord.File(
        io.BytesIO(preview),
        filename=f"{preview_stem(job.id)}.webp",
        description=preview_description(job, with_words=with_words),
    )


def is_file_of(filename: str, stem: str) -> bool:
    """Whether an attachment's name is that of the result with this stem, spoiler or not."""
    return filename.removeprefix("SPOILER_").rsplit(".", 1)[0] == stem


def next_goal(refused: int) -> int | None:
    """Tell how many bytes to try after a file of so many was refused for them; None where there is no point."""
    if refused <= _LEAST:
        return None
    return TAKEN_ANYWHERE if refused > TAKEN_ANYWHERE else max(_LEAST, refused // 2)


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """Pictures that did not reach Discord, as files for their owner."""

    files: Sequence[discord.File]
    smaller: bool
    """Whether one had to be made smaller."""
    largest: int
    """Bytes of the largest."""


async def kept_files(shrinking: Shrinking, job: Job, pictures: Pictures, limit: int) -> KeptFiles:
    """Build the files of a job's pictures, `limit` bytes each."""
    shown = await shrinking.within(job, in_one_message(job, pictures), limit)
    files = [file_of(job, position, each, with_words=job.automod is None) for position, each in shown.items()]
    return KeptFiles(files, any(each.smaller for each in shown.values()), largest(shown))
