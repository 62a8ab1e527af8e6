"""The way into the database: statements, transactions, and the steps that run whole."""

from bot.store.database.addresses import driver_url
from bot.store.database.database import Database
from bot.store.database.failures import (
    DatabaseAway,
    DatabaseFull,
    DatabaseInUse,
    DatabaseMissing,
    DatabaseUnusable,
)
from bot.store.database.statements import Row, Statement, given, is_among
from bot.store.database.steps import Steps, reads, writes
from bot.store.database.transactions import Transaction
from bot.store.database.upgrades import migration_config

__all__ = [
    "Database",
    "DatabaseAway",
    "DatabaseFull",
    "DatabaseInUse",
    "DatabaseMissing",
    "DatabaseUnusable",
    "Row",
    "Statement",
    "Steps",
    "Transaction",
    "driver_url",
    "given",
    "is_among",
    "migration_config",
    "reads",
    "writes",
]
