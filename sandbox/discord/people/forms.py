"""What a person fills into a form, checked as the real client checks it before sending."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox.discord.model.components import ComponentType, Field, allowed_choices, fields_of
from sandbox.discord.model.files import Attachment, Upload
from sandbox.discord.people.choosing import chosen_at_first, find
from sandbox.discord.people.inputs import ClientRefusal, check_file
from sandbox.discord.rules.modals import MAX_INPUT

FieldInput = str | bool | Upload | Sequence[str] | Sequence[Upload]
"""Words, a yes or no, a choice or several by value, label or mention, a file or several."""
Offer = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""Lists what a component offers: labels by values."""
Store = Callable[[Upload], Attachment]
"""Keeps a file that was put into a form."""


def fill(
    modal: Mapping[str, Any], values: Mapping[str, FieldInput], offer: Offer, store: Store
) -> list[dict[str, Any]]:
    """Fill in a modal and give the components of its submission; what `values` leaves out stays as it was.

    Args:
        modal: what the bot opened.
        values: by custom_id or label.
        offer: tells what there is to choose from.
        store: keeps the files.

    Raises:
        ClientRefusal: there is no such field, or the client would not send this.

    """
    fields = fields_of(modal)
    for name in values:
        if not any(field.is_called(name) for field in fields):
            raise ClientRefusal(f"there is no field {name}")
    written: dict[str, dict[str, Any]] = {}
    for field in fields:
        given = next((value for name, value in values.items() if field.is_called(name)), None)
        told = {"type": int(field.kind), "id": field.component["id"], "custom_id": field.custom_id}
        written[field.custom_id] = told | _answer(field, given, offer, store)
    return [_part(part, written) for part in modal["components"]]


def _part(part: Mapping[str, Any], written: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    told = {"type": part["type"], "id": part["id"]}
    if part["type"] == ComponentType.LABEL:
        return {**told, "component": written[part["component"]["custom_id"]]}
    if part["type"] == ComponentType.ACTION_ROW:
        return {**told, "components": [written[held["custom_id"]] for held in part["components"]]}
    return told


def _answer(field: Field, given: FieldInput | None, offer: Offer, store: Store) -> dict[str, Any]:
    match field.kind:
        case ComponentType.TEXT_INPUT:
            return {"value": _text(field, given)}
        case ComponentType.CHECKBOX:
            return {"value": _tick(field, given)}
        case ComponentType.RADIO_GROUP:
            return {"value": next(iter(_choices(field, given, offer)), None)}
        case ComponentType.FILE_UPLOAD:
            return {"values": [str(store(upload).id) for upload in _uploads(field, given)]}
        case _:
            return {"values": _choices(field, given, offer)}


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


def _tick(field: Field, given: FieldInput | None) -> bool:
    ticked = bool(field.component.get("default")) if given is None else given
    if not isinstance(ticked, bool):
        raise ClientRefusal(f"{field.label} takes a yes or no")
    return ticked


def _choices(field: Field, given: FieldInput | None, offer: Offer) -> list[str]:
    choices = offer(field.component)
    if given is None:
        chosen = chosen_at_first(field.component)
    else:
        chosen = [_choice(field, each, choices) for each in _listed(given)]
    _check_number(field, len(chosen))
    return chosen


def _choice(field: Field, wanted: object, choices: Mapping[str, str]) -> str:
    found = find(choices, wanted)
    if found is None:
        raise ClientRefusal(f"{field.label} has no option {wanted}; it has {', '.join(choices.values())}")
    return found


def _uploads(field: Field, given: FieldInput | None) -> list[Upload]:
    listed = [] if given is None else _listed(given)
    uploads = [each for each in listed if isinstance(each, Upload)]
    if len(uploads) < len(listed):
        raise ClientRefusal(f"{field.label} takes files")
    for each in uploads:
        check_file(field.label, field.component.get("file_types") or (), each)
    _check_number(field, len(uploads))
    return uploads


def _listed(given: FieldInput) -> list[str | bool | Upload]:
    return [given] if isinstance(given, str | bool | Upload) else list(given)


def _check_number(field: Field, number: int) -> None:
    least, most = allowed_choices(field.component)
    if number == 0 and not field.required:
        return
    if number == 0 and least > 0:
        raise ClientRefusal(f"{field.label} is required")
    if not least <= number <= most:
        raise ClientRefusal(f"{field.label} takes {least} to {most}, not {number}")
