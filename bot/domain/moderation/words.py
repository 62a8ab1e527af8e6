"""Words that a server or the operator lists, and whether a text holds one of them.

An entry is a word, some words in a row, or the beginning of a word: `part*`. Both sides are compared without case
and without what nobody sees; letters that somebody has set apart ("b a d", "b.a.d") are read together. In scripts
that write no spaces between words an entry may stand anywhere.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final, Self, TypeAlias

from bot.domain.budgets import Account
from bot.domain.visible_text import visible_text

ENTRIES_MAX: Final = 200
"""The most that a server lists."""
LIST_MAX: Final = 4000
"""The most characters of a server's list: as many as a form takes."""
ENTRY_MAX: Final = 60
"""The most characters of an entry."""
_BEGINNING_MIN: Final = 2
"""The fewest letters before a star: with one, a quarter of a language would be listed."""
_APART_MIN: Final = 3
"""The fewest letters set apart in which a listed word is found that is not all of them."""
_STAR: Final = "*"
_COMMENT: Final = "#"
_LOOSE_MARKS: Final = re.compile("[\u0300-\u036f]")
"""Accents and strokes that make no letter of their own with the one before them."""
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]"
)
"""Thai, Lao, Myanmar, Khmer, kana and Han: written without spaces between words."""

Row: TypeAlias = tuple[str, ...]
"""Words in a row."""


class Fault(Enum):
    """What is wrong with an entry."""

    TOO_LONG = auto()
    NO_WORD = auto()
    STAR_WITHIN = auto()
    TOO_SHORT_A_BEGINNING = auto()


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A line of a list that cannot be used."""

    number: int
    """From 1."""
    fault: Fault


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was read from a list of one entry a line."""

    entries: tuple[str, ...]
    """As they were written, each once."""
    faulty: tuple[FaultyLine, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a list; empty lines and those that begin with `#` are no entries."""
        entries: dict[str, None] = {}
        faulty = []
        for number, line in enumerate(text.splitlines(), start=1):
            entry = " ".join(visible_text(line).split())
            if not line.strip() or line.lstrip().startswith(_COMMENT):
                continue
            if fault := _fault(entry):
                faulty.append(FaultyLine(number, fault))
            else:
                entries.setdefault(entry)
        return cls(tuple(entries), tuple(faulty))


@dataclass(frozen=True, slots=True)
class UsedWords:
    """Words that were refused because some of them are listed, for moderators to see."""

    id: int
    account: Account
    kind: str
    """Of the order: `imagine`."""
    channel_id: int
    words: str
    at: int
    """Unix milliseconds."""


class WordList:
    """Entries, made ready to be looked for in many texts."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Build of entries that `ReadList` takes; others are left out."""
        self._whole: set[Row] = set()
        self._beginnings: set[Row] = set()
        self._anywhere: set[str] = set()
        for entry in entries:
            if _fault(entry) is None:
                self._add(_words_of(entry), begins=entry.endswith(_STAR))
        self._lengths = sorted({len(row) for row in self._whole})
        self._begun = {(len(row), len(row[-1])) for row in self._beginnings}
        # what is set apart is one word, whose end nobody knows
        self._apart = {row[0] for row in (*self._whole, *self._beginnings) if len(row) == 1}
        self._apart_lengths = {len(word) for word in self._apart}
        self._anywhere_lengths = {len(word) for word in self._anywhere}

    def __bool__(self) -> bool:
        """Whether anything is listed."""
        return bool(self._whole or self._beginnings or self._anywhere)

    def is_in(self, text: str) -> bool:
        """Whether a text holds a listed word."""
        if not self:
            return False
        words = _words_in(text)
        return (
            any(self._stands_at(words, start) for start in range(len(words)))
            or any(_holds(run, self._apart, self._apart_lengths, _APART_MIN) for run in _set_apart(words))
            or any(_holds(word, self._anywhere, self._anywhere_lengths) for word in filter(_is_unspaced, words))
        )

    def _add(self, row: Row, *, begins: bool) -> None:
        if len(row) == 1 and _is_unspaced(row[0]):
            self._anywhere.add(row[0])
        elif begins:
            self._beginnings.add(row)
        else:
            self._whole.add(row)

    def _stands_at(self, words: Sequence[str], start: int) -> bool:
        left = len(words) - start
        for length in self._lengths:
            if length <= left and tuple(words[start : start + length]) in self._whole:
                return True
        for length, letters in self._begun:
            if length <= left:
                *before, last = words[start : start + length]
                if (*before, last[:letters]) in self._beginnings:
                    return True
        return False


NO_WORDS: Final = WordList(())


@lru_cache(maxsize=256)
def word_list(entries: tuple[str, ...]) -> WordList:
    """Give the list of some entries; a server's is made ready once, and not for each order."""
    return WordList(entries)


def texts_in(params: Mapping[str, object]) -> Iterator[str]:
    """Give what a person has written among Spark's parameters: the prompt, and what stands on the picture."""
    logo = params.get("logo_info")
    written = (params.get("prompt"), logo.get("logo_text_content") if isinstance(logo, Mapping) else None)
    yield from (text for text in written if isinstance(text, str))


def _fault(entry: str) -> Fault | None:
    """Tell what is wrong with an entry; None where nothing is."""
    words = _words_of(entry)
    if len(entry) > ENTRY_MAX:
        return Fault.TOO_LONG
    if not words:
        return Fault.NO_WORD
    if _STAR in entry.removesuffix(_STAR) or entry.endswith(f" {_STAR}"):
        return Fault.STAR_WITHIN
    if entry.endswith(_STAR) and len(words[-1]) < _BEGINNING_MIN and not _is_unspaced(words[-1]):
        return Fault.TOO_SHORT_A_BEGINNING
    return None


def _words_of(entry: str) -> Row:
    """Give the words of an entry; one that is written letter by letter is the word that they make."""
    words = _words_in(entry)
    return ("".join(words),) if len(words) > 1 and all(map(_is_letter, words)) else tuple(words)


def _words_in(text: str) -> list[str]:
    """Give the words of a text in the form in which they are compared."""
    seen = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible_text(text)).casefold())
    plain = _LOOSE_MARKS.sub("", seen)
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in plain).split()


def _set_apart(words: Iterable[str]) -> Iterator[str]:
    """Give what is spelled by letters that stand alone, each run of them together."""
    run = ""
    for word in (*words, ""):
        if _is_letter(word):
            run += word
        else:
            if len(run) > 1:
                yield run
            run = ""


def _holds(text: str, words: Collection[str], lengths: Iterable[int], least: int = 1) -> bool:
    """Whether one of some words stands anywhere in a text: all of it, or `least` letters of it."""
    return text in words or any(
        text[start : start + length] in words
        for length in lengths
        if length >= least
        for start in range(len(text) - length + 1)
    )


def _is_letter(word: str) -> bool:
    return len(word) == 1 and not _is_unspaced(word)


def _is_unspaced(word: str) -> bool:
    return _UNSPACED.search(word) is not None
