"""Addresses of input pictures, for what Spark fetches by itself: kept fresh, or those of a copy."""

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final

import discord
import structlog

from bot.delivery.faults import delivery_faults
from bot.delivery.files import is_file_of
from bot.domain.jobs import Job
from bot.domain.pictures.lifetimes import is_at_hand, same_file, works_at
from bot.domain.pictures.sources import Copy, InputImage, Source
from bot.jobs.ports import InputLost
from bot.store import Store
from bot.wording.pictures_for_spark import copy_text, no_longer_in_discord
from spark.clock import Clock

_log = structlog.get_logger()
_NONCE_LIFE: Final = 120_000
"""Milliseconds for which Discord is sure to know a nonce; it says a few minutes."""
_ENDINGS: Final = {"JPEG": "jpg", "PNG": "png"}


class InputLinks:
    """Implements `bot.jobs.ports.InputAddresses`."""

    def __init__(
        self,
        client: discord.Client,
        store: Store,
        clock: Clock,
        pictures_in: Callable[[discord.Message], Sequence[Source]],
        assets_channel_id: int | None,
    ) -> None:
        """Build with what reads a message's pictures, and the channel for copies where there is one."""
        self._client = client
        self._store = store
        self._clock = clock
        self._pictures_in = pictures_in
        self._assets_channel_id = assets_channel_id

    async def of(self, job: Job, image: InputImage) -> str:
        """Give an address that works now; see the protocol."""
        if (source := job.source) is None:
            raise AssertionError(f"job {job.id} has no source")
        with delivery_faults():
            known = await self._renewed(source)
            current = known or replace(source, copy=await self._copied(job, source, image))
        if current != source:
            await self._store.jobs.record_source(job.id, current)
        return current.copy.url if current.copy is not None else current.url

    async def _renewed(self, source: Source) -> Source | None:
        """Give a source whose address works now; None where there is none but that of a new copy."""
        if (copy := source.copy) is not None:
            url = await self._url_now(copy.url, copy.channel_id, copy.message_id)
            return replace(source, copy=replace(copy, url=url)) if url else None
        if source.needs_copy or not is_at_hand(source, self._clock.now_ms()):
            return None
        if source.channel_id is None or source.message_id is None:
            return source
        url = await self._url_now(source.url, source.channel_id, source.message_id)
        return replace(source, url=url) if url else None

    async def _url_now(self, url: str, channel_id: int, message_id: int) -> str | None:
        """Look at a message and give its file's address of today; None where message or file are gone."""
        try:
            message = await self._client.get_partial_messageable(channel_id).fetch_message(message_id)
        except discord.NotFound:
            return None
        except discord.Forbidden:
            shown = None
        else:
            shown = next((p.url for p in self._pictures_in(message) if same_file(p.url, url)), None)
        if shown is not None:
            return shown
        # Discord may hide what stands in a message
        return url if works_at(url, self._clock.now_ms()) else await self._signed_anew(url)

    async def _signed_anew(self, url: str) -> str | None:
        route = discord.http.Route("POST", "/attachments/refresh-urls")
        try:
            answer = await self._client.http.request(route, json={"attachment_urls": [url]})
        except discord.HTTPException as refused:
            if refused.status == HTTPStatus.TOO_MANY_REQUESTS or isinstance(refused, discord.DiscordServerError):
                raise
            # no page of Discord's promises this route
            _log.warning("link.not_signed_anew", status=refused.status)
            return None
        refreshed: str | None = answer["refreshed_urls"][0]["refreshed"]
        return refreshed

    async def _copied(self, job: Job, source: Source, image: InputImage) -> Copy:
        """Post the picture as the bot keeps it, where that is allowed; raises `InputLost` where it is not."""
        channel_id = self._assets_channel_id or _own_place(job, source)
        if channel_id is None:
            raise InputLost(no_longer_in_discord())
        # while its nonce is known, Discord itself gives a message that stands already
        message = (
            await self._found(job, channel_id) if self._clock.now_ms() > job.accepted_at + _NONCE_LIFE else None
        )
        if message is None:
            message = await self._client.get_partial_messageable(channel_id).send(
                copy_text(job.account.user_id, source.changes),
                file=discord.File(
                    io.BytesIO(image.data),
                    filename=f"{_copy_stem(job)}.{_ENDINGS[image.format]}",
                    spoiler=job.spoiler,
                ),
                nonce=f"{job.id}-copy",
                allowed_mentions=discord.AllowedMentions.none(),
            )
            _log.info("copy.posted", job=job.id, channel=channel_id, message=message.id)
        return Copy(message.attachments[0].url, channel_id, message.id)

    async def _found(self, job: Job, channel_id: int) -> discord.Message | None:
        """Look for a copy that was posted and not written down."""
        channel = self._client.get_partial_messageable(channel_id)
        async for message in channel.history(after=discord.Object(job.id), limit=None, oldest_first=True):
            ours = self._client.user is not None and message.author.id == self._client.user.id
            if ours and any(is_file_of(file.filename, _copy_stem(job)) for file in message.attachments):
                return message
        return None


def _own_place(job: Job, source: Source) -> int | None:
    """Give the place where a job was asked for, if a copy may be posted there."""
    if not job.account.guild_id:
        return job.channel_id  # nobody but its owner sees it
    # a copy that somebody has deleted is not put back
    return job.channel_id if source.copy_agreed and source.copy is None else None


def _copy_stem(job: Job) -> str:
    return f"input-{job.id}"
