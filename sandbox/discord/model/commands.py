"""Commands as the bot has registered them, and who may use one, as a server's moderators set that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sandbox.discord.model.permissions import Permissions


class CommandType(IntEnum):
    """Discord's command type numbers."""

    CHAT_INPUT = 1
    USER = 2
    MESSAGE = 3


class OptionType(IntEnum):
    """Discord's option type numbers."""

    SUBCOMMAND = 1
    SUBCOMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


NESTING = frozenset({OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP})
WITH_CHOICES = frozenset({OptionType.STRING, OptionType.INTEGER, OptionType.NUMBER})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of an option's fixed values."""

    name: str
    value: str | int | float


@dataclass(frozen=True, slots=True)
class Option:
    """A command's option, subcommand or group of subcommands."""

    name: str
    type: OptionType
    description: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    min_value: float | None = None
    max_value: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    autocomplete: bool = False
    file_types: tuple[str, ...] = ()
    """Of an attachment: groups (`image`) and extensions (`.heic`); empty for any file."""
    options: tuple["Option", ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A registered command; `raw` is what the bot sent."""

    id: int
    version: int
    name: str
    type: CommandType
    options: tuple[Option, ...]
    default_member_permissions: Permissions | None
    contexts: frozenset[int] | None
    """Where it is offered: 0 guilds, 1 DMs with the bot, 2 other DMs; None for everywhere."""
    raw: Mapping[str, Any]

    def paths(self) -> Iterator[tuple[tuple[str, ...], tuple[Option, ...]]]:
        """Give each way to type this command (`("spend", "user")`) with the options it takes there."""
        yield from _paths((self.name,), self.options)


def _paths(
    path: tuple[str, ...], options: tuple[Option, ...]
) -> Iterator[tuple[tuple[str, ...], tuple[Option, ...]]]:
    nested = [option for option in options if option.type in NESTING]
    if not nested:
        yield path, options
    for option in nested:
        yield from _paths((*path, option.name), option.options)


class Holder(IntEnum):
    """Discord's numbers for whom a command's permission is."""

    ROLE = 1
    USER = 2


@dataclass(frozen=True, slots=True)
class CommandPermission:
    """That a role or a user may use a command, or may not; the role of the guild's own id is @everyone."""

    id: int
    type: Holder
    permission: bool
