"""/spend: what moderators see of their server's spending, and decide about it."""

from typing import Any

import discord
from discord import app_commands

from bot.features.moderation.spend.block import block, unblock
from bot.features.moderation.spend.check import check
from bot.features.moderation.spend.export import export
from bot.features.moderation.spend.grant import grant
from bot.features.moderation.spend.limit import limit
from bot.features.moderation.spend.server import server
from bot.features.moderation.spend.settings import settings
from bot.features.moderation.spend.user import user
from bot.wording import commands

SUBCOMMANDS: tuple[app_commands.Command[Any, ..., None], ...] = (
    user,
    server,
    limit,
    grant,
    block,
    unblock,
    export,
    settings,
    check,
)
"""In the order in which Discord lists them."""


def spend_group() -> app_commands.Group:
    """Build the command with all of its subcommands."""
    group = app_commands.Group(
        name="spend",
        description=commands.SPEND.description,
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )
    for command in SUBCOMMANDS:
        group.add_command(command)
    return group
