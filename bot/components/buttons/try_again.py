"""The "Try again" button where something came to nothing that may go well now: the same words and seeds anew."""

import re
from typing import Any, Self

import discord

from bot.components.buttons.again import AgainButton
from bot.components.buttons.details import DetailsButton
from bot.components.desk import desk_of
from bot.components.reach import reached
from bot.domain.jobs import Job, Order
from bot.domain.orders.repeats import worth_trying_again
from bot.domain.states import TaskState
from bot.domain.words import listed


def try_again_id(job_id: int) -> str:
    """Give the button's custom id."""
    return f"try-again:{job_id}"


class TryAgainButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"try-again:(?P<job_id>[0-9]{1,20})"
):
    """Orders anew what came to nothing in one job; works after a restart, since its id says which."""

    def __init__(
        self, job_id: int, *, label: str = "Try again", disabled: bool = False, row: int | None = None
    ) -> None:
        super().__init__(
            discord.ui.Button(
                label=label,
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

        async def order() -> Order:
            return await desk.service.try_again(await reached(interaction, self._job_id), person, key)

        await desk.answers.ask_once_more(interaction, order)


def try_again_view(job: Job) -> discord.ui.View:
    """Build the row under a job's message that carries no picture.

    The button also marks the message as the job's own, so it stands, switched off, where there is nothing to try;
    beside it is what helps then.
    """
    worth_trying = bool(worth_trying_again(job))
    view = discord.ui.View(timeout=None)
    view.add_item(TryAgainButton(job.id, disabled=not worth_trying))
    if any(task.state is TaskState.SUCCEEDED and not task.posted for task in job.tasks):
        view.add_item(AgainButton(job.id))  # Spark made it, and has lost it
    if not worth_trying and any(task.state is TaskState.FAILED for task in job.tasks):
        view.add_item(DetailsButton(job.id))  # has the command to copy, and to change
    return view


def try_rest_again(job: Job) -> TryAgainButton | None:
    """Build the button under a result that is not whole, beside the one for all of it; None if it cannot help."""
    positions = [str(task.position) for task in worth_trying_again(job)]
    if not positions:
        return None
    pictures = "picture" if len(positions) == 1 else "pictures"
    return TryAgainButton(job.id, label=f"Try {pictures} {listed(positions)} again", row=1)
