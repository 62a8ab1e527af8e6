"""Where results stand in Discord, by addresses that work now: it gives out new ones whenever a message is read."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import discord
import structlog

from bot.domain.jobs import Job
from bot.domain.pictures.sources import Source
from bot.interactions.responses import LOST
from spark.clock import Clock

_log = structlog.get_logger()
_KEPT: Final = 600
"""Seconds for which an address is given again: it works for a day, but its message may be deleted."""
_KEPT_MAX: Final = 1000
_PATIENCE: Final = 5.0
"""Seconds for which a message is waited for; a page without a picture is better than none."""


class PostedPictures:
    """Reads the messages of jobs for their pictures, many at once."""

    def __init__(
        self,
        client: discord.Client,
        pictures_in: Callable[[discord.Message], Sequence[Source]],
        clock: Clock,
    ) -> None:
        """Build with what reads a message's pictures."""
        self._client = client
        self._pictures_in = pictures_in
        self._clock = clock
        self._kept: OrderedDict[int, tuple[float, Sequence[Source]]] = OrderedDict()

    async def of(self, jobs: Sequence[Job]) -> Mapping[int, Sequence[Source]]:
        """Find the pictures of jobs in their messages; none where a message is gone or Discord is away."""
        found = await asyncio.gather(*map(self._of, jobs))
        return {job.id: pictures for job, pictures in zip(jobs, found, strict=True)}

    async def _of(self, job: Job) -> Sequence[Source]:
        if not job.posted or job.removed_at is not None or job.erased_at is not None:
            return ()
        if job.result_channel_id is None or job.result_id is None:
            return ()
        read_at, pictures = self._kept.get(job.id, (0.0, ()))
        if self._clock.time() - read_at < _KEPT:
            return pictures
        channel = self._client.get_partial_messageable(job.result_channel_id)
        try:
            async with asyncio.timeout(_PATIENCE):
                message = await channel.fetch_message(job.result_id)
        except (discord.HTTPException, *LOST) as failed:
            _log.info("picture.not_found", job=job.id, reason=repr(failed))
            return ()
        shown = [each for each in self._pictures_in(message) if each.result and each.result.job_id == job.id]
        self._keep(job.id, shown)
        return shown

    def _keep(self, job_id: int, pictures: Sequence[Source]) -> None:
        self._kept[job_id] = (self._clock.time(), pictures)
        self._kept.move_to_end(job_id)
        if len(self._kept) > _KEPT_MAX:
            self._kept.popitem(last=False)
