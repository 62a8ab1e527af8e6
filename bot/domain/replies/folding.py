"""Words as they are compared: without case, accents, and the ways in which the same letter is written."""

import re
import unicodedata
from typing import Final

_MARKS: Final = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
"""Accents and the vowel signs of Arabic; those of Indic scripts are letters of their own."""
_SAME_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ı": "i", "ł": "l", "\ufe0f": None, "\u20e3": None}
)
_APOSTROPHE: Final = re.compile(r"['’`´](?=(?:s|t|m|re|ve|ll|d)\b)")


def folded(text: str) -> str:
    """Give a text in the form in which it is compared; "don't" and "dont" are one."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text.casefold())))
    return unicodedata.normalize("NFC", plain).translate(_SAME_LETTERS)


def letters_of(text: str) -> str:
    """Give the words of a text: letters and digits, with what belongs to them in their scripts."""
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split())
