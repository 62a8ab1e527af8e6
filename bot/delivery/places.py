"""Where a result goes: into a thread under the status message, into its owner's of the day, or right there."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from weakref import WeakValueDictionary

import discord
import structlog

from bot.delivery.faults import THREAD_EXISTS
from bot.domain.jobs import Job, Place
from bot.domain.moderation.server_rules import ResultPlace
from bot.store import Store
from bot.wording.text import THREAD_WITHOUT_WORDS, day_thread_name, thread_name

_log = structlog.get_logger()
THREAD_PATIENCE = 15.0
"""Real seconds, since discord.py waits a rate limit out in real seconds and in silence.

A burst of some hundred results waits for half of them, at Discord's fifty requests a second.

Its own `max_ratelimit_timeout` would refuse threads that the limit allows: it looks at when the limit's window
ends, which for threads is minutes, and not at what the window still has.
"""
_ARCHIVE_AFTER_MINUTES: Final = 1440
_DAY: Final = 24 * 3600 * 1000
_REMEMBERED: Final = 1000
"""Channels of servers that other processes hear."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place that was chosen for a job's message."""

    channel_id: int
    named: bool = True
    """Whether the job's words stand above the message as its thread's name, where it is a thread of its own."""


class Places:
    """Chooses the channel that a job's message goes to, opening a thread where one is wanted.

    A thread needs a text channel, a status message and a picture; where Discord does not let the bot open one
    (no permission, too many, a rate limit of minutes), the channel itself serves.
    """

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._store = store
        self._elsewhere: dict[int, discord.TextChannel] = {}
        self._opening: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    async def wanted(self, job: Job) -> ResultPlace:
        """Tell where a job's message belongs, by the rules of its server."""
        if job.place is not Place.CHANNEL or not job.succeeded or job.set_aside_at is not None:
            return ResultPlace.HERE
        return (await self._store.moderation.rules(job.account.guild_id)).results

    async def choose(self, job: Job, status_message_id: int | None) -> Chosen:
        """Give the channel that a job's message goes to."""
        here, wanted = Chosen(job.channel_id), await self.wanted(job)
        if wanted is ResultPlace.HERE or status_message_id is None:
            return here
        channel = await self._channel(job.channel_id)
        if not isinstance(channel, discord.TextChannel):
            return here
        if wanted is ResultPlace.DAY:
            return await self._day_thread(channel, status_message_id, job) or here
        named = job.automod is None
        opened = await self._opened(
            channel, status_message_id, thread_name(job.title) if named else THREAD_WITHOUT_WORDS, job
        )
        return here if opened is None else replace(opened, named=named)

    async def _day_thread(self, channel: discord.TextChannel, status_message_id: int, job: Job) -> Chosen | None:
        """Give the thread for the results of a job's owner and day, opening it under the first of them."""
        begins = job.accepted_at - job.accepted_at % _DAY
        whose = channel.id, job.account.user_id
        async with self._opening.setdefault(whose, asyncio.Lock()):
            thread_id = await self._store.deliveries.day_thread(job, begins, begins + _DAY)
            if thread_id is None or not await self._stands(thread_id):  # or somebody has deleted it
                name = day_thread_name(
                    await _name_of(channel.guild, job), datetime.fromtimestamp(begins / 1000, UTC)
                )
                if (opened := await self._opened(channel, status_message_id, name, job)) is None:
                    return None
                thread_id = opened.channel_id
            await self._store.deliveries.record_day_thread(job, thread_id)
        return Chosen(thread_id, named=False)

    async def _opened(
        self, channel: discord.TextChannel, status_message_id: int, name: str, job: Job
    ) -> Chosen | None:
        """Open a thread under a status message; None where Discord does not let the bot, or not name it so."""
        try:
            async with asyncio.timeout(THREAD_PATIENCE):
                return await _open_thread(channel, status_message_id, name)
        except TimeoutError:
            if await self._stands(status_message_id):
                return Chosen(status_message_id)  # Discord was slow, but has opened it
            reason = "Discord's rate limit for threads lasts too long"
        except discord.DiscordServerError:
            raise
        except discord.HTTPException as refused:
            if refused.code == THREAD_EXISTS:
                return Chosen(status_message_id)  # a thread's id is that of its first message
            reason = str(refused)
        _log.info("thread.not_opened", job=job.id, reason=reason)
        return None

    async def _stands(self, thread_id: int) -> bool:
        return isinstance(await self._channel(thread_id), discord.Thread)

    async def _channel(self, channel_id: int) -> object | None:
        """Give a channel or a thread; Discord is asked where another process hears its server."""
        await self._client.wait_until_ready()  # only then is known what this one hears
        if (known := self._client.get_channel(channel_id) or self._elsewhere.get(channel_id)) is not None:
            return known
        try:
            fetched = await self._client.fetch_channel(channel_id)
        except (discord.NotFound, discord.Forbidden):
            return None
        if isinstance(fetched, discord.TextChannel):
            if len(self._elsewhere) == _REMEMBERED:
                self._elsewhere.clear()
            self._elsewhere[channel_id] = fetched
        return fetched


async def _name_of(guild: discord.Guild, job: Job) -> str:
    """Give the name of a job's owner; empty where Discord does not tell."""
    user_id = job.account.user_id
    try:
        return (guild.get_member(user_id) or await guild.fetch_member(user_id)).display_name
    except discord.NotFound:  # they have left
        return ""


async def _open_thread(channel: discord.TextChannel, status_message_id: int, name: str) -> Chosen:
    status_message = channel.get_partial_message(status_message_id)
    thread = await status_message.create_thread(name=name, auto_archive_duration=_ARCHIVE_AFTER_MINUTES)
    return Chosen(thread.id)
