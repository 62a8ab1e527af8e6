"""Words from outside as one line of visible text, since they end up in logs and before people."""

import unicodedata
from typing import Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control characters, signs that change how others are read, lone surrogates, and what ends a line."""
_JOINERS: Final = frozenset("\u200c\u200d")
"""Unseen too, but scripts and emoji are spelt with them."""


def one_line(text: str, longest: int) -> str:
    """Give what can be seen of a text on one line, `longest` characters of it and a mark where it is cut."""
    line = " ".join("".join(char if is_seen(char) else " " for char in text).split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def is_seen(char: str) -> bool:
    """Whether a character may stand in a line of text."""
    return char in _JOINERS or unicodedata.category(char) not in _UNSEEN
