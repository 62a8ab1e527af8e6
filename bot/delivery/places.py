"""Where a result should go: into a thread under the status message, or right where it was asked for."""

import asyncio
from dataclasses import dataclass
from typing import Final

import discord
import structlog

from bot.delivery.faults import BLOCKED_BY_AUTOMOD, THREAD_EXISTS
from bot.domain.jobs import Job, Place
from bot.wording.text import THREAD_WITHOUT_WORDS, thread_name

_log = structlog.get_logger()
THREAD_PATIENCE = 15.0
"""Real seconds, since discord.py waits a rate limit out in real seconds and in silence.

A burst of some hundred results waits for half of them, at Discord's fifty requests a second.

Its own `max_ratelimit_timeout` would refuse threads that the limit allows: it looks at when the limit's window
ends, which for threads is minutes, and not at what the window still has.
"""
_ARCHIVE_AFTER_MINUTES: Final = 1440


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place that was chosen for a job's message."""

    channel_id: int
    named: bool = True
    """Whether the job's words stand above the message as its thread's name, where it is a thread."""


async def open_place(client: discord.Client, job: Job, status_message_id: int | None) -> Chosen:
    """Give the channel that a job's message goes to, opening a thread where one is wanted.

    A thread needs a text channel, a status message and a picture; where Discord does not let the bot open one
    (no permission, too many, a rate limit of minutes), the channel itself serves.
    """
    if not wants_thread(job) or status_message_id is None:
        return Chosen(job.channel_id)
    await client.wait_until_ready()  # only then is the channel's server known
    channel = client.get_channel(job.channel_id)
    if not isinstance(channel, discord.TextChannel):
        return Chosen(job.channel_id)
    try:
        async with asyncio.timeout(THREAD_PATIENCE):
            return await _open_thread(channel, status_message_id, job)
    except TimeoutError:
        if channel.guild.get_thread(status_message_id) is not None:
            return Chosen(status_message_id)  # Discord was slow, but has opened it
        reason = "Discord's rate limit for threads lasts too long"
    except discord.DiscordServerError:
        raise
    except discord.HTTPException as refused:
        if refused.code == THREAD_EXISTS:
            return Chosen(status_message_id)  # a thread's id is that of its first message
        reason = str(refused)
    _log.info("thread.not_opened", job=job.id, reason=reason)
    return Chosen(job.channel_id)


def wants_thread(job: Job) -> bool:
    """Whether a job's message belongs into a thread of its own."""
    return job.place is Place.CHANNEL and bool(job.succeeded)


async def _open_thread(channel: discord.TextChannel, status_message_id: int, job: Job) -> Chosen:
    status_message = channel.get_partial_message(status_message_id)
    try:
        thread = await status_message.create_thread(
            name=thread_name(job.title), auto_archive_duration=_ARCHIVE_AFTER_MINUTES
        )
    except discord.HTTPException as refused:
        if refused.code not in BLOCKED_BY_AUTOMOD:
            raise
        thread = await status_message.create_thread(
            name=THREAD_WITHOUT_WORDS, auto_archive_duration=_ARCHIVE_AFTER_MINUTES
        )
        return Chosen(thread.id, named=False)
    return Chosen(thread.id)
