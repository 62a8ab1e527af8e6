"""The results that people have marked as their favourites, for as long as their words are kept."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.store.database import Statement, Steps, Transaction, given, is_among, reads, writes
from bot.store.schema import favourites

_ONE = (favourites.c.user_id == sa.bindparam("user_id"), favourites.c.job_id == sa.bindparam("of_job"))
_MARK = Statement(insert(favourites).values(given("user_id", "job_id", "marked_at")).on_conflict_do_nothing())
_TAKE_BACK = Statement(sa.delete(favourites).where(*_ONE))
_IS_ONE = Statement(sa.select(sa.exists().where(*_ONE)))
_FORGET = Statement(sa.delete(favourites).where(is_among(favourites.c.job_id, "job_ids")))


class FavouriteStore(Steps):
    """A person's favourites may be anybody's results; whether they still see one is not known here."""

    @writes
    def toggle(self, tx: Transaction, user_id: int, job_id: int, now: int) -> bool:
        """Mark a result as a person's favourite, or take that back; whether it is one then."""
        if tx.run(_TAKE_BACK, user_id=user_id, of_job=job_id):
            return False
        tx.run(_MARK, user_id=user_id, job_id=job_id, marked_at=now)
        return True

    @reads
    def has(self, tx: Transaction, user_id: int, job_id: int) -> bool:
        """Whether a result is a person's favourite."""
        return bool(tx.value(_IS_ONE, user_id=user_id, of_job=job_id))


def forget_favourites(tx: Transaction, job_ids: Sequence[int]) -> None:
    """Let go of everybody's marks on some jobs, of which no words or links are left."""
    tx.run(_FORGET, job_ids=job_ids)
