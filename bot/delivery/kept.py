"""Pictures that did not reach Discord, as files for their owner alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.delivery.files import Shrinking, file_of, in_one_message, largest
from bot.domain.jobs import Job
from bot.jobs.ports import Pictures


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
    files = [file_of(job, position, each, with_words=True) for position, each in shown.items()]
    return KeptFiles(files, any(each.smaller for each in shown.values()), largest(shown))
