"""The kinds of jobs, and what people read on the buttons and menus that lead to each."""

from enum import StrEnum


class Kind(StrEnum):
    """What a job does, named as its command."""

    IMAGINE = "imagine"
    EDIT = "edit"
    STYLIZE = "stylize"
    PORTRAIT = "portrait"

    @property
    def menu(self) -> str:
        """Name the message menu that leads to it, and its form; only for what works on a picture."""
        return _MENUS[self]

    @property
    def button(self) -> str:
        """Name the button under a result that leads to it; only for what works on a picture."""
        return _BUTTONS[self]

    @property
    def emoji(self) -> str:
        """Give the sign on that button."""
        return _EMOJI[self]


OF_PICTURES = (Kind.EDIT, Kind.STYLIZE, Kind.PORTRAIT)
"""Those that work on a picture."""

_MENUS = {Kind.EDIT: "Edit image", Kind.STYLIZE: "Stylize image", Kind.PORTRAIT: "Make a portrait"}
_BUTTONS = {Kind.EDIT: "Edit", Kind.STYLIZE: "Style", Kind.PORTRAIT: "Portrait"}
_EMOJI = {Kind.EDIT: "✏️", Kind.STYLIZE: "🎨", Kind.PORTRAIT: "👤"}
