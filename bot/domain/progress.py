"""How a job stands that is not done, and what hinders its delivery."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why Discord does not take something until somebody mends it, in words for its owner."""

    why: str
    """A clause that can follow "because" or a colon."""
    mend: str
    """What helps, as a clause that begins small."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a job's status message shows before there is a result."""

    painting: bool
    """Whether Spark works on it, or it waits."""
    ahead: int
    """How many other pictures wait before it."""
    ready_at: int
    """When the result is expected, in Unix seconds."""
    due: bool = False
    """Whether that time has come: it is there any moment now."""
    spark_away: bool = False
    """Whether Spark cannot be reached, so that nobody can tell when."""
