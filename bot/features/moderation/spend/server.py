"""/spend server: what the whole server spent, on what, and who the most."""

from discord import app_commands
from discord.app_commands import Choice

from bot.domain.spending import ReportPeriod
from bot.features.moderation.reports import SERVER_LOOK, show_server
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.rights import require_moderator
from bot.orders.periods import REPORTED, require_period
from bot.wording import commands


@app_commands.command(name="server", description=commands.SPEND_SERVER.description)
@app_commands.describe(**commands.SPEND_SERVER.options)
@app_commands.choices(period=[Choice(name=str(each), value=str(each)) for each in REPORTED])
@privately
async def server(interaction: Interaction, period: str = str(ReportPeriod.MONTH)) -> None:
    """Fill the answer with what the server spent."""
    by = await require_moderator(interaction, SERVER_LOOK)
    await show_server(interaction, by, require_period(period))
