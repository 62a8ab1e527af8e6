"""Whose a picture is, and whether somebody else may work on it: rules without I/O."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.kinds import Kind
from bot.domain.pictures.sources import MessageRef


class PictureRule(StrEnum):
    """What a server says of other people's pictures."""

    OWN = "own"
    """Nobody works on them, whatever their owners say."""
    ASK = "ask"
    """Their owners are asked."""
    ANYONE = "anyone"
    """Anybody may, but for portraits, about which their owners are asked."""


class PictureWord(StrEnum):
    """What somebody says of all their pictures, on every server; it stands above `ASK` and `ANYONE`."""

    ASK = "ask"
    ANYONE = "anyone"
    NEVER = "never"


class Objection(StrEnum):
    """Why nobody else may work on a picture."""

    RULE = "rule"
    """The server's rule."""
    WORD = "word"
    """Its owner's word on all their pictures."""
    THIS_ONE = "this one"
    """Its owner's word on this one."""
    RESULTS = "results"
    """The word of whoever made it on all that they make."""
    OWNER_UNKNOWN = "owner unknown"
    """Its owner would have to be asked, and has had their data erased."""


@dataclass(frozen=True, slots=True)
class PictureOwner:
    """One of those whom a picture belongs to, and what they have said."""

    user_id: int
    """Not above 0 for somebody who has had their data erased."""
    word: PictureWord | None = None
    never: bool = False
    """Whether they have said "Never mine" of this picture, or one like it, on this server."""
    keeps_results: bool = False
    """Whether it is one of their results, on which nobody else may work."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose a picture is, as far as is known."""

    rule: PictureRule
    owners: Sequence[PictureOwner] = ()
    """Nobody for a picture made from words alone, and for one that no person has posted."""
    stands: Sequence[MessageRef] = ()
    """The messages that show it, as far as is known; that of its owner first."""


@dataclass(frozen=True, slots=True)
class Refused:
    """That somebody may not work on a picture."""

    objection: Objection
    owner_id: int


@dataclass(frozen=True, slots=True)
class Known:
    """A picture that is remembered on a server, for one of its owners."""

    owner_id: int
    posted_at: int
    """When its message was written, in Unix milliseconds."""
    message: MessageRef | None = None
    """The one that shows it; None for a file that came with a command."""
    never: bool = False
    settled_at: int | None = None
    """When a moderator has said that it is theirs, in Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A picture that is remembered on a server."""

    id: int
    """By which the database knows it."""
    posted: Sequence[Known]
    """For whom, the earliest first."""
    owner_ids: Collection[int]
    """Whose it is taken for now."""


def may_work_on(ownership: Ownership, kind: str, person_id: int) -> Refused | tuple[int, ...]:
    """Tell whose leave somebody needs to work on a picture; nobody's where it is free, or their own."""
    others = [owner for owner in ownership.owners if owner.user_id != person_id]
    for owner in others:
        if (objection := _objection(owner, ownership.rule)) is not None:
            return Refused(objection, owner.user_id)
    asked = [owner.user_id for owner in others if _is_asked(owner, ownership.rule, kind)]
    if unknown := [owner_id for owner_id in asked if owner_id <= 0]:
        return Refused(Objection.OWNER_UNKNOWN, unknown[0])
    return tuple(asked)


def _objection(owner: PictureOwner, rule: PictureRule) -> Objection | None:
    if owner.never:
        return Objection.THIS_ONE
    if owner.keeps_results:
        return Objection.RESULTS
    if owner.word is PictureWord.NEVER:
        return Objection.WORD
    return Objection.RULE if rule is PictureRule.OWN else None


def _is_asked(owner: PictureOwner, rule: PictureRule, kind: str) -> bool:
    free = owner.word is PictureWord.ANYONE or (owner.word is None and rule is PictureRule.ANYONE)
    return kind == Kind.PORTRAIT or not free


def owners_of_known(known: Iterable[Known]) -> frozenset[int]:
    """Tell whose a picture is that was posted more than once: whom a moderator has named, else the earliest's.

    What stands above all is the latest word of a moderator. A picture of several has one entry for each.
    """
    known = list(known)
    settled = [each for each in known if each.settled_at is not None]
    if settled:
        return frozenset({max(settled, key=lambda each: each.settled_at or 0).owner_id})
    first = min((each.posted_at for each in known), default=0)
    return frozenset(each.owner_id for each in known if each.posted_at == first)


def never_by(known: Iterable[Known], owner_ids: Collection[int]) -> frozenset[int]:
    """Tell which of a picture's owners have said "Never mine"; nobody else's word counts."""
    return frozenset(each.owner_id for each in known if each.never and each.owner_id in owner_ids)
