"""Words from outside as one line of visible text, since they end up in logs and before people."""

import unicodedata
from typing import Final

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control characters, signs that change how others are read, lone surrogates, and what ends a line."""
_JOINERS: Final = frozenset("\u200c\u200d")
"""Unseen too, but scripts and emoji are spelt with them."""


def one_line(text: str, longest: int) -> str:
    """Give what can be seen of a text on one line, `longest` characters of it and a mark where it is cut."""
    line = " ".join(seen(text, " ").split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def seen(text: str, instead: str = "") -> str:
    """Give a text with `instead` for each character that may not stand in a line."""
    if text.isprintable():
        return text
    return "".join(char if _is_seen(char) else instead for char in text)


def _is_seen(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in _UNSEEN
