"""/usage: what I spent, and what is left."""

from typing import Any

from discord import app_commands
from discord.app_commands import Choice

from bot.components.desk import desk_of
from bot.components.reports import show_usage
from bot.domain.spending import REPORTED, ReportPeriod, require_period
from bot.interactions import Interaction


def usage_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="usage", description="See what you spent, on what, and what you have left.")
    @app_commands.describe(period="Which time (UTC) the details are about; this month where you choose none.")
    @app_commands.choices(period=[Choice(name=str(each), value=str(each)) for each in REPORTED])
    async def usage(interaction: Interaction, period: str = str(ReportPeriod.MONTH)) -> None:
        async def show() -> None:
            await show_usage(interaction, require_period(period))

        await desk_of(interaction).answers.in_private(interaction, show)

    return usage
