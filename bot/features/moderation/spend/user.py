"""/spend user: what one member spent, on what, and what there was about them."""

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain.spending import ReportPeriod
from bot.features.moderation.reports import member_look, show_member
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.rights import require_moderator
from bot.orders.periods import REPORTED, require_period
from bot.wording import commands


@app_commands.command(name="user", description=commands.SPEND_USER.description)
@app_commands.describe(**commands.SPEND_USER.options)
@app_commands.choices(period=[Choice(name=str(each), value=str(each)) for each in REPORTED])
@privately
async def user(interaction: Interaction, member: discord.User, period: str = str(ReportPeriod.MONTH)) -> None:
    """Fill the answer with what a member spent."""
    by = await require_moderator(interaction, member_look(member.id))
    await show_member(interaction, by, member, require_period(period))
