"""What a deleted result has left empty: the thread that was opened for it."""

import discord
import structlog

from bot.domain.jobs import Job
from bot.domain.removal import CopyFate
from bot.interactions import Interaction
from bot.interactions.permissions import own_permissions
from bot.interactions.responses import LOST

_log = structlog.get_logger()
_LOOKED_AT = 10


async def take_empty_thread_away(interaction: Interaction, job: Job, copy: CopyFate) -> None:
    """Delete the thread that a deleted result stood in, if nobody has written there; archive it where it may not.

    Whoever reads there is thrown out by that: it comes after what they are told, and not while they may have to
    press there again, since a `copy` was kept.
    """
    if copy is CopyFate.KEPT or (thread := await _own_thread(interaction, job)) is None:
        return
    granted = own_permissions(thread)
    if not granted.read_message_history:
        return
    try:
        async for message in thread.history(limit=_LOOKED_AT):
            # the message above a thread is shown as its first one
            if not message.is_system() and message.type is not discord.MessageType.thread_starter_message:
                return
        if granted.manage_threads:
            await thread.delete()
        elif not thread.archived:
            await thread.edit(archived=True)
    except (discord.HTTPException, *LOST) as failed:
        _log.info("thread.not_taken_away", job=job.id, thread=thread.id, reason=repr(failed))


async def _own_thread(interaction: Interaction, job: Job) -> discord.Thread | None:
    """Give the thread that was opened for a job's result; None where that stands elsewhere."""
    guild, thread_id = interaction.guild, job.result_channel_id
    if guild is None or thread_id is None or thread_id not in {job.status_message_id, job.day_thread_id}:
        return None
    if (known := guild.get_thread(thread_id)) is not None:
        return known
    try:
        found = await guild.fetch_channel(thread_id)  # one that Discord has put away is not known here
    except (discord.HTTPException, *LOST):
        return None
    return found if isinstance(found, discord.Thread) else None
