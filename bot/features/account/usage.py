"""/usage: what I spent, and what is left."""

from discord import app_commands
from discord.app_commands import Choice

from bot.domain.spending import ReportPeriod
from bot.features.account.services import AccountServices
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.origins import account_of, role_ids_of
from bot.interactions.pages import show_report
from bot.interactions.responses import showing
from bot.orders.periods import REPORTED, require_period
from bot.wording import commands


@app_commands.command(name="usage", description=commands.USAGE.description)
@app_commands.describe(**commands.USAGE.options)
@app_commands.choices(period=[Choice(name=str(each), value=str(each)) for each in REPORTED])
@privately
async def usage(interaction: Interaction, period: str = str(ReportPeriod.MONTH)) -> None:
    """Fill the answer with its person's own spend."""
    account, chosen = account_of(interaction), require_period(period)
    report = await AccountServices.of(interaction).reporting.own(account, role_ids_of(interaction.user), chosen)
    with showing("/usage"):
        await show_report(interaction, report.blocks, report.standing, report.chart)
