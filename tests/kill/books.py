"""What the bot's database says, read from outside."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.jobs import Job, Task
from bot.store import AuditStore, Database, Store
from bot.store.database import Statement
from bot.store.schema import jobs, ledger

_JOBS = Statement(sa.select(jobs.c.id, jobs.c.head_final).order_by(jobs.c.id))
_ENTRIES = Statement(sa.select(ledger).order_by(ledger.c.id))


@dataclass(frozen=True, slots=True)
class Entry:
    kind: str
    amount_nano: int


@dataclass(frozen=True, slots=True)
class Books:
    jobs: Mapping[int, Job]
    final_status_messages: frozenset[int]
    """The jobs whose status message is known to show how they ended."""
    entries: Mapping[str, tuple[Entry, ...]]
    """The ledger by a task's name."""
    problems: tuple[str, ...]
    """What an audit finds wrong."""

    @property
    def tasks(self) -> list[Task]:
        return [task for job in self.jobs.values() for task in job.tasks]


async def read_books(url: str) -> Books:
    """Read everything in one go; the connection is not kept, since an open one could help a dead bot's file."""
    database = Database(url, read_only=True)
    await database.open()
    try:
        kept, rows = await database.read(lambda tx: (tx.many(_JOBS), tx.many(_ENTRIES)))
        entries: dict[str, tuple[Entry, ...]] = {}
        for row in rows:
            name = f"{row.job_id}-{row.position}"
            entries[name] = (*entries.get(name, ()), Entry(row.kind, row.amount_nano))
        store = Store.over(database)
        found = [await store.jobs.get(row.id) for row in kept]
        audit = await AuditStore(database).audit()
    finally:
        await database.close()
    return Books(
        {job.id: job for job in found if job is not None},
        frozenset(row.id for row in kept if row.head_final),
        entries,
        audit.problems,
    )
