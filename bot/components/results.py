"""What stands under a job's message: the buttons that go on from it."""

from collections.abc import Collection

import discord

from bot.components.try_again import try_again_view
from bot.domain.jobs import Job


def result_view(job: Job, positions: Collection[int]) -> discord.ui.View | None:
    """Build the rows under a message that carries the pictures at `positions`; None where there are none."""
    return try_again_view(job)
