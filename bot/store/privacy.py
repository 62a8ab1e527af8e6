"""Erasing words, links and pictures of jobs that have ended; old ones go by themselves."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.states import IN_PROGRESS
from bot.store import ledger
from bot.store.complaints import forget_complaints
from bot.store.database import Statement, Steps, Transaction, given, is_among, writes
from bot.store.favourites import forget_favourites
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
    "day_thread_id": None,
    "interaction_token": None,
    "click_key": None,
    "role_ids": None,
    "source": None,
    "removed_by": None,
}
"""What is left of a job in the place of its words and links."""


def has_words_and_ended() -> tuple[sa.ColumnElement[bool], ...]:
    """Build the conditions that a job's words are still kept, and nothing can come of it any more."""
    return (
        jobs.c.erased_at.is_(None),
        jobs.c.state.not_in(IN_PROGRESS),
        ~sa.exists().where(tasks.c.job_id == jobs.c.id, ledger.is_reserved(tasks)),
    )


_OLD = Statement(
    sa.select(jobs.c.id)
    .where(jobs.c.accepted_at < sa.bindparam("accepted_before"), *has_words_and_ended())
    .order_by(jobs.c.accepted_at)
    .limit(sa.bindparam("most"))
)
_OF_JOBS = is_among(tasks.c.job_id, "job_ids")
_USED = sa.select(tasks.c.image_sha256).where(_OF_JOBS, tasks.c.image_sha256.is_not(None)).distinct()
_LOCKED_PICTURES = Statement(
    sa.select(images.c.sha256).where(images.c.sha256.in_(_USED)).order_by(images.c.sha256).with_for_update()
)
_ERASE_TASKS = Statement(
    sa.update(tasks)
    .where(_OF_JOBS)
    .values(image_sha256=None, result_url=None, more_urls=None, error_text=None, **given("params"))
)
_ERASE_RESULTS = Statement(sa.delete(results).where(is_among(results.c.job_id, "job_ids")))
_ERASE_JOBS = Statement(
    sa.update(jobs).where(is_among(jobs.c.id, "job_ids")).values(**_NO_WORDS, **given("erased_at"))
)
_FORGET_PICTURES = Statement(
    sa.delete(images).where(
        is_among(images.c.sha256, "pictures"),
        # somebody else may work on the same picture
        ~sa.exists().where(tasks.c.image_sha256 == images.c.sha256),
    )
)


class PrivacyStore(Steps):
    """Erases what has been kept long enough."""

    @writes
    def erase_old(self, tx: Transaction, accepted_before: int, most: int, now: int) -> int:
        """Erase words, links and pictures of the oldest jobs from before a moment, `most` of them; of how many."""
        ids = [row.id for row in tx.many(_OLD, accepted_before=accepted_before, most=most)]
        erase_words(tx, ids, now)
        return len(ids)


def erase_words(tx: Transaction, job_ids: Sequence[int], now: int) -> None:
    """Erase words, links and pictures of some jobs that have ended, whose favourites they are, and complaints."""
    # locked before their tasks, as `ImageStore.forget` does; an accept that takes one up again waits
    pictures = [row.sha256 for row in tx.many(_LOCKED_PICTURES, job_ids=job_ids)]
    tx.run(_ERASE_TASKS, job_ids=job_ids, params={})
    tx.run(_ERASE_RESULTS, job_ids=job_ids)
    tx.run(_ERASE_JOBS, job_ids=job_ids, erased_at=now)
    forget_favourites(tx, job_ids)
    forget_complaints(tx, job_ids)
    if pictures:
        tx.run(_FORGET_PICTURES, pictures=pictures)
