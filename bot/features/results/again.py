"""The same once more: "Again" with new seeds, for anybody; "Try again" what came to nothing, for its owner."""

from functools import partial

import discord

from bot.domain.jobs import Job, Order
from bot.domain.states import TaskState
from bot.features.results.details import DetailsButton
from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded
from bot.interactions.items import Button, PersistentItem, view_of
from bot.interactions.ordering import Ordering, click_key
from bot.interactions.reach import reached
from bot.orders.repeats import worth_trying_again
from bot.wording.result_buttons import AGAIN, AGAIN_EMOJI, TRY_AGAIN, try_rest


class AgainButton(PersistentItem[Button], custom_id="again:{job_id}"):
    """Orders all of one job once more, paid for anew."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=AGAIN, emoji=AGAIN_EMOJI)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Start the new job, for whoever clicks."""
        await Ordering.of(interaction).order_once_more(interaction, partial(self._order, interaction))

    async def _order(self, interaction: Interaction) -> Order:
        job, key = await reached(interaction, self.job_id), click_key(interaction, "again")
        return ResultServices.of(interaction).jobs.again(job, interaction.user.id, key)


class TryAgainButton(PersistentItem[Button], custom_id="try-again:{job_id}"):
    """Orders anew what came to nothing in one job."""

    job_id: int
    label: str = TRY_AGAIN
    disabled: bool = False

    def _draw(self) -> Button:
        return Button(label=self.label, style=discord.ButtonStyle.primary, disabled=self.disabled)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Start the new job, if it is its owner who clicks."""
        await Ordering.of(interaction).order_once_more(interaction, partial(self._order, interaction))

    async def _order(self, interaction: Interaction) -> Order:
        job, key = await reached(interaction, self.job_id), click_key(interaction, "try-again")
        return await ResultServices.of(interaction).jobs.try_again(job, interaction.user.id, key)


def try_again_view(job: Job) -> discord.ui.View:
    """Build the row under a job's message that carries no picture.

    The button also marks the message as the job's own, so it stands, switched off, where there is nothing to try;
    beside it is what helps then.
    """
    worth_trying = bool(worth_trying_again(job))
    view = view_of(TryAgainButton(job.id, disabled=not worth_trying))
    if any(task.state is TaskState.SUCCEEDED and not task.posted for task in job.tasks):
        view.add_item(AgainButton(job.id))  # Spark made it, and has lost it
    if not worth_trying and any(task.state is TaskState.FAILED for task in job.tasks):
        view.add_item(DetailsButton(job.id))  # has the command to copy, and to change
    return view


def try_rest_again(job: Job) -> TryAgainButton | None:
    """Build the button under a result that is not whole, beside the one for all of it; None if it cannot help."""
    positions = [task.position for task in worth_trying_again(job)]
    if not positions:
        return None
    return TryAgainButton(job.id, label=try_rest(positions))
