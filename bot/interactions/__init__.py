"""How any interaction is heard and answered."""

from typing import Any, TypeAlias

import discord

Interaction: TypeAlias = discord.Interaction[Any]
"""A command, a click, a choice or a form, from whichever client hears it."""
