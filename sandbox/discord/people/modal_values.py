"""What a person fills into a modal, checked as the real client checks it before sending."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.discord.model.files import Attachment, Upload
from sandbox.discord.people.inputs import ClientRefusal
from sandbox.discord.rules.components import ComponentType, allowed_choices, find_option
from sandbox.discord.rules.modals import MAX_INPUT, Field, fields_of

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
