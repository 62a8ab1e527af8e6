"""The commands, as discord.py reads and calls them; whatever escapes that is answered."""

from typing import Any, Final

import structlog
from discord import app_commands

from bot.domain.refusals import Refusal
from bot.gateway.hand_made import require_readable
from bot.interactions import Interaction
from bot.interactions.guard import Guard
from bot.wording.trouble import unregistered_command

_log = structlog.get_logger()
_UNREADABLE: Final = (
    app_commands.CommandNotFound,
    app_commands.CommandSignatureMismatch,
    app_commands.TransformerError,
)
"""What discord.py raises where a command is not the one that is registered."""


class Tree(app_commands.CommandTree[Any]):
    """Every command and menu of this process."""

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Refuse what discord.py would break on while it reads a command's options."""
        try:
            require_readable(interaction)
        except Refusal as refusal:
            await Guard.of(interaction).refuse(interaction, refusal)
            return False
        return True

    async def _call(self, interaction: Interaction) -> None:
        try:
            await super()._call(interaction)
        except app_commands.AppCommandError:
            raise  # which leads to `on_error`
        except Exception as error:  # which would lead nowhere
            await Guard.of(interaction).broke(interaction, error)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Answer what discord.py could not read, and as an incident whatever else escaped."""
        # discord.py raises the class itself where what Discord sent is not whole
        if not isinstance(error, _UNREADABLE) and type(error) is not app_commands.AppCommandError:
            cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
            await Guard.of(interaction).broke(interaction, cause)
            return
        _log.warning("interaction.unreadable", interaction=interaction.id, error=str(error))
        await Guard.of(interaction).refuse(interaction, unregistered_command())
