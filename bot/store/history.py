"""One's own jobs, page by page, by their account's index."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.domain.history import Direction, Entry, Mark, Page
from bot.domain.states import JobState
from bot.store.database import Row, Statement, Steps, Transaction, is_among, reads
from bot.store.rows import jobs_of
from bot.store.schema import jobs, results

_PLACE = sa.tuple_(jobs.c.accepted_at, jobs.c.id)
_MARK = sa.tuple_(
    sa.bindparam("accepted_at", type_=sa.BigInteger),
    sa.bindparam("job_id", type_=sa.BigInteger),
)
_OWN = sa.and_(
    jobs.c.user_id == sa.bindparam("user_id"),
    jobs.c.guild_id == sa.bindparam("guild_id"),
    jobs.c.state != JobState.CANCELLED,
)
_NEWEST_FIRST = (
    sa.select(jobs).where(_OWN).order_by(jobs.c.accepted_at.desc(), jobs.c.id.desc()).limit(sa.bindparam("most"))
)
_OLDEST_FIRST = sa.select(jobs).where(_OWN).order_by(jobs.c.accepted_at, jobs.c.id).limit(sa.bindparam("most"))
_NEWEST = Statement(_NEWEST_FIRST)
_OLDER = Statement(_NEWEST_FIRST.where(_PLACE < _MARK))
_NEWER = Statement(_OLDEST_FIRST.where(_PLACE > _MARK))
_ANY_NOT_OLDER = Statement(sa.select(sa.exists().where(_OWN, _PLACE >= _MARK)))
_ANY_NOT_NEWER = Statement(sa.select(sa.exists().where(_OWN, _PLACE <= _MARK)))
_ENTRY = Statement(sa.select(jobs).where(_OWN, jobs.c.id == sa.bindparam("job_id")))
_KEPT = Statement(
    sa.select(results.c.job_id, sa.func.min(results.c.kept_at).label("since"))
    .where(is_among(results.c.job_id, "job_ids"))
    .group_by(results.c.job_id)
)


class HistoryStore(Steps):
    """Reads what an account has asked for; what was taken back is left out."""

    @reads
    def page(
        self, tx: Transaction, account: Account, size: int, way: tuple[Direction, Mark] | None = None
    ) -> Page:
        """Read the newest entries, or those next to a mark; it is not among them."""
        own = _of(account)
        if way is None:
            found = tx.many(_NEWEST, **own, most=size + 1)
            return Page(_entries(tx, found[:size]), newer=False, older=len(found) > size)
        direction, mark = way
        at = {"accepted_at": mark.accepted_at, "job_id": mark.job_id}
        if direction is Direction.OLDER:
            found = tx.many(_OLDER, **own, **at, most=size + 1)
            newer = bool(tx.value(_ANY_NOT_OLDER, **own, **at))
            return Page(_entries(tx, found[:size]), newer=newer, older=len(found) > size)
        found = tx.many(_NEWER, **own, **at, most=size + 1)
        older = bool(tx.value(_ANY_NOT_NEWER, **own, **at))
        shown = found[:size][::-1]
        return Page(_entries(tx, shown), newer=len(found) > size, older=older)

    @reads
    def entry(self, tx: Transaction, account: Account, job_id: int) -> Entry | None:
        """Read one entry; None where the account has none of this id."""
        entries = _entries(tx, tx.many(_ENTRY, **_of(account), job_id=job_id))
        return entries[0] if entries else None


def _of(account: Account) -> dict[str, int]:
    return {"user_id": account.user_id, "guild_id": account.guild_id}


def _entries(tx: Transaction, found: Sequence[Row]) -> Sequence[Entry]:
    kept = {row.job_id: row.since for row in tx.many(_KEPT, job_ids=[row.id for row in found])}
    return [Entry(job, kept.get(job.id)) for job in jobs_of(tx, found)]
