"""The only place that holds SQL: what must outlive the process, behind whole-transaction methods."""

from dataclasses import dataclass

from bot.store.audit import Audit, AuditStore
from bot.store.commands import CommandStore
from bot.store.database import Database, DatabaseAway, DatabaseInUse
from bot.store.hints import HintStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore, Terms
from bot.store.ledger import LedgerStore
from bot.store.tasks import Capacity, LeaseLost, TaskStore
from bot.store.workers import Adopted, WorkerStore

__all__ = [
    "Adopted",
    "Audit",
    "AuditStore",
    "Capacity",
    "Database",
    "DatabaseAway",
    "DatabaseInUse",
    "HintStore",
    "ImageStore",
    "JobStore",
    "LeaseLost",
    "LedgerStore",
    "Store",
    "TaskStore",
    "Terms",
]


@dataclass(frozen=True, slots=True)
class Store:
    """All that the database can be asked, by concept."""

    jobs: JobStore
    tasks: TaskStore
    ledger: LedgerStore
    images: ImageStore
    hints: HintStore
    workers: WorkerStore
    commands: CommandStore

    @classmethod
    def over(cls, database: Database) -> "Store":
        """Build every store over one database."""
        return cls(
            JobStore(database),
            TaskStore(database),
            LedgerStore(database),
            ImageStore(database),
            HintStore(database),
            WorkerStore(database),
            CommandStore(database),
        )
