"""Modals, the forms that a bot opens: Discord's limits."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.model.components import SELECTS, ComponentType, allowed_choices
from sandbox.discord.rules.components import number
from sandbox.discord.rules.controls import check_number, check_options, check_select
from sandbox.discord.rules.file_types import check_file_types
from sandbox.discord.rules.request_fields import Form, Path

MAX_PARTS = 5
MAX_TITLE = MAX_LABEL = 45
MAX_INPUT = 4000
MAX_FILES = 10
MAX_GROUP = 10
"""Options of a radio group, or of a group of checkboxes."""

_PARTS = frozenset({ComponentType.ACTION_ROW, ComponentType.LABEL, ComponentType.TEXT_DISPLAY})
_LABELLED = SELECTS | {
    ComponentType.TEXT_INPUT,
    ComponentType.FILE_UPLOAD,
    ComponentType.RADIO_GROUP,
    ComponentType.CHECKBOX_GROUP,
    ComponentType.CHECKBOX,
}
_STYLES = frozenset({1, 2})
_CODE = "COMPONENT_VALIDATION_FAILED"


def read_modal(data: Mapping[str, Any]) -> dict[str, Any]:
    """Check a modal and number its components; `DiscordError` 50035 names every field that is wrong."""
    form = Form()
    form.text(("data", "custom_id"), data.get("custom_id"), least=1, most=100, required=True)
    form.text(("data", "title"), data.get("title"), least=1, most=MAX_TITLE, required=True)
    path = ("data", "components")
    parts = form.objects(path, data.get("components"), least=1, most=MAX_PARTS)
    for index, part in enumerate(parts):
        if form.choice((*path, index, "type"), part.get("type"), _PARTS):
            _check_part(form, (*path, index), part)
    form.check()
    number(form, path, parts)
    form.check()
    return {**data, "components": parts}


def _check_part(form: Form, path: Path, part: dict[str, Any]) -> None:
    match part["type"]:
        case ComponentType.TEXT_DISPLAY:
            form.text((*path, "content"), part.get("content"), least=1, most=MAX_INPUT, required=True)
        case ComponentType.ACTION_ROW:
            held = form.objects((*path, "components"), part.get("components"), least=1, most=1)
            for index, component in enumerate(held):
                where = (*path, "components", index)
                if form.choice((*where, "type"), component.get("type"), {ComponentType.TEXT_INPUT}):
                    form.text((*where, "label"), component.get("label"), least=1, most=MAX_LABEL, required=True)
                    _check_field(form, where, component)
        case _:
            form.text((*path, "label"), part.get("label"), least=1, most=MAX_LABEL, required=True)
            form.text((*path, "description"), part.get("description"), most=100)
            labelled = part.get("component")
            kind = labelled.get("type") if isinstance(labelled, dict) else None
            if form.choice((*path, "component", "type"), kind, _LABELLED):
                _check_field(form, (*path, "component"), part["component"])


def _check_field(form: Form, path: Path, component: dict[str, Any]) -> None:
    form.text((*path, "custom_id"), component.get("custom_id"), least=1, most=100, required=True)
    form.flag((*path, "required"), component.get("required"))
    if component.get("min_values") == 0 and component.get("required") is not False:
        form.refuse((*path, "min_values"), _CODE, "Must be at least 1 where an answer is required")
    match component["type"]:
        case ComponentType.TEXT_INPUT:
            form.choice((*path, "style"), component.get("style"), _STYLES)
            form.text((*path, "value"), component.get("value"), most=MAX_INPUT)
            form.text((*path, "placeholder"), component.get("placeholder"), most=100)
            form.number((*path, "min_length"), component.get("min_length"), least=0, most=MAX_INPUT)
            form.number((*path, "max_length"), component.get("max_length"), least=1, most=MAX_INPUT)
        case ComponentType.FILE_UPLOAD:
            check_number(form, path, component, most=MAX_FILES)
            check_file_types(form, path, component.get("file_types"))
        case ComponentType.RADIO_GROUP:
            check_options(form, path, component, least=2, most=MAX_GROUP)
        case ComponentType.CHECKBOX_GROUP:
            check_number(form, path, component, most=MAX_GROUP)
            _, most = allowed_choices(component)
            needed = most if isinstance(most, int) and most <= MAX_GROUP else 1
            check_options(form, path, component, least=max(1, needed), most=MAX_GROUP)
        case ComponentType.CHECKBOX:
            form.flag((*path, "default"), component.get("default"))
        case _:
            check_select(form, path, component)
            if component.get("disabled"):
                form.refuse((*path, "disabled"), _CODE, "Nothing is disabled in a modal")
