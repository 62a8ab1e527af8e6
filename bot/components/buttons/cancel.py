"""The button under a waiting job's head that takes the job back."""

import re
from typing import Any, Self

import discord

from bot.components.acknowledging import answering
from bot.components.desk import desk_of
from bot.components.reach import reached
from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.states import JobState, TaskState


def cancel_id(job_id: int) -> str:
    """Give the button's custom id."""
    return f"cancel:{job_id}"


class CancelButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"cancel:(?P<job_id>[0-9]{1,20})"
):
    """Takes a job back of which nothing was sent to Spark."""

    def __init__(self, job_id: int) -> None:
        style = discord.ButtonStyle.secondary
        super().__init__(discord.ui.Button(label="Cancel", style=style, custom_id=cancel_id(job_id)))
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Cancel the job, which its head then shows; where it is too late, say so."""
        desk = desk_of(interaction)

        async def cancel() -> None:
            named = await reached(interaction, self._job_id)
            cancelled, job = await desk.service.cancel(named, interaction.user.id)
            if not cancelled:
                with answering():
                    await interaction.followup.send(too_late_text(job), ephemeral=True)

        await desk.answers.in_place(interaction, cancel)


def head_view(job: Job, *, waiting: bool) -> discord.ui.View | None:
    """Build the row under a job's head; None where nothing can be taken back any more."""
    if not waiting:
        return None
    view = discord.ui.View(timeout=None)
    view.add_item(CancelButton(job.id))
    return view


def too_late_text(job: Job) -> str:
    """Say why a job was not cancelled by this click, and what it costs."""
    if job.state is JobState.CANCELLED:
        return "**It is cancelled already.**\n-# Nothing was charged."
    if job.state is JobState.OPEN:
        price = usd_text(sum(task.estimate_nano for task in job.tasks if task.state is not TaskState.FAILED))
        return (
            "**Too late to cancel: Spark works on it already.**\n"
            "What has been sent to Spark is made, posted here and charged.\n"
            f"-# About {price}"
        )
    charged = f"It has cost {usd_text(job.cost_nano)}." if job.cost_nano else "Nothing was charged."
    return f"**Too late to cancel: it is done already.**\n-# {charged}"
