"""The status messages of jobs that a message asked for: the bot's replies to that message, each made once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from weakref import WeakValueDictionary

import discord
import structlog

from bot.delivery.faults import BLOCKED_BY_AUTOMOD
from bot.domain.jobs import Job
from bot.store import Store
from spark.clock import Clock

_log = structlog.get_logger()
_NONCE_LIFE: Final = 60_000
"""Milliseconds for which Discord is sure to know a nonce; it says a few minutes."""
_LOOKED_AT: Final = 100
"""How many messages after the asking one are looked through, which is one page of Discord's."""


@dataclass(frozen=True, slots=True)
class StatusReply:
    """A job's status message, as it was found or made."""

    message_id: int | None
    """None where Discord takes none for this job, which keeps no result back."""
    made: bool = False
    """Whether it was made just now, and shows what was to be shown."""
    words_stood: bool = True
    """Whether AutoMod has not just refused the job's words."""


class StatusReplies:
    """Makes a status message where there is none yet, and finds one that a crash left unrecorded."""

    def __init__(self, client: discord.Client, store: Store, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._making: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def of(self, job: Job, write: Callable[[bool], str], view: discord.ui.View | None = None) -> StatusReply:
        """Give a job's status message, made where there is none; `write` is told whether its words may be said."""
        lock = self._making.setdefault(job.id, asyncio.Lock())
        async with lock:
            current = await self._store.jobs.get(job.id)
            if current is None or current.status_message_id is not None:
                return StatusReply(current.status_message_id if current else None)
            try:
                found = await self._found(job)
                reply = StatusReply(found) if found is not None else await self._made(job, write, view)
            except discord.HTTPException as refused:
                if (
                    isinstance(refused, discord.DiscordServerError)
                    or refused.status == HTTPStatus.TOO_MANY_REQUESTS
                ):
                    raise
                _log.warning("head.refused", job=job.id, reason=str(refused))
                return StatusReply(None)
            if reply.message_id is not None:
                await self._store.jobs.record_status_message(job.id, reply.message_id)
            return reply

    async def _found(self, job: Job) -> int | None:
        """Look for a status message that was made before a crash, once Discord may have forgotten its nonce."""
        if self._clock.now_ms() < job.accepted_at + _NONCE_LIFE:
            return None
        channel = self._client.get_partial_messageable(job.channel_id)
        async for message in channel.history(after=discord.Object(job.id), limit=_LOOKED_AT, oldest_first=True):
            own = self._client.user is not None and message.author.id == self._client.user.id
            answers = message.reference is not None and message.reference.message_id == job.id
            # a note to the same message mentions its author
            if own and answers and not message.mentions:
                return message.id
        return None

    async def _made(self, job: Job, write: Callable[[bool], str], view: discord.ui.View | None) -> StatusReply:
        if job.automod is None:
            try:
                return StatusReply(await self._send(job, write(True), view), made=True)
            except discord.HTTPException as refused:
                if refused.code not in BLOCKED_BY_AUTOMOD:
                    raise
        message_id = await self._send(job, write(False), view)
        return StatusReply(message_id, made=True, words_stood=job.automod is not None)

    async def _send(self, job: Job, content: str, view: discord.ui.View | None) -> int:
        # where its message has been deleted meanwhile, the job goes on all the same
        asked = discord.MessageReference(message_id=job.id, channel_id=job.channel_id, fail_if_not_exists=False)
        sent = await self._client.get_partial_messageable(job.channel_id).send(
            content,
            reference=asked,
            nonce=f"{job.id}-head",
            view=view or discord.utils.MISSING,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        return sent.id
