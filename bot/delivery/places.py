"""Where a result goes: into a thread under the head, or right where it was asked for."""

import asyncio
from typing import Final

import discord
import structlog

from bot.delivery.faults import THREAD_EXISTS
from bot.domain.jobs import Job, Place
from bot.domain.words import thread_name

_log = structlog.get_logger()
THREAD_PATIENCE = 5.0
"""Real seconds, since discord.py waits a rate limit out in real seconds and in silence.

Its own `max_ratelimit_timeout` would refuse threads that the limit allows: it looks at when the limit's window
ends, which for threads is minutes, and not at what the window still has.
"""
_ARCHIVE_AFTER_MINUTES: Final = 1440


async def open_place(client: discord.Client, job: Job, head_id: int | None) -> int:
    """Give the channel that a job's message goes to, opening the head's thread where one is wanted.

    A thread needs a text channel, a head and a picture to show; where Discord does not let the bot open one
    (no permission, too many, a rate limit of minutes), the channel itself serves.
    """
    if job.place is not Place.CHANNEL or head_id is None or not job.succeeded:
        return job.channel_id
    await client.wait_until_ready()  # only then is the channel's server known
    channel = client.get_channel(job.channel_id)
    if not isinstance(channel, discord.TextChannel):
        return job.channel_id
    try:
        async with asyncio.timeout(THREAD_PATIENCE):
            thread = await channel.get_partial_message(head_id).create_thread(
                name=thread_name(job.title), auto_archive_duration=_ARCHIVE_AFTER_MINUTES
            )
    except TimeoutError:
        if channel.guild.get_thread(head_id) is not None:
            return head_id  # Discord was slow, but has opened it
        reason = "Discord's rate limit for threads lasts too long"
    except discord.DiscordServerError:
        raise
    except discord.HTTPException as refused:
        if refused.code == THREAD_EXISTS:
            return head_id  # a thread's id is that of its first message
        reason = str(refused)
    else:
        return thread.id
    _log.info("thread.not_opened", job=job.id, reason=reason)
    return job.channel_id
