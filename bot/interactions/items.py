"""Buttons and selects that outlive the process: all that one must know stands in its custom id.

    class AgainButton(PersistentItem[Button], custom_id="again:{job_id}"):
        job_id: int

        def _draw(self) -> Button:
            return Button(label="Again")

`AgainButton(7)` stands under a message as `again:7`, and whichever process hears a click on that builds an
`AgainButton(7)` of it. A field that the custom id does not name is for drawing alone, and has a default.

A custom id stays in the world for as long as its message: one that was ever sent must always be understood.
"""

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, ClassVar, Final, Generic, Self, TypeAlias, TypeVar, dataclass_transform, get_args

import discord

from bot.interactions import Interaction

Button: TypeAlias = discord.ui.Button[discord.ui.View]
Select: TypeAlias = discord.ui.Select[discord.ui.View]
T = TypeVar("T")
WordT = TypeVar("WordT", bound=str)
ItemT = TypeVar("ItemT", bound=Button | Select)


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How a field is written in a custom id, and read from it: `Annotated[int, Codec("[0-9]{1,6}", int)]`."""

    pattern: str
    """A regular expression of what is written, without named groups."""
    read: Callable[[str], T]
    """It never fails on what `pattern` takes: nobody would be told. What such a value means, a callback judges."""
    write: Callable[[T], str] = str


_NUMBER: Final = Codec("[0-9]{1,20}", int)
"""An id of Discord's, or a job's; a field that is an `int` needs no codec."""


def one_of(*words: WordT) -> Codec[WordT]:
    """Build the codec of a field that is one of some words."""
    return Codec("|".join(map(re.escape, words)), {str(word): word for word in words}.__getitem__)


@dataclass_transform(eq_default=False)
class PersistentItem(discord.ui.DynamicItem[ItemT], template=""):
    """A button or a select, built from its fields; `custom_id` names those that are written in its custom id."""

    _id_format: ClassVar[str]
    _codecs: ClassVar[Mapping[str, Codec[Any]]]

    def __init_subclass__(cls, *, custom_id: str) -> None:
        """Derive the constructor from the fields, and discord.py's template from the custom id."""
        dataclass(eq=False, repr=False)(cls)
        parts = [(text, name) for text, name, _, _ in Formatter().parse(custom_id)]
        hints = inspect.get_annotations(cls)
        cls._id_format = custom_id
        cls._codecs = {name: _codec_of(hints[name]) for _, name in parts if name}
        super().__init_subclass__(template="".join(re.escape(text) + cls._group(name) for text, name in parts))

    def __init__(self) -> None:
        item = self._draw()
        written = {name: codec.write(getattr(self, name)) for name, codec in self._codecs.items()}
        item.custom_id = self._id_format.format_map(written)
        super().__init__(item)

    def __post_init__(self) -> None:
        """Go on where a constructor has set the fields."""
        PersistentItem.__init__(self)

    @classmethod
    async def from_custom_id(
        cls, _interaction: Interaction, _item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Build the item of a click."""
        return cls(**{name: codec.read(match[name]) for name, codec in cls._codecs.items()})

    def _draw(self) -> ItemT:
        """Build what is seen, from the fields; its custom id is given to it."""
        raise NotImplementedError

    @classmethod
    def _group(cls, name: str | None) -> str:
        return f"(?P<{name}>{cls._codecs[name].pattern})" if name else ""


def _codec_of(hint: Any) -> Codec[Any]:
    """Give the codec of a field from its annotation."""
    if hint is int:
        return _NUMBER
    codec = next((each for each in get_args(hint) if isinstance(each, Codec)), None)
    if codec is None:
        raise TypeError(f"a custom id cannot hold {hint}: annotate it with a Codec")
    return codec


def view_of(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """Build what stands under a message; nothing of it ever times out."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return view
