"""Every command and menu, and every button that outlives the process."""

from typing import Any

import discord
from discord import app_commands

from bot.commands.edit import edit_command
from bot.commands.imagine import imagine_command
from bot.commands.usage import usage_command
from bot.components.consent import ConsentButton
from bot.components.try_again import TryAgainButton

BUTTONS: tuple[type[discord.ui.DynamicItem[Any]], ...] = (TryAgainButton, ConsentButton)
"""Found by their custom id alone, so that they work after a restart."""


def commands() -> list[app_commands.Command[Any, ..., None] | app_commands.ContextMenu]:
    """Build them anew, for one client."""
    return [imagine_command(), edit_command(), usage_command()]
