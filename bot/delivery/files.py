"""Pictures as files that Discord takes: named for their job, described, and small enough."""

import asyncio
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile

import discord
from PIL import Image

from bot.delivery.kinds import kind_words, own_words
from bot.domain.jobs import PICTURES_MAX, Job, picture_name, result_stem
from bot.domain.words import alt_text
from bot.jobs.ports import Picture

_QUALITIES = (92, 85, 75)
_SIGNATURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}
_REQUEST_MAX = 25_000_000
"""Bytes that Discord takes in one message with several files, unless one file alone may have more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as Discord gets it."""

    full: Picture
    """As Spark made it."""
    data: bytes = field(repr=False)
    width: int
    height: int

    @property
    def smaller(self) -> bool:
        """Whether the full picture had too many bytes, so that this one is a JPEG of it."""
        return self.data is not self.full.data


async def shown_within(pictures: Mapping[int, Picture], limit: int) -> Mapping[int, Shown]:
    """Make pictures small enough for one message in which each file may have `limit` bytes."""
    shown = {position: await _shown(picture, limit) for position, picture in pictures.items()}
    together = max(_REQUEST_MAX, limit)
    if sum(len(each.data) for each in shown.values()) > together:
        share = together // len(shown)
        return {position: await _shown(picture, share) for position, picture in pictures.items()}
    return shown


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
    words, own = kind_words(job), own_words(job) if with_words else ""
    about = f"{words.made_from} {own}" if own else words.made
    return discord.File(
        io.BytesIO(shown.data),
        filename=f"{result_stem(job.id, position)}.{ending}",
        description=alt_text(about, picture_name(position), len(job.tasks)),
        spoiler=job.spoiler,
    )


def is_file_of(filename: str, stem: str) -> bool:
    """Whether an attachment's name is that of the result with this stem, spoiler or not."""
    return filename.removeprefix("SPOILER_").rsplit(".", 1)[0] == stem


async def _shown(picture: Picture, limit: int) -> Shown:
    if len(picture.data) <= limit:
        return Shown(picture, picture.data, picture.width, picture.height)
    return await asyncio.to_thread(_smaller, picture, limit)


def _smaller(picture: Picture, limit: int) -> Shown:
    """Re-encode as JPEG, then shrink, until `limit` bytes hold it."""
    with Image.open(io.BytesIO(picture.data)) as opened:
        image = opened.convert("RGB")
    while True:
        for quality in _QUALITIES:
            # Pillow lets the event loop go on while it writes to a file, but not to memory
            with TemporaryFile() as file:
                image.save(file, "JPEG", quality=quality)
                if file.tell() <= limit:
                    file.seek(0)
                    return Shown(picture, file.read(), image.width, image.height)
        image = image.resize(
            (max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)), Image.Resampling.LANCZOS
        )
