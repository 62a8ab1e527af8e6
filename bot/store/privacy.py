"""Erasing words, links and pictures of jobs that have ended; old ones go by themselves."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.states import IN_PROGRESS
from bot.store import ledger
from bot.store.database import Database
from bot.store.schema import images, jobs, results, tasks
from bot.wording.privacy import ERASED_WORDS

_NO_WORDS = {
    "title": ERASED_WORDS,
    "channel_id": 0,
    "parent_channel_id": None,
    "head_id": None,
    "head_final": True,
    "result_channel_id": None,
    "result_id": None,
    "interaction_token": None,
    "click_key": None,
    "role_ids": None,
    "source": None,
    "removed_by": None,
}
"""What is left of a job in the place of its words and links."""


class PrivacyStore:
    """Erases what has been kept long enough."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def erase_old(self, accepted_before: int, most: int, now: int) -> int:
        """Erase words, links and pictures of the oldest jobs from before a moment, `most` of them; of how many."""
        async with self._database.writing() as connection:
            ids = list(
                await connection.scalars(
                    sa.select(jobs.c.id)
                    .where(jobs.c.accepted_at < accepted_before, *has_words_and_ended())
                    .order_by(jobs.c.accepted_at)
                    .limit(most)
                )
            )
            await erase_words(connection, ids, now)
            return len(ids)


def has_words_and_ended() -> tuple[sa.ColumnElement[bool], ...]:
    """Build the conditions that a job's words are still kept, and nothing can come of it any more."""
    return (
        jobs.c.erased_at.is_(None),
        jobs.c.state.not_in(IN_PROGRESS),
        ~sa.exists().where(tasks.c.job_id == jobs.c.id, ledger.is_reserved(tasks)),
    )


async def erase_words(connection: AsyncConnection, job_ids: Sequence[int], now: int) -> None:
    """Erase words, links and pictures of some jobs that have ended; a statement takes some thousand of them."""
    own = tasks.c.job_id.in_(job_ids)
    used = sa.select(tasks.c.image_sha256).where(own, tasks.c.image_sha256.is_not(None)).distinct()
    # locked before their tasks, as `ImageStore.forget` does; an accept that takes one up again waits
    locked = sa.select(images.c.sha256).where(images.c.sha256.in_(used)).order_by(images.c.sha256)
    pictures = list(await connection.scalars(locked.with_for_update()))
    await connection.execute(
        sa.update(tasks)
        .where(own)
        .values(params={}, image_sha256=None, result_url=None, more_urls=None, error_text=None)
    )
    await connection.execute(sa.delete(results).where(results.c.job_id.in_(job_ids)))
    await connection.execute(sa.update(jobs).where(jobs.c.id.in_(job_ids)).values(erased_at=now, **_NO_WORDS))
    if pictures:
        # somebody else may work on the same picture
        needed = sa.exists().where(tasks.c.image_sha256 == images.c.sha256)
        await connection.execute(sa.delete(images).where(images.c.sha256.in_(pictures), ~needed))
