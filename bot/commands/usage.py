"""/usage: what I spent, and what is left."""

from typing import Any

import discord
from discord import app_commands

from bot.components.desk import desk_of
from bot.domain.budgets import Account
from bot.usage.reports import usage_report


def usage_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="usage", description="See what you spent, and what you have left.")
    async def usage(interaction: discord.Interaction[Any]) -> None:
        desk, user = desk_of(interaction), interaction.user
        account = Account(interaction.guild_id or 0, user.id)
        roles = frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset()

        async def report() -> str:
            return usage_report(await desk.service.budgets(account, roles))

        await desk.answers.tell(interaction, report)

    return usage
