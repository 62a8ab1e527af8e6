"""Looking for what may have been posted already, after a crash or a lost answer: at every fallback."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.delivery.fallbacks import fallbacks, opened
from bot.delivery.faults import PLACE_LOST
from bot.delivery.files import is_file_of
from bot.domain.jobs import Job
from bot.jobs.ports import Posted

_log = structlog.get_logger()
_CLOCKS_DIFFER = timedelta(minutes=15)
"""By so much the clock of the host that posted may be ahead of Discord's."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How one post of a job is known again: by its files, or where it may have none by its button."""

    stems: Mapping[str, int]
    """The files that it may carry, without their endings, and the positions of their pictures."""
    button: str | None = None
    not_id: int | None = None
    """Another post of the same job, with the same button."""

    def on(self, message: discord.Message) -> frozenset[int] | None:
        """Tell which pictures a message carries, if it is the one that is looked for."""
        names = [attachment.filename for attachment in message.attachments]
        carried = frozenset(
            position for stem, position in self.stems.items() if any(is_file_of(name, stem) for name in names)
        )
        bare = not message.attachments and message.id != self.not_id
        return carried if carried or (bare and self._has_button(message)) else None

    def _has_button(self, message: discord.Message) -> bool:
        rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
        return self.button is not None and any(
            item.custom_id == self.button for row in rows for item in row.children
        )


async def find_post(
    client: discord.Client, job: Job, since_ms: int, marks: Marks, thread_id: int | None = None
) -> Posted | None:
    """Find one of a job's posts that was made since `since_ms`, at whichever fallback it may stand.

    First it is looked for in a thread that may have been opened for it, where one is named.
    """
    since = datetime.fromtimestamp(since_ms / 1000, UTC) - _CLOCKS_DIFFER
    # before the job itself there is no post of it
    after = discord.Object(max(discord.utils.time_snowflake(since), job.id))
    if thread_id is not None and (found := await _look(client, thread_id, after, marks)):
        return found
    for fallback in fallbacks(job):
        channel_id = await opened(client, job, fallback)
        if channel_id is not None and (found := await _look(client, channel_id, after, marks)):
            return found
    return None


async def _look(client: discord.Client, channel_id: int, after: discord.Object, marks: Marks) -> Posted | None:
    channel = client.get_partial_messageable(channel_id)
    try:
        async for message in channel.history(after=after, limit=None, oldest_first=True):
            own = client.user is not None and message.author.id == client.user.id
            if own and (carried := marks.on(message)) is not None:
                return Posted(channel_id, message.id, carried)
    except discord.HTTPException as refused:
        if refused.code not in PLACE_LOST:
            raise
        # what cannot be read now cannot be written to either
        _log.info("place.unreadable", channel=channel_id, reason=str(refused))
    return None
