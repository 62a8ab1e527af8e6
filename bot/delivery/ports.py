"""What the delivery needs of those who answer clicks: the rows that stand under a job's messages."""

from collections.abc import Collection
from typing import Protocol

import discord

from bot.domain.jobs import Job


class Rows(Protocol):
    """Builds the buttons; every one of them works after a restart."""

    def under_status_message(self, job: Job, *, waiting: bool) -> discord.ui.View | None:
        """Build the row under a job's status message; None where nothing can be taken back any more."""
        ...

    def under_result(self, job: Job, positions: Collection[int]) -> discord.ui.View:
        """Build the rows under a message that carries the pictures at `positions`, or none."""
        ...

    def mark_of_notice(self, job_id: int) -> str:
        """Give the custom id by which a job's message without pictures is known again."""
        ...
