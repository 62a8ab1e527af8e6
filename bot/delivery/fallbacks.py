"""The fallbacks for a job's messages: where each goes if Discord does not take it where it should stand.

The place chosen for it, usually a thread; then where it was asked for; then the channel that such a thread or
forum post belongs to; then its owner's direct messages. Below that it waits (`bot.jobs.delivering`), is tried
again from the top, and /history shows it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import discord
import structlog

from bot.delivery.faults import (
    BLOCKED_BY_AUTOMOD,
    EXPLICIT_CONTENT,
    MISSING_ACCESS,
    NO_DIRECT_MESSAGES,
    PLACE_LOST,
    THREAD_ARCHIVED,
    THREAD_LOCKED,
    TOO_MANY_THREADS,
    UNKNOWN_CHANNEL,
    UNKNOWN_GUILD,
    is_too_large,
)
from bot.domain.jobs import Job, Place
from bot.domain.progress import Hindrance
from bot.jobs.ports import DeliveryFailed, Posted
from bot.wording import hindrances

_log = structlog.get_logger()
_GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_GUILD})
_DIRECT_UPLOAD_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fallback:
    """One place for a job's messages."""

    channel_id: int | None
    """None for its owner's direct messages, which are opened only when they are needed."""
    upload_limit: int
    """Bytes that Discord takes per file there."""


def fallbacks(job: Job) -> Sequence[Fallback]:
    """List the places for a job's messages, each once, best first."""
    chosen, limit = job.result_channel_id or job.channel_id, job.upload_limit
    direct = min(limit, _DIRECT_UPLOAD_LIMIT)
    in_direct = job.result_channel_id is not None and not job.result_guild_id
    found = {chosen: Fallback(chosen, direct if in_direct else limit)}
    for channel_id in (job.channel_id, job.parent_channel_id):
        if channel_id is not None:
            found.setdefault(channel_id, Fallback(channel_id, limit))
    owners = [] if in_direct or job.place is Place.DM else [Fallback(None, direct)]
    return [*found.values(), *owners]


async def opened(client: discord.Client, job: Job, fallback: Fallback) -> int | None:
    """Give a fallback's channel; None where its owner takes no direct messages."""
    if fallback.channel_id is not None:
        return fallback.channel_id
    try:
        channel = await client.create_dm(discord.Object(job.account.user_id))
    except discord.DiscordServerError:
        raise
    except discord.HTTPException as refused:
        _log.info("direct_messages.closed", job=job.id, reason=str(refused))
        return None
    return channel.id


async def post_with_fallbacks(
    client: discord.Client, job: Job, post: Callable[[int, Fallback, str | None], Awaitable[Posted]]
) -> Posted:
    """Post at the first place that can be written to.

    `post` gets the channel, its fallback, and why it is not a better one: what completes "Posted here because …".
    Raises `DeliveryFailed` where no place takes it, telling of the one where it was asked for.
    """
    lost: discord.HTTPException | None = None
    hindrance = hindrances.NOT_LET
    for fallback in fallbacks(job):
        if (channel_id := await opened(client, job, fallback)) is None:
            continue
        try:
            return await post(channel_id, fallback, None if lost is None else hindrance.why)
        except discord.HTTPException as refused:
            if refused.code not in PLACE_LOST and not is_too_large(refused):
                raise
            _log.info("place.lost", job=job.id, channel=channel_id, reason=str(refused))
            if lost is None or channel_id == job.channel_id:
                lost, hindrance = refused, _loss(job, channel_id, refused)
    raise DeliveryFailed(hindrances.discord_refused(str(lost)), may_pass=False, hindrance=hindrance) from lost


def _loss(job: Job, channel_id: int, refused: discord.HTTPException) -> Hindrance:
    """Tell why a place does not take a job's messages, and what helps."""
    code, on_server = refused.code, bool(job.account.guild_id)
    place = f"<#{channel_id}>"
    if channel_id in {job.status_message_id, job.day_thread_id}:
        place = hindrances.THE_THREAD
    elif channel_id == job.channel_id and code in _GONE:
        place = hindrances.WHERE_ASKED
    if code in _GONE:
        return hindrances.place_gone(place)
    if is_too_large(refused):
        return hindrances.no_picture_small_enough(place)
    if code in NO_DIRECT_MESSAGES:
        return hindrances.no_direct_messages()
    if code in {THREAD_ARCHIVED, THREAD_LOCKED}:
        return hindrances.place_locked(place, on_server=on_server)
    if code == MISSING_ACCESS:
        return hindrances.place_hidden(place, on_server=on_server)
    if code in TOO_MANY_THREADS:
        return hindrances.too_many_threads(place, on_server=on_server)
    if code in BLOCKED_BY_AUTOMOD:
        return hindrances.blocked_by_automod(place, on_server=on_server)
    if code == EXPLICIT_CONTENT:
        return hindrances.taken_for_explicit(place, on_server=on_server)
    return hindrances.may_not_post(place, on_server=on_server)
