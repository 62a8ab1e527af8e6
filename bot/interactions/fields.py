"""The parts of a form, and what a sent one holds."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias, cast

import discord
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.domain.pictures.sources import Source
from bot.interactions import Interaction
from bot.wording.text import shortened

Field: TypeAlias = "discord.ui.Label[discord.ui.Modal]"
Written = Mapping[str, str]
"""What a sent form holds, by field: words, or the value that was chosen; nothing is an empty text.

A box that was ticked is `TICKED`.
"""
TICKED: Final = "yes"
_OPTION_MAX: Final = 100
_SPOILER: Final = "SPOILER_"
"""What Discord begins the name of a hidden file with."""
_RADIO: Final = range(2, 11)
"""How many choices Discord shows at once; more are a list to open."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Field(_Strict):
    """What one field holds: words, or what was chosen."""

    custom_id: str
    value: str | None = None
    values: list[str] = []


class _Box(_Strict):
    """A box to tick."""

    custom_id: str
    type: Literal[23]
    """Discord's number for it."""
    value: bool


class _Part(_Strict):
    """A label or a row, with the fields in it."""

    component: _Box | _Field | None = None
    components: list[_Field] = []


class _File(_Strict):
    """A file that was sent with a form."""

    url: str
    filename: str
    flags: int = 0


class _Files(_Strict):
    """Those of a form, by their ids."""

    attachments: dict[str, _File] = {}


class _Sent(_Strict):
    """A sent form, as far as it is read."""

    components: list[_Part]
    resolved: _Files = _Files()


def words_field(name: str, label: str, *, longest: int, required: bool, hint: str, filled: str = "") -> Field:
    """Ask for words of any length up to `longest`."""
    style = discord.TextStyle.paragraph
    return _field(
        label,
        discord.ui.TextInput(
            custom_id=name,
            style=style,
            required=required,
            max_length=longest,
            placeholder=hint,
            default=filled or None,
        ),
    )


def short_field(
    name: str, label: str, *, longest: int, hint: str = "", filled: str = "", required: bool = False
) -> Field:
    """Ask for a few characters, or none; `hint` stands above them, where nothing of it is cut off."""
    entry: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=name, required=required, max_length=longest, default=filled or None
    )
    return _field(label, entry, hint)


def choice_field(
    name: str, label: str, options: Iterable[tuple[str, str]], *, chosen: str | None = None, hint: str = ""
) -> Field:
    """Ask for one of some options, each its value and its name; optional where `hint` says what happens else.

    A few are seen at once, more are a list to open.
    """
    options = list(options)
    if len(options) in _RADIO:
        radios = [
            discord.RadioGroupOption(label=shortened(text, _OPTION_MAX), value=value, default=value == chosen)
            for value, text in options
        ]
        return _field(label, discord.ui.RadioGroup(custom_id=name, required=not hint, options=radios), hint)
    listed: discord.ui.Select[Any] = discord.ui.Select(
        custom_id=name, required=not hint, options=select_options(options, chosen)
    )
    return _field(label, listed, hint)


def box_field(name: str, label: str, hint: str) -> Field:
    """Ask for a yes, by a box to tick."""
    return _field(label, discord.ui.Checkbox(custom_id=name), hint)


def file_field(name: str, label: str, hint: str) -> Field:
    """Ask for one file."""
    return _field(label, discord.ui.FileUpload(custom_id=name), hint)


def select_options(options: Iterable[tuple[str, str]], chosen: str | None) -> list[discord.SelectOption]:
    """Build the options of a select from their values and names."""
    return [
        discord.SelectOption(label=shortened(name, _OPTION_MAX), value=value, default=value == chosen)
        for value, name in options
    ]


def form_id(interaction: Interaction) -> str:
    """Give the custom id of a sent form."""
    return str(cast("dict[str, Any]", interaction.data)["custom_id"])


def written_in(interaction: Interaction) -> Written | None:
    """Read a sent form; None for one that no client of Discord's sends, such as a hand-made one of numbers."""
    return None if (sent := _sent_in(interaction)) is None else _written_in(sent)


def file_in(interaction: Interaction, name: str) -> Source | None:
    """Give the file that a sent form holds in a field; it stands in no message, and vanishes soon."""
    if (sent := _sent_in(interaction)) is None:
        return None
    file = sent.resolved.attachments.get(_written_in(sent).get(name, ""))
    if file is None:
        return None
    explicit = bool(file.flags & discord.AttachmentFlags.contains_explicit_media.flag)
    hidden = file.filename.startswith(_SPOILER)
    return Source(file.url, file.filename, spoiler=hidden, explicit=explicit, poster_id=interaction.user.id)


def _sent_in(interaction: Interaction) -> _Sent | None:
    try:
        return _Sent.model_validate(interaction.data)
    except ValidationError:
        return None


def _written_in(sent: _Sent) -> Written:
    fields = [field for part in sent.components for field in (part.component, *part.components) if field]
    return {field.custom_id: _written(field) for field in fields}


def _written(field: _Box | _Field) -> str:
    if isinstance(field, _Box):
        return TICKED if field.value else ""
    return field.value or next(iter(field.values), "")


def _field(label: str, component: discord.ui.Item[Any], hint: str = "") -> Field:
    return discord.ui.Label(text=label, component=component, description=hint or None)
