"""Whether the database can be served, and whether what stands in it agrees with itself."""

from collections.abc import AsyncIterator

from bot.operator.beside import NotOpened, NotReady, opened_beside
from bot.operator.checks.findings import Finding, note
from bot.operator.checks.money import ledger_findings, limit_notes, price_notes, rebuilt_totals
from bot.operator.checks.shards import shard_findings
from bot.operator.high_water import DatabaseOlder, HighWater
from bot.settings import Settings
from bot.store import Database, DatabaseAway, DatabaseUnusable, WorkerStore


async def database_findings(settings: Settings, *, rebuild_totals: bool) -> AsyncIterator[Finding]:
    """Prove that a bot could serve the database, and what stands in it, where it is there."""
    database = Database(settings.database.url, read_only=True)
    try:
        await database.require_rights()
        async for finding in _contents(settings, shared=not database.is_sqlite, rebuild_totals=rebuild_totals):
            yield finding
    except (DatabaseAway, DatabaseUnusable, NotOpened) as error:
        yield Finding("database", False, str(error))
    finally:
        await database.close()


async def _contents(settings: Settings, *, shared: bool, rebuild_totals: bool) -> AsyncIterator[Finding]:
    try:
        async with opened_beside(settings.database.url, read_only=True) as database:
            _, revision = await database.revisions()
            yield Finding("database", True, f"{database.address} answers; tables of revision {revision}")
            try:
                await HighWater(database).require_reached()
            except DatabaseOlder as older:
                yield Finding("database", False, str(older))
            if rebuild_totals:
                async for finding in rebuilt_totals(settings.database.url):
                    yield finding
            async for finding in _books(database, settings):
                yield finding
            workers = await WorkerStore(database).known()
            served = [each.shards for each in workers if each.at_work and each.shards is not None]
    except NotReady as made_by_run:
        yield note("database", str(made_by_run))
        served = []
    for finding in shard_findings(settings.discord.shards, served, shared=shared):
        yield finding


async def _books(database: Database, settings: Settings) -> AsyncIterator[Finding]:
    async for finding in ledger_findings(database):
        yield finding
    async for finding in limit_notes(database, settings.limits.ceilings):
        yield finding
    async for finding in price_notes(database):
        yield finding
