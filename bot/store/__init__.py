"""The only place that holds SQL: what must outlive the process, behind whole-transaction methods."""

from dataclasses import dataclass

from bot.store.audit import Audit, AuditStore
from bot.store.commands import CommandStore
from bot.store.database import Database, DatabaseAway, DatabaseInUse
from bot.store.deliveries import DeliveryStore
from bot.store.hints import HintStore
from bot.store.history import HistoryStore
from bot.store.images import ImageStore
from bot.store.jobs import JobStore, Terms
from bot.store.ledger import LedgerStore
from bot.store.lineage import LineageStore
from bot.store.tasks import LeaseLost, TaskStore
from bot.store.turns import Capacity
from bot.store.workers import Adopted, WorkerStore

__all__ = [
    "Adopted",
    "Audit",
    "AuditStore",
    "Capacity",
    "Database",
    "DatabaseAway",
    "DatabaseInUse",
    "DeliveryStore",
    "HintStore",
    "HistoryStore",
    "ImageStore",
    "JobStore",
    "LeaseLost",
    "LedgerStore",
    "LineageStore",
    "Store",
    "TaskStore",
    "Terms",
]


@dataclass(frozen=True, slots=True)
class Store:
    """All that the database can be asked, by concept."""

    jobs: JobStore
    lineage: LineageStore
    history: HistoryStore
    deliveries: DeliveryStore
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
            LineageStore(database),
            HistoryStore(database),
            DeliveryStore(database),
            TaskStore(database),
            LedgerStore(database),
            ImageStore(database),
            HintStore(database),
            WorkerStore(database),
            CommandStore(database),
        )
