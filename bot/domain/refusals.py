"""The one error class that is for people; everything else is a bug."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Refuser(StrEnum):
    """Who says no: for the log, and for the record of what somebody was refused."""

    BOT = "This bot"
    SERVER = "This server"
    LIMIT = "The spending limit"
    SPARK = "Spark"
    DISCORD = "Discord"


class Remedy:
    """What one press does about a refusal; a button under it."""


@dataclass(eq=False)  # not frozen: Python itself sets an exception's traceback
class Refusal(Exception):
    """A clear "no" in two lines: what is so, and the way on."""

    refuser: Refuser
    so: str
    """What is so for whoever reads it: one short sentence."""
    way: str
    """What they can do now; where one press does it, a remedy comes with it."""
    in_public: tuple[str, str] | None = field(default=None, kw_only=True)
    """What stands for both lines where others read along; None where these are for everybody."""
    remedies: Sequence[Remedy] = field(default=(), kw_only=True)

    @property
    def text(self) -> str:
        """Write the refusal for a Discord message."""
        return _two_lines(self.so, self.way)

    @property
    def text_in_public(self) -> str:
        """Write the refusal for a message that others see too."""
        return self.text if self.in_public is None else _two_lines(*self.in_public)

    def __str__(self) -> str:
        return f"{self.refuser}: {self.so}"


class NoPicture(Refusal):
    """A refusal because no picture was found to work on; whoever sends one can go on."""


@dataclass(eq=False)
class ListedWords(Refusal):
    """A refusal because a text holds a word that its server or the operator lists."""

    used: str = field(kw_only=True, repr=False)
    """The whole text."""


def _two_lines(so: str, way: str) -> str:
    return f"**{so}**\n{way}"


@dataclass(frozen=True, slots=True)
class PastRefusal:
    """One thing that somebody was refused."""

    refuser: str
    what: str
    """What they were told was so; of older ones a clause that completes "… refused"."""
    at: int
    """Unix milliseconds."""

    @property
    def is_sentence(self) -> bool:
        """Whether it can stand by itself."""
        return self.what.endswith((".", "?", "!"))
