"""/spend: what moderators see of their server's spending, and decide about it."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.features.moderation.spend.block import block_command, unblock_command
from bot.features.moderation.spend.export import export_command
from bot.features.moderation.spend.grant import grant_command
from bot.features.moderation.spend.limit import limit_command
from bot.features.moderation.spend.server import server_command
from bot.features.moderation.spend.settings import settings_command
from bot.features.moderation.spend.user import user_command

SUBCOMMANDS: tuple[Callable[[], app_commands.Command[Any, ..., None]], ...] = (
    user_command,
    server_command,
    limit_command,
    grant_command,
    block_command,
    unblock_command,
    export_command,
    settings_command,
)
"""Builds each of them anew, in the order in which Discord lists them."""


def spend_group() -> app_commands.Group:
    """Build the command with all of its subcommands."""
    group = app_commands.Group(
        name="spend",
        description="For moderators: see who spent what, and set limits.",
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )
    for build in SUBCOMMANDS:
        group.add_command(build())
    return group
