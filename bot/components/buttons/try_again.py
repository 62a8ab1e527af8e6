"""The "Try again" button under a notice: a new job with the same words and seeds."""

import re
from typing import Any, Self

import discord

from bot.components.desk import desk_of
from bot.domain.jobs import Job
from bot.domain.states import TaskState

_MAY_BE_TRIED_AGAIN = frozenset({TaskState.FAILED, TaskState.UNKNOWN})


def try_again_id(job_id: int) -> str:
    """Give the button's custom id."""
    return f"try-again:{job_id}"


class TryAgainButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"try-again:(?P<job_id>[0-9]{1,20})"
):
    """Orders anew what came to nothing in one job; works after a restart, since its id says which."""

    def __init__(self, job_id: int, *, disabled: bool = False, row: int | None = None) -> None:
        super().__init__(
            discord.ui.Button(
                label="Try again",
                style=discord.ButtonStyle.primary,
                custom_id=try_again_id(job_id),
                disabled=disabled,
                row=row,
            )
        )
        self._job_id = job_id

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the button of a click."""
        return cls(int(match["job_id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Start the new job, if it is its owner who clicks."""
        desk, person = desk_of(interaction), interaction.user.id
        key = f"{interaction.message.id if interaction.message else 0}:try-again:{person}"
        await desk.answers.ask_once_more(interaction, lambda: desk.service.try_again(self._job_id, person, key))


def try_again_view(job: Job) -> discord.ui.View:
    """Build the row under a job's message that carries no picture.

    The button also marks the message as the job's own, so it stands, switched off, where there is nothing to try.
    """
    view = discord.ui.View(timeout=None)
    view.add_item(TryAgainButton(job.id, disabled=not may_be_tried_again(job)))
    return view


def may_be_tried_again(job: Job) -> bool:
    """Whether a part of a job came to nothing, or nobody knows what has come of it."""
    return any(task.state in _MAY_BE_TRIED_AGAIN for task in job.tasks)
