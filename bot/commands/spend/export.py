"""/spend export: every task and the ledger's entries as CSV."""

from typing import Any

from discord import app_commands
from discord.app_commands import Choice

from bot.components.exporting import TRIED, show_export
from bot.components.moderation.rights import moderate
from bot.domain.spending import ReportPeriod, require_period
from bot.interactions import Interaction
from bot.moderation.service import Moderator


def export_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="export", description="Get every task and the ledger's entries as CSV.")
    @app_commands.describe(period="What was asked for in which time (UTC).")
    @app_commands.choices(period=[Choice(name=str(each), value=str(each)) for each in ReportPeriod])
    async def export(interaction: Interaction, period: str) -> None:
        async def work(by: Moderator) -> None:
            await show_export(interaction, by, require_period(period, tuple(ReportPeriod)))

        await moderate(interaction, TRIED, work)

    return export
