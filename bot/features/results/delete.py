"""Deleting a result: for its owner and for moderators, after asking once more."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import discord
import structlog

from bot.domain.jobs import Job
from bot.domain.moderation.actions import About, ActionKind
from bot.domain.removal import CopyFate, is_all
from bot.features.results.emptied import take_empty_thread_away
from bot.features.results.services import ResultServices
from bot.interactions import Interaction
from bot.interactions.guard import guarded, in_place
from bot.interactions.items import Button, PersistentItem, view_of
from bot.interactions.message_pictures import carries
from bot.interactions.reach import reached
from bot.interactions.responses import LOST, show, tell
from bot.moderation.service import Moderator
from bot.orders.removal import require_may_remove
from bot.wording.pictures_not_found import result_gone, result_not_there
from bot.wording.removal import (
    deletion_recorded,
    not_deleted,
    not_of_this_job,
    removal_done,
    removal_question,
)
from bot.wording.result_buttons import DELETE, DELETE_NOW

_log = structlog.get_logger()


class DeleteButton(PersistentItem[Button], custom_id="delete:{job_id}"):
    """Asks whether a result really is to be deleted."""

    job_id: int

    def _draw(self) -> Button:
        return Button(label=DELETE, row=1)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Ask in private, if it is somebody who may delete it."""
        job = await reached(interaction, self.job_id)
        await _ask(interaction, job, *message_of(job, interaction.message, interaction.client.user))


class DeleteThisButton(PersistentItem[Button], custom_id="delete-this:{job_id}:{channel_id}-{message_id}"):
    """Asks whether one message of a result really is to be deleted."""

    job_id: int
    channel_id: int
    message_id: int

    def _draw(self) -> Button:
        return Button(label=DELETE)

    @guarded
    async def callback(self, interaction: Interaction) -> None:
        """Ask in private, if it is somebody who may delete it."""
        await _ask(interaction, await reached(interaction, self.job_id), self.channel_id, self.message_id)


class DeleteNowButton(PersistentItem[Button], custom_id="delete-now:{job_id}:{channel_id}-{message_id}"):
    """Deletes a result's message for everybody."""

    job_id: int
    channel_id: int
    message_id: int

    def _draw(self) -> Button:
        return Button(label=DELETE_NOW, style=discord.ButtonStyle.danger)

    @in_place
    async def callback(self, interaction: Interaction) -> None:
        """Delete it, if it still is somebody who may."""
        job = await reached(interaction, self.job_id)
        moderates = moderates_there(interaction, job, self.channel_id)
        require_may_remove(job, interaction.user.id, moderates=moderates)
        fate, view = await delete_message(interaction, job, self.channel_id, self.message_id), None
        if fate is CopyFate.KEPT:  # it can be pressed again
            view = view_of(DeleteNowButton(job.id, self.channel_id, self.message_id))
        await show(interaction, removal_done(job, self.message_id, fate), view)
        await take_empty_thread_away(interaction, job, fate)


async def delete_message(
    interaction: Interaction, job: Job, channel_id: int, message_id: int, reason: str | None = None
) -> CopyFate:
    """Delete a message with a job's pictures, and record whose word it was; whether they may was asked before."""
    services, person = ResultServices.of(interaction), interaction.user.id
    channel = interaction.client.get_partial_messageable(channel_id)
    if (channel_id, message_id) != (job.result_channel_id, job.result_id):
        await require_shown(interaction, job, channel.get_partial_message(message_id))
    with _refusals(), suppress(discord.NotFound):  # gone already: as it was wanted
        await channel.get_partial_message(message_id).delete()
    if job.account.user_id != person and interaction.guild_id is not None:
        by, about = Moderator(interaction.guild_id, person), (About.JOB, job.id)
        await services.moderation.did(by, ActionKind.DELETE, about, deletion_recorded(job.account), reason)
    if not is_all(job, message_id):
        return CopyFate.NONE
    await services.jobs.removed(job, person)
    return await _delete_copy(interaction, job)


async def _ask(interaction: Interaction, job: Job, channel_id: int, message_id: int) -> None:
    require_may_remove(job, interaction.user.id, moderates=moderates_there(interaction, job, channel_id))
    view = view_of(DeleteNowButton(job.id, channel_id, message_id))
    await tell(interaction, removal_question(job, message_id), view)


async def _delete_copy(interaction: Interaction, job: Job) -> CopyFate:
    """Delete the copy of a job's input picture that the bot has posted, if nothing else is made from it."""
    copy = job.source.copy if job.source is not None else None
    if copy is None:
        return CopyFate.NONE
    if await ResultServices.of(interaction).jobs.needs_copy(copy):
        return CopyFate.NEEDED
    channel = interaction.client.get_partial_messageable(copy.channel_id)
    try:
        await channel.get_partial_message(copy.message_id).delete()
    except discord.NotFound:
        return CopyFate.GONE
    except (discord.HTTPException, *LOST) as failed:
        _log.warning("copy.not_deleted", job=job.id, message=copy.message_id, reason=repr(failed))
        return CopyFate.KEPT
    return CopyFate.DELETED


async def require_shown(interaction: Interaction, job: Job, message: discord.PartialMessage) -> discord.Message:
    """Read a message that a custom id names; raises `Refusal` where it does not show a job's pictures."""
    with _refusals():
        try:
            shown = await message.fetch()
        except discord.NotFound:
            raise result_gone() from None
    if not carries(shown, job.id, interaction.client.user):
        raise not_of_this_job()
    return shown


def message_of(job: Job, shown: discord.Message | None, bot: discord.ClientUser | None) -> tuple[int, int]:
    """Give channel and message of what a click is about: the one clicked if it is the job's, else its own."""
    if shown is not None and carries(shown, job.id, bot):
        return shown.channel.id, shown.id
    if job.result_channel_id is None or job.result_id is None:
        raise result_not_there()
    return job.result_channel_id, job.result_id


def moderates_there(interaction: Interaction, job: Job, channel_id: int) -> bool:
    """Whether a person may delete a job's message that is somebody else's."""
    if interaction.channel_id != channel_id:
        return False
    if interaction.guild_id is None:  # nobody else is there; whose an erased one was is not known any more
        return job.account.user_id < 0
    return interaction.permissions.manage_messages


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what discord.py raises into words for people, except for what is not there."""
    try:
        yield
    except (discord.HTTPException, *LOST) as failed:
        raise not_deleted() from failed
