"""/history: what I have made, page by page."""

from typing import Any

from discord import app_commands

from bot.components.desk import desk_of
from bot.components.history import show_page
from bot.interactions import Interaction


def history_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="history", description="See what you have made here, and go on from it.")
    async def history(interaction: Interaction) -> None:
        await desk_of(interaction).answers.in_private(interaction, lambda: show_page(interaction))

    return history
