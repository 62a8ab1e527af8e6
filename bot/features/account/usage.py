"""/usage: what I spent, and what is left."""

from typing import Any

from discord import app_commands
from discord.app_commands import Choice

from bot.domain.spending import REPORTED, ReportPeriod, require_period
from bot.interactions import Interaction
from bot.interactions.desk import desk_of
from bot.interactions.people import role_ids_of
from bot.interactions.reach import account_of
from bot.interactions.report_answers import fill_report
from bot.interactions.responses import showing


def usage_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="usage", description="See what you spent, on what, and what you have left.")
    @app_commands.describe(period="Which time (UTC) the details are about; this month where you choose none.")
    @app_commands.choices(period=[Choice(name=str(each), value=str(each)) for each in REPORTED])
    async def usage(interaction: Interaction, period: str = str(ReportPeriod.MONTH)) -> None:
        async def show() -> None:
            await _show(interaction, require_period(period))

        await desk_of(interaction).answers.in_private(interaction, show)

    return usage


async def _show(interaction: Interaction, period: ReportPeriod) -> None:
    """Fill an interaction's answer with its person's own spend."""
    account = account_of(interaction)
    report = await desk_of(interaction).reporting.own(account, role_ids_of(interaction.user), period)
    with showing("/usage"):
        await fill_report(interaction, report.text, None, report.chart)
