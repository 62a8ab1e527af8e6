"""What a person fills into a command's options, checked as the real client checks it before sending."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord.model.commands import Option, OptionType
from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.files import Upload
from sandbox.discord.model.guilds import Member, Role, User
from sandbox.discord.rules.file_types import extensions, takes

OptionInput = str | int | float | bool | Upload | Member | User | Role | Channel
MAX_TEXT = 6000

_TAKES: Mapping[OptionType, tuple[type, ...]] = {
    OptionType.STRING: (str,),
    OptionType.INTEGER: (int,),
    OptionType.NUMBER: (int, float),
    OptionType.BOOLEAN: (bool,),
    OptionType.USER: (int, Member, User),
    OptionType.CHANNEL: (int, Channel),
    OptionType.ROLE: (int, Role),
    OptionType.MENTIONABLE: (int, Member, User, Role),
    OptionType.ATTACHMENT: (Upload,),
}


class ClientRefusal(ValueError):
    """What the real client does not let a person do; its text says why."""


def check_options(options: tuple[Option, ...], values: Mapping[str, OptionInput]) -> None:
    """Raise `ClientRefusal` where an option is unknown, missing, or holds what it cannot hold."""
    by_name = {option.name: option for option in options}
    for name, value in values.items():
        if name not in by_name:
            raise ClientRefusal(f"there is no option {name}")
        check_value(by_name[name], value)
    for option in options:
        if option.required and option.name not in values:
            raise ClientRefusal(f"{option.name} is required")


def check_value(option: Option, value: OptionInput) -> None:
    """Raise `ClientRefusal` where the client would not take this value."""
    if not isinstance(value, _TAKES[option.type]) or (
        isinstance(value, bool) and option.type is not OptionType.BOOLEAN
    ):
        raise ClientRefusal(f"{option.name} takes no {type(value).__name__}")
    if option.choices and value not in [choice.value for choice in option.choices]:
        raise ClientRefusal(f"{option.name} has no choice {value!r}")
    if isinstance(value, Upload):
        check_file(option.name, option.file_types, value)
    if isinstance(value, str):
        _check_range(option.name, len(value), option.min_length or 0, option.max_length or MAX_TEXT)
    elif isinstance(value, int | float) and option.type in (OptionType.INTEGER, OptionType.NUMBER):
        _check_range(option.name, value, option.min_value, option.max_value)


def check_file(name: str, file_types: Sequence[str], upload: Upload) -> None:
    """Raise `ClientRefusal` where a file may not be chosen by its name."""
    if not takes(file_types, upload.filename):
        raise ClientRefusal(f"{name} takes {', '.join(extensions(file_types))}, not {upload.filename}")


def guessed_type(value: OptionInput) -> OptionType:
    """Tell which type a hand-made option with this value has."""
    for kind in (OptionType.BOOLEAN, OptionType.STRING, OptionType.INTEGER, *_TAKES):
        if isinstance(value, _TAKES[kind]):
            return kind
    raise TypeError(type(value).__name__)


def written_option(name: str, kind: OptionType, value: OptionInput | None) -> dict[str, Any]:
    """Write an option of an interaction; people, places and files stand as their ids."""
    written = value.id if isinstance(value, Member | User | Role | Channel) else value
    if kind in (OptionType.USER, OptionType.CHANNEL, OptionType.ROLE, OptionType.MENTIONABLE):
        written = str(written)  # ids travel as strings
    return {"name": name, "type": int(kind), "value": written}


def _check_range(name: str, value: float, least: float | None, most: float | None) -> None:
    if least is not None and value < least:
        raise ClientRefusal(f"{name} must be at least {_number(least)}, not {_number(value)}")
    if most is not None and value > most:
        raise ClientRefusal(f"{name} must be at most {_number(most)}, not {_number(value)}")


def _number(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) and not value.is_integer() else str(int(value))
