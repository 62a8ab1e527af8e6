"""What a person fills into options and forms, checked as the real client checks it before sending."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.discord.model.commands import Option, OptionType
from sandbox.discord.model.components import ComponentType, Field, allowed_choices, fields_of, find_option
from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.files import Attachment, Upload
from sandbox.discord.model.guilds import Member, Role, User
from sandbox.discord.rules.modals import MAX_INPUT

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
    if isinstance(value, str):
        _check_range(option.name, len(value), option.min_length or 0, option.max_length or MAX_TEXT)
    elif isinstance(value, int | float) and option.type in (OptionType.INTEGER, OptionType.NUMBER):
        _check_range(option.name, value, option.min_value, option.max_value)


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


FieldInput = str | Upload | Sequence[str] | Sequence[Upload]
"""Words, an option or several by value or label, a file or several."""
Store = Callable[[Upload], Attachment]
"""Keeps a file that was put into a form."""


def fill(
    modal: Mapping[str, Any], values: Mapping[str, FieldInput], store: Store
) -> tuple[list[dict[str, Any]], list[Attachment]]:
    """Fill in a modal; what `values` leaves out stays as the bot had filled it.

    Args:
        modal: what the bot opened.
        values: by custom_id or label.
        store: keeps the files.

    Returns:
        The components of the submission, and the files that were put in.

    Raises:
        ClientRefusal: there is no such field, or the client would not send this.

    """
    fields = fields_of(modal)
    for name in values:
        if not any(field.is_called(name) for field in fields):
            raise ClientRefusal(f"there is no field {name}")
    files: list[Attachment] = []
    written: dict[str, dict[str, Any]] = {}
    for field in fields:
        given = next((value for name, value in values.items() if field.is_called(name)), None)
        written[field.custom_id] = _filled(field, given, store, files)
    return [_part(part, written) for part in modal["components"]], files


def _part(part: Mapping[str, Any], written: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    told = {"type": part["type"], "id": part["id"]}
    if part["type"] == ComponentType.LABEL:
        return {**told, "component": written[part["component"]["custom_id"]]}
    if part["type"] == ComponentType.ACTION_ROW:
        return {**told, "components": [written[held["custom_id"]] for held in part["components"]]}
    return told


def _filled(field: Field, given: FieldInput | None, store: Store, files: list[Attachment]) -> dict[str, Any]:
    told = {"type": int(field.kind), "id": field.component["id"], "custom_id": field.custom_id}
    if field.kind is ComponentType.TEXT_INPUT:
        return {**told, "value": _text(field, given)}
    if field.kind is ComponentType.STRING_SELECT:
        return {**told, "values": _choices(field, given)}
    attached = [store(upload) for upload in _uploads(field, given)]
    files += attached
    return {**told, "values": [str(each.id) for each in attached]}


def _text(field: Field, given: FieldInput | None) -> str:
    text = field.component.get("value") or "" if given is None else given
    if not isinstance(text, str):
        raise ClientRefusal(f"{field.label} takes words")
    least, most = field.component.get("min_length") or 0, field.component.get("max_length") or MAX_INPUT
    if not text:
        if field.required:
            raise ClientRefusal(f"{field.label} is required")
        return text
    if not least <= len(text) <= most:
        raise ClientRefusal(f"{field.label} takes {least} to {most} characters, not {len(text)}")
    return text


def _choices(field: Field, given: FieldInput | None) -> list[str]:
    if given is None:
        chosen = [option["value"] for option in field.component["options"] if option.get("default")]
    else:
        chosen = [_choice(field, each) for each in _listed(given)]
    _check_number(field, len(chosen))
    return chosen


def _choice(field: Field, wanted: object) -> str:
    option = find_option(dict(field.component), wanted) if isinstance(wanted, str) else None
    if option is None:
        offered = ", ".join(option["label"] for option in field.component["options"])
        raise ClientRefusal(f"{field.label} has no option {wanted}; it has {offered}")
    return str(option["value"])


def _uploads(field: Field, given: FieldInput | None) -> list[Upload]:
    listed = [] if given is None else _listed(given)
    uploads = [each for each in listed if isinstance(each, Upload)]
    if len(uploads) < len(listed):
        raise ClientRefusal(f"{field.label} takes files")
    _check_number(field, len(uploads))
    return uploads


def _listed(given: FieldInput) -> list[str | Upload]:
    return [given] if isinstance(given, str | Upload) else list(given)


def _check_number(field: Field, number: int) -> None:
    least, most = allowed_choices(dict(field.component))
    if number == 0 and not field.required:
        return
    if number == 0 and least > 0:
        raise ClientRefusal(f"{field.label} is required")
    if not least <= number <= most:
        raise ClientRefusal(f"{field.label} takes {least} to {most}, not {number}")
