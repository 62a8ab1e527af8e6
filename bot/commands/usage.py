"""/usage: what I spent, and what is left."""

from typing import Any

import discord
from discord import app_commands

from bot.components.answers import answers_of
from bot.domain.budgets import Account
from bot.jobs.service import JobService
from bot.usage.reports import usage_report


def usage_command(service: JobService) -> app_commands.Command[Any, ..., None]:
    """Build the command over the service that knows the budgets."""

    @app_commands.command(name="usage", description="See what you spent, and what you have left.")
    async def usage(interaction: discord.Interaction[Any]) -> None:
        user = interaction.user
        account = Account(interaction.guild_id or 0, user.id)
        roles = frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset()

        async def report() -> str:
            return usage_report(await service.budgets(account, roles))

        await answers_of(interaction).tell(interaction, report)

    return usage
