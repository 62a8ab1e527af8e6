"""Pictures that did not reach Discord, as files for their owner alone."""

from collections.abc import Sequence

import discord

from bot.delivery.files import Shrinking, file_of, in_one_message
from bot.domain.jobs import Job
from bot.jobs.ports import Pictures


async def kept_files(
    shrinking: Shrinking, job: Job, pictures: Pictures, limit: int
) -> tuple[Sequence[discord.File], bool]:
    """Build the files of a job's pictures, `limit` bytes each; tells too whether one had to be made smaller."""
    shown = await shrinking.within(job, in_one_message(job, pictures), limit)
    files = [file_of(job, position, each, with_words=True) for position, each in shown.items()]
    return files, any(each.smaller for each in shown.values())
