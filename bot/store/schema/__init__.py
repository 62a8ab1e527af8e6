"""The database's tables. Times are Unix milliseconds (UTC), money is integer nano-dollars."""

from bot.store.schema.base import metadata
from bot.store.schema.money import grants, ledger, limits, totals, warnings
from bot.store.schema.ownership import consent_owners, consents, job_owners, pictures
from bot.store.schema.people import favourites, pending, preferences
from bot.store.schema.servers import actions, blocks, complaints, refusals, reported, server_rules, welcomes
from bot.store.schema.upkeep import command_syncs, erasures, events, hints
from bot.store.schema.work import images, jobs, results, tasks, workers

__all__ = [
    "actions",
    "blocks",
    "command_syncs",
    "complaints",
    "consent_owners",
    "consents",
    "erasures",
    "events",
    "favourites",
    "grants",
    "hints",
    "images",
    "job_owners",
    "jobs",
    "ledger",
    "limits",
    "metadata",
    "pending",
    "pictures",
    "preferences",
    "refusals",
    "reported",
    "results",
    "server_rules",
    "tasks",
    "totals",
    "warnings",
    "welcomes",
    "workers",
]
