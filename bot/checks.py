"""`spark-bot check`: proves one thing after another, changing nothing but totals that it is told to rebuild."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from statistics import median_low

import spark
from bot.domain.budgets import Period, Scope
from bot.domain.jobs import Task
from bot.domain.limits import Ceilings, Subject, highest_allowed
from bot.domain.money import usd_text
from bot.domain.prices import RECENT, PriceKind, is_odd
from bot.domain.shards import Shards, ids_text, unserved
from bot.gateway.bot_permissions import NoStanding, standing
from bot.gateway.discord_internals import point_discord_at
from bot.high_water import DatabaseOlder, HighWater
from bot.settings import Settings
from bot.store import (
    AuditStore,
    Database,
    DatabaseAway,
    DatabaseInUse,
    LedgerStore,
    LimitStore,
    TaskStore,
    WorkerStore,
)
from bot.store.audit import difference_text
from bot.wording.text import listed
from spark import names

_NO_SUCH_TASK = "spark-bot-check"
_WAIT = 1.0
"""Seconds for another process to let go of the database."""
_NAMED = 5
_PAID = 1000
"""How many of the newest pictures' prices are compared, each with its like."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was proved, or not."""

    subject: str
    passed: bool
    text: str
    note: bool = False
    """Whether it is only worth knowing."""


async def checked(settings: Settings, *, rebuild_totals: bool = False) -> AsyncIterator[Finding]:
    """Prove the settings, the database and its ledger, Discord and Spark, one finding each.

    With `rebuild_totals` the running totals are first added up anew from the ledger; no bot may run beside that.
    """
    yield Finding("settings", True, "read, and every key is known")
    for finding in _open_ends(settings):
        yield finding
    async for finding in _database(settings, rebuild_totals=rebuild_totals):
        yield finding
    async for finding in _discord(settings):
        yield finding
    yield await _spark(settings)
    if settings.spark.edit_model in names.TO_BE_RETIRED:
        yield Finding(
            "spark",
            True,
            f"{settings.spark.edit_model} edits pictures, and is announced as a model that will be retired; "
            f"once it is, set spark.edit_model to {names.IMAGE_TO_IMAGE}",
            note=True,
        )


def _open_ends(settings: Settings) -> Iterator[Finding]:
    """Name what lets strangers spend the operator's money without end, and what limits it without being chosen."""
    amounts = {period: settings.limits.ceilings.of(Scope.TOTAL, period) for period in Period}
    keys = {period: f"total_{period}_usd" for period in Period}
    if unlimited := [f"limits.{keys[period]}" for period, amount in amounts.items() if amount is None]:
        text = f'"none" stands in {listed(unlimited)}: nothing limits what all people together spend'
        yield Finding("total limit", True, text, note=True)
    by_default = {period: key for period, key in keys.items() if key not in settings.limits.model_fields_set}
    if by_default:
        told = listed([f"{usd_text(amounts[period] or 0)} a {period}" for period in by_default])
        text = (
            f"all people together can spend {told}, which is the default; change it with "
            f'{listed([f"limits.{key}" for key in by_default.values()])}, where "none" is no limit'
        )
        yield Finding("total limit", True, text, note=True)
    if not settings.discord.allowed_guilds:
        so = "every server that adds the bot may use it"
        if settings.discord.allowed_guilds is not None:
            so = "no server may use the bot"
        yield Finding("access", True, f"{so}: discord.allowed_guilds names none", note=True)


async def _database(settings: Settings, *, rebuild_totals: bool) -> AsyncIterator[Finding]:
    try:
        database = Database(settings.database.url, read_only=True)
    except ValueError as error:
        yield Finding("database", False, str(error))
        return
    try:
        await database.open()
        known, newest = await database.revisions()
        if known != newest:
            found = "no tables yet" if known is None else f"tables of revision {known}"
            yield Finding("database", False, f"{database.address}: {found}; `spark-bot run` brings it to {newest}")
            return
        yield Finding("database", True, f"{database.address} answers; tables of revision {known}")
        if rebuild_totals:
            async for finding in _rebuilt(settings.database.url):
                yield finding
        try:
            await HighWater(database).require_reached()
        except DatabaseOlder as older:
            yield Finding("database", False, str(older))
        audit = await AuditStore(database).audit()
        for problem in audit.problems:
            yield Finding("ledger", False, problem)
        if not audit.problems:
            yield Finding(
                "ledger", True, f"{audit.entries} entries; every total agrees, every task has its entries"
            )
        async for finding in _limits(database, settings.limits.ceilings):
            yield finding
        async for finding in _prices(database):
            yield finding
        workers = await WorkerStore(database).known()
        served = [each.shards for each in workers if each.at_work and each.shards is not None]
        for finding in _shards(settings.discord.shards, served, shared=not database.is_sqlite):
            yield finding
    except FileNotFoundError:
        yield Finding("database", True, f"{database.address} is not made yet; `spark-bot run` makes it")
        for finding in _shards(settings.discord.shards, (), shared=False):
            yield finding
    except DatabaseAway as error:
        yield Finding("database", False, f"{database.address}: {error}")
    finally:
        await database.close()


async def _rebuilt(url: str) -> AsyncIterator[Finding]:
    """Rebuild the totals, once it is known that the tables are of this revision: nothing is migrated."""
    database = Database(url)
    try:
        await database.open(wait=_WAIT)
        differences = await LedgerStore(database).rebuild()
    except DatabaseInUse as error:
        yield Finding("totals", False, f"not rebuilt: {error}")
        return
    finally:
        await database.close()
    for difference in differences:
        yield Finding("totals", True, f"was wrong: {difference_text(difference)}", note=True)
    yield Finding("totals", True, f"rebuilt from the ledger; {len(differences) or 'none'} were wrong before")


async def _limits(database: Database, ceilings: Ceilings) -> AsyncIterator[Finding]:
    """Name what moderators have set above what is allowed by now: it holds nowhere, and they may wonder why."""
    above = await LimitStore(database).above(ceilings)
    for guild_id, limit in above[:_NAMED]:
        whose = "the server itself" if limit.subject is Subject.GUILD else f"{limit.subject} {limit.subject_id}"
        highest = highest_allowed(limit.subject, limit.period, ceilings) or 0
        yield Finding(
            "limits",
            True,
            f"server {guild_id}: {usd_text(limit.amount)} for the {limit.period} is set for {whose}; "
            f"your settings allow {usd_text(highest)}, and no more is spent",
            note=True,
        )
    if (more := len(above) - _NAMED) > 0:
        yield Finding("limits", True, f"and {more} more are set above your settings", note=True)


async def _prices(database: Database) -> AsyncIterator[Finding]:
    """Name what cost far more than its like: it was left out of the estimates, and somebody may wonder why."""
    paid: defaultdict[PriceKind, list[Task]] = defaultdict(list)
    for task in await TaskStore(database).recent_successes(_PAID):
        paid[PriceKind.of(task.model, task.width, task.height)].append(task)
    for kind, tasks in paid.items():
        costs = [task.cost_nano or 0 for task in tasks[-RECENT:]]
        odd = [task for task in tasks[-RECENT:] if is_odd(task.cost_nano or 0, costs)]
        if odd:
            size = f" of {kind.width}×{kind.height}" if kind.width else ""
            yield Finding(
                "prices",
                True,
                f"{kind.model}{size}: {usd_text(odd[-1].cost_nano or 0)} was charged for {odd[-1].name}, where "
                f"{usd_text(median_low(costs))} is usual; estimates leave it out, and after an hour so do budgets",
                note=True,
            )


def _shards(own: Shards | None, at_work: Iterable[Shards], *, shared: bool) -> Iterator[Finding]:
    """Name the shards that are served neither with these settings nor by a process that is at work."""
    if own is None:
        yield Finding("shards", True, "these settings serve all, in as many as Discord advises")
        return
    yield Finding("shards", True, f"these settings serve {ids_text(own.ids)} of {own.count}")
    served = unserved([own, *at_work] if shared else [own])
    ids = served[own.count]
    if ids and not shared:
        yield Finding(
            "shards",
            False,
            f"nobody serves {ids_text(ids)} of {own.count}: one process alone holds a SQLite file. Leave "
            "discord.shard_ids out, or let several processes share a PostgreSQL database",
        )
    elif ids:
        yield Finding(
            "shards",
            True,
            f"nobody serves {ids_text(ids)} of {own.count} yet: start a process with "
            f"discord.shard_count = {own.count} and discord.shard_ids = {list(ids)}",
            note=True,
        )
    for count in served.keys() - {own.count}:
        yield Finding(
            "shards",
            True,
            f"processes at work divide the servers into {count}, these settings into {own.count}, as in a move "
            f"from one to the other: end them once all of {own.count} are served",
            note=True,
        )


async def _discord(settings: Settings) -> AsyncIterator[Finding]:
    if settings.discord.token is None:
        yield Finding("discord", False, "discord.token is missing")
        return
    point_discord_at(settings.discord.api_url, settings.discord.gateway_url)
    try:
        found = await standing(settings.discord.token.get_secret_value())
    except NoStanding as refused:
        yield Finding("discord", False, str(refused))
        return
    yield Finding("discord", True, f"the token is that of {found.name}")
    if found.public:
        text = "anybody may add the bot to a server: Public Bot is on (Developer Portal → Bot)"
        yield Finding("access", True, text, note=True)
    if not found.lacking:
        yield Finding("servers", True, "the bot is on no server yet; invite it as the README says")
    for server, lacking in found.lacking:
        text = f"lacks {lacking}" if lacking else "has every permission that it needs"
        yield Finding("servers", not lacking, f"{server}: the bot {text}")


async def _spark(settings: Settings) -> Finding:
    if settings.spark.api_key is None:
        return Finding("spark", False, "spark.api_key is missing")
    base_url = str(settings.spark.base_url)
    async with spark.Client(settings.spark.api_key.get_secret_value(), base_url) as client:
        try:
            await client.look(_NO_SUCH_TASK)
        except spark.NotFound:
            return Finding("spark", True, f"{base_url} accepts the key")
        except spark.Unauthorized:
            return Finding("spark", False, "spark.api_key is not accepted")
        except spark.SparkError as error:
            return Finding("spark", False, f"{base_url}: {error}")
    return Finding("spark", True, f"{base_url} accepts the key")
