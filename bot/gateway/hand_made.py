"""Interactions that no client of Discord's sends: what discord.py itself would break on is refused by name."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from discord import AppCommandOptionType

from bot.interactions import Interaction
from bot.wording.options import wrong_type
from bot.wording.trouble import not_attached

_SUBCOMMANDS = frozenset({AppCommandOptionType.subcommand.value, AppCommandOptionType.subcommand_group.value})


def require_readable(interaction: Interaction) -> None:
    """Raise `Refusal` where a number is none, or a file did not come with its command."""
    data: Mapping[str, Any] = interaction.data or {}
    _require(data.get("options", ()), data.get("resolved", {}).get("attachments", {}))


def _require(options: Iterable[Mapping[str, Any]], files: Collection[str]) -> None:
    for option in options:
        kind, value = option["type"], option.get("value")
        if kind in _SUBCOMMANDS:
            _require(option.get("options", ()), files)
        elif kind == AppCommandOptionType.number.value and type(value) not in {int, float}:
            raise wrong_type(option["name"], value, (int, float))
        elif kind == AppCommandOptionType.attachment.value and not (isinstance(value, str) and value in files):
            raise not_attached(option["name"], value)
