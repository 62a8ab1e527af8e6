"""A question to the owners of a picture: who would like to make what of it, and what they have said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.confirmation import Agreed
from bot.domain.jobs import Origin
from bot.domain.pictures.sources import MessageRef

ANSWERED_WITHIN: Final = 24 * 60 * 60_000
"""Milliseconds after which silence is a no."""
OPEN_MAX: Final = 3
"""How many questions of one person's may be open."""


class Verdict(StrEnum):
    """How a question has ended."""

    ALLOWED = "allowed"
    NO = "no"
    NEVER = "never"
    """No, and of this picture nobody is to ask again."""
    SILENCE = "silence"
    SET_ASIDE = "aside"
    """A restore from a backup found it open: what was answered since is not known."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an allowed question becomes."""

    origin: Origin
    agreed: Agreed


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the owners of a picture."""

    id: int
    """The snowflake of what was asked for; its job, where it becomes one, has the same."""
    guild_id: int
    asker_id: int
    owner_ids: tuple[int, ...]
    """Those who are asked; each has to allow it."""
    allowed_by: frozenset[int]
    kind: str
    title: str
    """The asker's words."""
    message: MessageRef
    """Where it is asked: the question's own message, or until that stands the one that it is to answer."""
    posted: bool
    """Whether its own message stands."""
    asked_at: int
    until: int
    """Until when it may be answered, in Unix milliseconds."""
    verdict: Verdict | None = None
    decided_by: int | None = None
    decided_at: int | None = None

    @property
    def open_to(self) -> tuple[int, ...]:
        """Name those who have not answered yet."""
        return tuple(each for each in self.owner_ids if each not in self.allowed_by)
