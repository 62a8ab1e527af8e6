"""Buttons, menus and the fields of modals: their kinds, and how a person finds one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class ComponentType(IntEnum):
    """Discord's component type numbers."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


class ButtonStyle(IntEnum):
    """Discord's button style numbers."""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5
    PREMIUM = 6


SELECTS = frozenset(
    {
        ComponentType.STRING_SELECT,
        ComponentType.USER_SELECT,
        ComponentType.ROLE_SELECT,
        ComponentType.MENTIONABLE_SELECT,
        ComponentType.CHANNEL_SELECT,
    }
)


BY_ID = SELECTS - {ComponentType.STRING_SELECT} | {ComponentType.FILE_UPLOAD}
"""What is answered with ids of people, roles, places or files."""


def every(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give all components, however deeply nested, in the order of reading."""
    for component in components:
        yield component
        nested = component.get("components") or []
        yield from every(nested)
        yield from every([component[key] for key in ("accessory", "component") if component.get(key)])


def texts_of(components: list[dict[str, Any]]) -> list[str]:
    """List what is written in text displays, in the order of reading."""
    return [each["content"] for each in every(components) if each["type"] == ComponentType.TEXT_DISPLAY]


def media_of(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give what names a picture or a file: thumbnails, the items of galleries, files."""
    for component in every(components):
        if component["type"] in (ComponentType.THUMBNAIL, ComponentType.FILE):
            yield component
        yield from component.get("items") or []


def address_of(shown: Mapping[str, Any]) -> str:
    """Tell the address of what a thumbnail, a gallery's item or a file shows."""
    return str((shown.get("media") or shown["file"])["url"])


def find_component(components: list[dict[str, Any]], wanted: str) -> dict[str, Any] | None:
    """Find what a person would press or open: by custom_id, else by what is written on it (or its emoji)."""
    usable = [component for component in every(components) if component.get("custom_id")]
    for component in usable:
        if component["custom_id"] == wanted:
            return component
    for component in usable:
        if any(same_words(wanted, name) for name in _names(component)):
            return component
    return None


def same_words(one: str, other: str) -> bool:
    """Whether two labels read the same, whatever their case and however their dots are typed."""
    return one.strip().replace("...", "…").casefold() == other.strip().replace("...", "…").casefold()


def allowed_choices(component: Mapping[str, Any]) -> tuple[int, int]:
    """Tell how many options, or files, a person picks at least and at most."""
    least, most = component.get("min_values"), component.get("max_values")
    if most is None:
        most = len(component["options"]) if component["type"] == ComponentType.CHECKBOX_GROUP else 1
    return 1 if least is None else least, most


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a modal asks for."""

    label: str
    component: Mapping[str, Any]

    @property
    def custom_id(self) -> str:
        """What the bot knows it by."""
        return str(self.component["custom_id"])

    @property
    def kind(self) -> ComponentType:
        """What goes into it: text, options, people, files, a yes or no."""
        return ComponentType(self.component["type"])

    @property
    def required(self) -> bool:
        """Whether the modal cannot be sent without it; a checkbox may always stay empty."""
        return self.component.get("required") is not False and self.kind is not ComponentType.CHECKBOX

    def is_called(self, name: str) -> bool:
        """Whether a person may mean this field by `name`: its custom_id, or its label."""
        return name == self.custom_id or same_words(name, self.label)


def fields_of(modal: Mapping[str, Any]) -> list[Field]:
    """List what a modal asks for, in the order of reading."""
    fields = []
    for part in modal["components"]:
        if part["type"] == ComponentType.LABEL:
            fields.append(Field(part["label"], part["component"]))
        elif part["type"] == ComponentType.ACTION_ROW:
            fields += [Field(held["label"], held) for held in part["components"]]
    return fields


def _names(component: dict[str, Any]) -> list[str]:
    written = (component.get("label"), component.get("placeholder"), (component.get("emoji") or {}).get("name"))
    return [name for name in written if name]
