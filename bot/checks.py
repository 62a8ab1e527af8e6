"""`spark-bot check`: proves one thing after another, changing nothing."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import spark
from bot.commands.endpoints import point_discord_at
from bot.commands.standing import NoStanding, standing
from bot.settings import Settings
from bot.store import AuditStore, Database, DatabaseAway

_NO_SUCH_TASK = "spark-bot-check"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was proved, or not."""

    subject: str
    passed: bool
    text: str


async def checked(settings: Settings) -> AsyncIterator[Finding]:
    """Prove the settings, the database and its ledger, Discord and Spark, one finding each."""
    yield Finding("settings", True, "read, and every key is known")
    async for finding in _database(settings.database.url):
        yield finding
    async for finding in _discord(settings):
        yield finding
    yield await _spark(settings)


async def _database(url: str) -> AsyncIterator[Finding]:
    try:
        database = Database(url, read_only=True)
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
        audit = await AuditStore(database).audit()
        for problem in audit.problems:
            yield Finding("ledger", False, problem)
        if not audit.problems:
            yield Finding(
                "ledger", True, f"{audit.entries} entries; every total agrees, every task has its entries"
            )
    except FileNotFoundError:
        yield Finding("database", True, f"{database.address} is not made yet; `spark-bot run` makes it")
    except DatabaseAway as error:
        yield Finding("database", False, f"{database.address}: {error}")
    finally:
        await database.close()


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
