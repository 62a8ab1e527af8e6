"""The record of what moderators did: who, when, what, to whom, why."""

from dataclasses import dataclass
from enum import StrEnum


class ActionKind(StrEnum):
    """What was done, or tried."""

    LIMIT = "limit"
    GRANT = "grant"
    BLOCK = "block"
    UNBLOCK = "unblock"
    SETTINGS = "settings"
    DELETE = "delete"
    HIDE = "hide"
    CLEAR = "clear"
    """Nothing was found wrong with what members had reported."""
    SETTLE = "settle"
    """Said whose a picture is."""
    WITHHOLD = "withhold"
    """AutoMod did not let a result stand."""
    RELEASE = "release"
    """Post a withheld result without its words, or keep it back."""
    EXPORT = "export"
    ERASE = "erase"
    """Somebody's data, on the operator's word; as an export of it, an action of no server (0) and nobody (0)."""
    ASK = "ask"
    """A member has asked for more than their limit."""
    LOOK = "look"
    """Asked to see somebody's spend; recorded only where it was refused."""


class About(StrEnum):
    """Whom or what an action is about."""

    MEMBER = "member"
    ROLE = "role"
    GUILD = "guild"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a moderator did, or was refused."""

    guild_id: int
    actor_id: int
    kind: ActionKind
    about: About
    subject_id: int
    """The member's, role's, server's or job's id."""
    what: str
    """What was done, in words that follow the actor's name: `set the limit for the day to $2.00`."""
    reason: str | None
    at: int
    """Unix milliseconds."""
    refused: bool = False
    """Whether it was tried without the right to it."""


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """An action as it stands in the record."""

    id: int
    action: Action
