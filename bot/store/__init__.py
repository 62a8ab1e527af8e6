"""The only place that holds SQL: what must outlive the process, behind whole-transaction methods."""

from dataclasses import dataclass

from bot.store.audit import Audit, AuditStore
from bot.store.automod import AutoModStore
from bot.store.commands import CommandStore
from bot.store.complaints import ComplaintStore
from bot.store.consents import ConsentStore
from bot.store.database import (
    Database,
    DatabaseAway,
    DatabaseFull,
    DatabaseInUse,
    DatabaseMissing,
    DatabaseUnusable,
    driver_url,
)
from bot.store.deliveries import DeliveryStore
from bot.store.erasures import ErasureStore
from bot.store.events import EventStore
from bot.store.exports import ExportStore
from bot.store.favourites import FavouriteStore
from bot.store.hints import HintStore
from bot.store.history import HistoryStore
from bot.store.images import ImageStore
from bot.store.jobs import Accepted, JobStore, Terms
from bot.store.ledger import LedgerStore
from bot.store.limits import LimitStore
from bot.store.lineage import LineageStore
from bot.store.moderation import ModerationStore
from bot.store.overview import Group, Overview, OverviewStore
from bot.store.ownership import OwnershipStore
from bot.store.pending import PendingStore, PendingValue
from bot.store.personal_data import PersonalDataStore
from bot.store.preferences import PreferenceStore
from bot.store.privacy import PrivacyStore
from bot.store.refusals import RefusalStore
from bot.store.restores import RestoreStore, SetAside, Since
from bot.store.spending import SpendingStore
from bot.store.tasks import Claimed, LeaseLost, TaskStore
from bot.store.turns import CLAIMED_AT_ONCE, Capacity
from bot.store.warnings import WarningStore
from bot.store.welcomes import WelcomeStore
from bot.store.workers import Adopted, KnownWorker, News, Place, WorkerStore

__all__ = [
    "CLAIMED_AT_ONCE",
    "Accepted",
    "Adopted",
    "Audit",
    "AuditStore",
    "AutoModStore",
    "Capacity",
    "Claimed",
    "ComplaintStore",
    "ConsentStore",
    "Database",
    "DatabaseAway",
    "DatabaseFull",
    "DatabaseInUse",
    "DatabaseMissing",
    "DatabaseUnusable",
    "DeliveryStore",
    "ErasureStore",
    "EventStore",
    "ExportStore",
    "FavouriteStore",
    "Group",
    "HintStore",
    "HistoryStore",
    "ImageStore",
    "JobStore",
    "KnownWorker",
    "LeaseLost",
    "LedgerStore",
    "LimitStore",
    "LineageStore",
    "ModerationStore",
    "News",
    "Overview",
    "OverviewStore",
    "OwnershipStore",
    "PendingStore",
    "PendingValue",
    "PersonalDataStore",
    "Place",
    "PreferenceStore",
    "PrivacyStore",
    "RefusalStore",
    "RestoreStore",
    "SetAside",
    "Since",
    "SpendingStore",
    "Store",
    "TaskStore",
    "Terms",
    "WarningStore",
    "WelcomeStore",
    "WorkerStore",
    "driver_url",
]


@dataclass(frozen=True, slots=True)
class Store:
    """All that the database can be asked, by concept."""

    jobs: JobStore
    lineage: LineageStore
    history: HistoryStore
    deliveries: DeliveryStore
    automod: AutoModStore
    tasks: TaskStore
    ledger: LedgerStore
    spending: SpendingStore
    exports: ExportStore
    limits: LimitStore
    moderation: ModerationStore
    welcomes: WelcomeStore
    complaints: ComplaintStore
    warnings: WarningStore
    refusals: RefusalStore
    images: ImageStore
    hints: HintStore
    preferences: PreferenceStore
    favourites: FavouriteStore
    ownership: OwnershipStore
    consents: ConsentStore
    pending: PendingStore
    privacy: PrivacyStore
    erasures: ErasureStore
    personal_data: PersonalDataStore
    workers: WorkerStore
    events: EventStore
    commands: CommandStore

    @classmethod
    def over(cls, database: Database) -> "Store":
        """Build every store over one database."""
        return cls(
            JobStore(database),
            LineageStore(database),
            HistoryStore(database),
            DeliveryStore(database),
            AutoModStore(database),
            TaskStore(database),
            LedgerStore(database),
            SpendingStore(database),
            ExportStore(database),
            LimitStore(database),
            ModerationStore(database),
            WelcomeStore(database),
            ComplaintStore(database),
            WarningStore(database),
            RefusalStore(database),
            ImageStore(database),
            HintStore(database),
            PreferenceStore(database),
            FavouriteStore(database),
            OwnershipStore(database),
            ConsentStore(database),
            PendingStore(database),
            PrivacyStore(database),
            ErasureStore(database),
            PersonalDataStore(database),
            WorkerStore(database),
            EventStore(database),
            CommandStore(database),
        )
