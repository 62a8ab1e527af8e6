"""/privacy: what is kept of me and for how long; export it, erase it."""

from typing import Any

from discord import app_commands

from bot.components.desk import desk_of
from bot.components.privacy import privacy_view
from bot.domain.privacy import privacy_text
from bot.interactions import Interaction


def privacy_command() -> app_commands.Command[Any, ..., None]:
    """Build the command."""

    @app_commands.command(name="privacy", description="See what is kept of you; export it, or erase it.")
    async def privacy(interaction: Interaction) -> None:
        desk = desk_of(interaction)

        async def text() -> str:
            return privacy_text(desk.privacy.keeping)

        await desk.answers.tell(interaction, text, privacy_view())

    return privacy
