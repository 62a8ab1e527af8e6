"""What somebody has made, page by page: all of it, what has some words, or favourites."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from bot.domain.jobs import Job
from bot.domain.queue import Expected


class Direction(StrEnum):
    """Which way a page lies from a mark."""

    NEWER = "newer"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Mark:
    """A job's place in the order of time; where two were asked for in the same millisecond, the ids decide."""

    accepted_at: int
    """Unix milliseconds."""
    job_id: int

    @classmethod
    def of(cls, job: Job) -> "Mark":
        """Give the place of a job."""
        return cls(job.accepted_at, job.id)


WAY = rf"(?:{'|'.join(Direction)}):[0-9]{{1,16}}:[0-9]{{1,20}}"
"""A pattern of what a `Way` writes."""


class Way(NamedTuple):
    """Where a page lies; as text, it stands in custom ids."""

    direction: Direction
    mark: Mark

    @classmethod
    def newer_than(cls, job: Job) -> "Way":
        """Give the way to what was asked for after a job."""
        return cls(Direction.NEWER, Mark.of(job))

    @classmethod
    def older_than(cls, job: Job) -> "Way":
        """Give the way to what was asked for before a job."""
        return cls(Direction.OLDER, Mark.of(job))

    @classmethod
    def parse(cls, written: str) -> "Way":
        """Read what `str` gives; whether there can be such a job is not looked at."""
        direction, accepted_at, job_id = written.split(":")
        return cls(Direction(direction), Mark(int(accepted_at), int(job_id)))

    def __str__(self) -> str:
        return f"{self.direction}:{self.mark.accepted_at}:{self.mark.job_id}"


SEARCHED_MAX: Final = 40
"""The most characters that are searched for: they stand in custom ids."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; anything, where nothing is said."""

    words: str = ""
    """All of them stand in what was asked for."""
    favourites: bool = False
    """Whether only what its person has marked, which others may have made."""

    @classmethod
    def of(cls, typed: str, *, favourites: bool) -> "Search":
        """Build it of what was typed."""
        return cls(" ".join(typed.split())[:SEARCHED_MAX].rstrip(), favourites)


_NEWEST: Final = "newest"
_FAVOURITES: Final = "f"
_ANY: Final = "a"
SPOT: Final = rf"(?:{_NEWEST}|{WAY})(?::[{_FAVOURITES}{_ANY}]:[^\n]{{0,{SEARCHED_MAX}}})?"
"""A pattern of what a `Spot` writes."""
_READ: Final = re.compile(rf"(?P<way>{_NEWEST}|{WAY})(?::(?P<kind>.):(?P<words>.*))?")


class Spot(NamedTuple):
    """A page of what somebody has made; as text, it stands in custom ids: `newest`, `older:…:…:f:red fox`."""

    way: Way | None = None
    """To the page; None is the newest."""
    search: Search = Search()

    @classmethod
    def parse(cls, written: str) -> "Spot":
        """Read what `str` gives."""
        found = _READ.fullmatch(written)
        if found is None:
            raise ValueError(f"is no spot: {written}")
        way = None if found["way"] == _NEWEST else Way.parse(found["way"])
        return cls(way, Search(found["words"] or "", favourites=found["kind"] == _FAVOURITES))

    def __str__(self) -> str:
        way, search = str(self.way or _NEWEST), self.search
        return way if search == Search() else f"{way}:{_FAVOURITES if search.favourites else _ANY}:{search.words}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A job, and since when a picture of it is kept that Discord has not taken."""

    job: Job
    kept_at: int | None
    """Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first."""

    entries: Sequence[Entry]
    newer: bool
    """Whether there are newer ones."""
    older: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A job as its owner is told of it."""

    job: Job
    expected: Expected | None
    """Set while it waits or is being made."""
    kept_until: int | None
    """Until when a picture that is not in Discord can still be had, in Unix seconds."""
    refused: bool
    """Whether Discord did not take it so far."""
    late: bool = False
    """Whether it was expected before now."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A page as its owner reads it."""

    lines: Sequence[Line]
    newer: bool
    older: bool
