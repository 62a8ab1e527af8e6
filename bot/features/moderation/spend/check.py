"""/spend check: whether the server, and the place where it is asked, are set up right."""

from discord import app_commands

from bot.features.moderation.server_check import CHECK, show_check
from bot.interactions import Interaction
from bot.interactions.guard import privately
from bot.interactions.rights import require_moderator
from bot.wording import commands


@app_commands.command(name="check", description=commands.SPEND_CHECK.description)
@privately
async def check(interaction: Interaction) -> None:
    """Fill the answer with what was looked at."""
    by = await require_moderator(interaction, CHECK)
    await show_check(interaction, by.guild_id)
