"""The button under a waiting job's head that takes the job back."""

import discord

from bot.domain.jobs import Job


def head_view(job: Job, *, waiting: bool) -> discord.ui.View | None:
    """Build the row under a job's head; None where nothing can be taken back any more."""
    return None
