"""The database's tables. Times are Unix milliseconds (UTC), money is integer nano-dollars."""

from bot.store.schema.base import metadata
from bot.store.schema.money import grants, ledger, limits, totals, warnings
from bot.store.schema.people import favourites, pending, preferences
from bot.store.schema.servers import actions, blocks, refusals, server_rules
from bot.store.schema.upkeep import command_syncs, erasures, events, hints
from bot.store.schema.work import images, jobs, results, tasks, workers

__all__ = [
    "actions",
    "blocks",
    "command_syncs",
    "erasures",
    "events",
    "favourites",
    "grants",
    "hints",
    "images",
    "jobs",
    "ledger",
    "limits",
    "metadata",
    "pending",
    "preferences",
    "refusals",
    "results",
    "server_rules",
    "tasks",
    "totals",
    "warnings",
    "workers",
]
