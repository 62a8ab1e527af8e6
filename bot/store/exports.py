"""A server's jobs and ledger for files, a batch at a time, so that no export holds the database or the memory."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.history import Mark
from bot.domain.jobs import Task
from bot.domain.spending import ExportBatch, LedgerEntry, Span
from bot.store.database import Database
from bot.store.ledger import is_end
from bot.store.rows import job_from, task_from
from bot.store.schema import jobs, ledger, tasks


class ExportStore:
    """Reads what a server's members asked for in a time, each batch as one view."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def batch(self, guild_id: int, span: Span, size: int, after: Mark | None = None) -> ExportBatch:
        """Read the next `size` jobs after a mark, oldest first, with what the ledger has about them."""
        place = sa.tuple_(jobs.c.accepted_at, jobs.c.id)
        onward: sa.ColumnElement[bool] = sa.true()
        if after is not None:
            onward = sa.and_(
                jobs.c.accepted_at >= after.accepted_at,  # what SQLite's index begins at
                place > sa.tuple_(sa.literal(after.accepted_at), sa.literal(after.job_id)),
            )
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(jobs)
                .where(
                    jobs.c.guild_id == guild_id,
                    jobs.c.accepted_at >= span.since,
                    jobs.c.accepted_at < span.until,
                    onward,
                )
                .order_by(jobs.c.accepted_at, jobs.c.id)
                .limit(size)
            )
            found = rows.all()
            ids = [row.id for row in found]
            made = await connection.execute(
                sa.select(tasks).where(tasks.c.job_id.in_(ids)).order_by(tasks.c.job_id, tasks.c.position)
            )
            of_job: dict[int, list[Task]] = {job_id: [] for job_id in ids}
            for row in made:
                of_job[row.job_id].append(task_from(row))
            entries = await _entries(connection, ids)
        return ExportBatch([job_from(row, tuple(of_job[row.id])) for row in found], entries)


async def _entries(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[LedgerEntry]:
    # one after the other: each has an index, both together have none
    found: list[sa.Row[tuple[object, ...]]] = []
    for kinds in (ledger.c.kind == "reserve", ledger.c.kind == "raise", is_end(ledger.c.kind)):
        rows = await connection.execute(sa.select(ledger).where(ledger.c.job_id.in_(ids), kinds))
        found += rows.all()
    return [
        LedgerEntry(row.job_id, row.position, row.kind, row.amount_nano, row.user_id, row.day, row.at)
        for row in sorted(found, key=lambda row: row.id)
    ]
