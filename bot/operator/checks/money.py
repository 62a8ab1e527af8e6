"""Whether the ledger agrees with itself, and what of limits and prices somebody may wonder about."""

from collections import defaultdict
from collections.abc import AsyncIterator
from statistics import median_low

from bot.domain.jobs import Task
from bot.domain.limits import Ceilings, Subject, highest_allowed
from bot.domain.money import usd_text
from bot.domain.prices import RECENT, PriceKind, is_odd
from bot.operator.checks.findings import Finding, note
from bot.store import (
    AuditStore,
    Database,
    DatabaseAway,
    DatabaseInUse,
    DatabaseUnusable,
    LedgerStore,
    LimitStore,
    TaskStore,
)
from bot.store.audit import difference_text

_WAIT = 1.0
"""Seconds for another process to let go of the database."""
_NAMED = 5
_PAID = 1000
"""How many of the newest pictures' prices are compared, each with its like."""


async def ledger_findings(database: Database) -> AsyncIterator[Finding]:
    """Find every total that differs from the ledger, and every task without its entries."""
    audit = await AuditStore(database).audit()
    for problem in audit.problems:
        yield Finding("ledger", False, problem)
    if not audit.problems:
        yield Finding("ledger", True, f"{audit.entries} entries; every total agrees, every task has its entries")


async def rebuilt_totals(url: str) -> AsyncIterator[Finding]:
    """Rebuild the totals, once it is known that the tables are of this revision: nothing is migrated."""
    database = Database(url)
    try:
        await database.open(wait=_WAIT)
        differences = await LedgerStore(database).rebuild()
    except (DatabaseInUse, DatabaseAway, DatabaseUnusable) as error:
        yield Finding("totals", False, f"not rebuilt: {error}")
        return
    finally:
        await database.close()
    for difference in differences:
        yield note("totals", f"was wrong: {difference_text(difference)}")
    yield Finding("totals", True, f"rebuilt from the ledger; {len(differences) or 'none'} were wrong before")


async def limit_notes(database: Database, ceilings: Ceilings) -> AsyncIterator[Finding]:
    """Name what moderators have set above what is allowed by now: it holds nowhere, and they may wonder why."""
    above = await LimitStore(database).above(ceilings)
    for guild_id, limit in above[:_NAMED]:
        whose = "the server itself" if limit.subject is Subject.GUILD else f"{limit.subject} {limit.subject_id}"
        highest = highest_allowed(limit.subject, limit.period, ceilings) or 0
        yield note(
            "limits",
            f"server {guild_id}: {usd_text(limit.amount)} for the {limit.period} is set for {whose}; "
            f"your settings allow {usd_text(highest)}, and no more is spent",
        )
    if (more := len(above) - _NAMED) > 0:
        yield note("limits", f"and {more} more are set above your settings")


async def price_notes(database: Database) -> AsyncIterator[Finding]:
    """Name what cost far more than its like: it was left out of the estimates, and somebody may wonder why."""
    paid: defaultdict[PriceKind, list[Task]] = defaultdict(list)
    for task in await TaskStore(database).recent_successes(_PAID):
        paid[PriceKind.of(task.model, task.width, task.height)].append(task)
    for kind, tasks in paid.items():
        costs = [task.cost_nano or 0 for task in tasks[-RECENT:]]
        odd = [task for task in tasks[-RECENT:] if is_odd(task.cost_nano or 0, costs)]
        if odd:
            size = f" of {kind.width}×{kind.height}" if kind.width else ""
            yield note(
                "prices",
                f"{kind.model}{size}: {usd_text(odd[-1].cost_nano or 0)} was charged for {odd[-1].name}, where "
                f"{usd_text(median_low(costs))} is usual; estimates leave it out, and after an hour so do budgets",
            )
