"""What a picture can show, by the words of all languages; what somebody writes is often of two."""

from collections.abc import Sequence
from typing import Final

from bot.domain.replies.languages import LANGUAGES
from bot.domain.replies.languages.table import Language

EMOJI: Final = "□"
"""Stands in a clause for an emoji of a thing: "add □"."""
_SPACED: Final = [language for language in LANGUAGES if not language.joined]
SCENES: Final = frozenset[str]().union(*(language.scenes for language in _SPACED))
THINGS: Final = frozenset[str]().union(*(language.things for language in _SPACED))
QUALITIES: Final = frozenset[str]().union(*(language.qualities for language in _SPACED))
_ENDINGS: Final = ("e", "er", "es", "en", "em", "s", "a", "as", "os", "i")
_STEM_MIN: Final = 4


def languages_of(spoken: Sequence[str]) -> list[Language]:
    """Give the languages that some words are most likely of: those that know most of them."""
    known = {each.name: sum(word in each.known for word in spoken) for each in _SPACED}
    most = max(known.values())
    return [each for each in _SPACED if known[each.name] == most]


def is_shown(word: str) -> bool:
    """Whether a word names anything that a picture can show."""
    return is_thing(word) or word in QUALITIES or is_scene(word) or _is_inflected(word)


def is_thing(word: str) -> bool:
    """Whether a word names a thing, or several."""
    return word == EMOJI or word in THINGS or word.removesuffix("s") in THINGS


def _is_inflected(word: str) -> bool:
    """Whether a word is one of them with another ending, as adjectives have them in most languages."""
    stems = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    forms = {stem + ending for stem in stems if len(stem) >= _STEM_MIN for ending in ("", "o", "e")}
    return bool(forms & QUALITIES or forms & SCENES)


def is_scene(word: str) -> bool:
    """Whether a word names a light, a place, a colour, a season, a style, or a shape."""
    return word in SCENES or ":" in word  # 16:9
