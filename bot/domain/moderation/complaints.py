"""Complaints: what members have reported of a result, and how moderators have answered that."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.jobs import Job
from bot.domain.moderation.actions import Action
from bot.domain.pictures.sources import MessageRef


class Grievance(StrEnum):
    """What is wrong with a picture, as whoever reports it chooses."""

    PERSON = "person"
    """It shows somebody who does not want that."""
    MINOR = "minor"
    """It harms somebody under age."""
    EXPLICIT = "explicit"
    VIOLENCE = "violence"
    HATE = "hate"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What one member says of a result."""

    user_id: int
    grievance: Grievance
    words: str | None
    at: int
    """Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A message with pictures of a job that members have reported, as moderators are told of it."""

    job: Job
    shown: MessageRef
    """The message itself."""
    complaints: Sequence[Complaint]
    """Oldest first; those of people who have erased their data are gone."""
    count: int
    """How many there have been."""
    acts: Sequence[Action]
    """What was done about the job, oldest first."""
    owner_blocked: bool
    cleared_by: int | None
    """Who found nothing wrong with it."""
    logged: MessageRef | None
    """Where moderators read of it, once they do."""
    version: int
    """It grows with whatever moderators are to see."""

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be decided about the message."""
        return self.cleared_by is not None or self.job.removed_at is not None
