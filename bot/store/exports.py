"""A server's jobs and ledger for files, a batch at a time, so that no export holds the database or the memory."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.history import Mark
from bot.domain.spending import ExportBatch, LedgerEntry, Span
from bot.store.database import Row, Statement, Steps, Transaction, is_among, reads
from bot.store.ledger import is_end
from bot.store.rows import jobs_of
from bot.store.schema import jobs, ledger

_AFTER_AT = sa.bindparam("after_at", type_=sa.BigInteger)
_AFTER_ID = sa.bindparam("after_id", type_=sa.BigInteger)
_JOBS = (
    sa.select(jobs)
    .where(
        jobs.c.guild_id == sa.bindparam("guild_id"),
        jobs.c.accepted_at >= sa.bindparam("since"),
        jobs.c.accepted_at < sa.bindparam("until"),
    )
    .order_by(jobs.c.accepted_at, jobs.c.id)
    .limit(sa.bindparam("most"))
)
_FIRST = Statement(_JOBS)
_ONWARD = Statement(
    _JOBS.where(
        jobs.c.accepted_at >= _AFTER_AT,  # what SQLite's index begins at
        sa.tuple_(jobs.c.accepted_at, jobs.c.id) > sa.tuple_(_AFTER_AT, _AFTER_ID),
    )
)
_ENTRIES = [
    # one after the other: each has an index, both together have none
    Statement(sa.select(ledger).where(is_among(ledger.c.job_id, "job_ids"), kinds))
    for kinds in (ledger.c.kind == "reserve", ledger.c.kind == "raise", is_end(ledger.c.kind))
]


class ExportStore(Steps):
    """Reads what a server's members asked for in a time, each batch as one view."""

    @reads
    def batch(
        self, tx: Transaction, guild_id: int, span: Span, size: int, after: Mark | None = None
    ) -> ExportBatch:
        """Read the next `size` jobs after a mark, oldest first, with what the ledger has about them."""
        chosen = {"guild_id": guild_id, "since": span.since, "until": span.until, "most": size}
        if after is None:
            rows = tx.many(_FIRST, **chosen)
        else:
            rows = tx.many(_ONWARD, **chosen, after_at=after.accepted_at, after_id=after.job_id)
        return ExportBatch(jobs_of(tx, rows), _entries(tx, [row.id for row in rows]))


def _entries(tx: Transaction, job_ids: Sequence[int]) -> Sequence[LedgerEntry]:
    found: list[Row] = []
    for statement in _ENTRIES:
        found += tx.many(statement, job_ids=job_ids)
    return [
        LedgerEntry(row.job_id, row.position, row.kind, row.amount_nano, row.user_id, row.day, row.at)
        for row in sorted(found, key=lambda row: row.id)
    ]
