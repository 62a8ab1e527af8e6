"""`spark-bot check`: proves one thing after another, changing nothing but totals that it is told to rebuild."""

from collections.abc import AsyncIterator

from bot.operator.checks.database import database_findings
from bot.operator.checks.discord_standing import discord_findings
from bot.operator.checks.findings import Finding
from bot.operator.checks.open_ends import open_ends
from bot.operator.checks.port import port_finding
from bot.operator.checks.spark_key import spark_findings
from bot.operator.checks.styles import style_findings
from bot.settings import Settings

__all__ = ["Finding", "checked"]


async def checked(settings: Settings, *, rebuild_totals: bool = False) -> AsyncIterator[Finding]:
    """Prove the settings, the database and its ledger, the port, Discord and Spark, one finding each.

    With `rebuild_totals` the running totals are first added up anew from the ledger; no bot may run beside that.
    """
    yield Finding("settings", True, "read, and every key is known")
    for finding in open_ends(settings):
        yield finding
    async for finding in database_findings(settings, rebuild_totals=rebuild_totals):
        yield finding
    for finding in style_findings(settings.styles_folder):
        yield finding
    yield await port_finding(settings.web)
    async for finding in discord_findings(settings.discord):
        yield finding
    async for finding in spark_findings(settings.spark):
        yield finding
