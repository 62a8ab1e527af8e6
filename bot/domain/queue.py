"""The queue as values: what waits for a place at Spark, and what fills the places, at one moment."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.domain.prices import PriceKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits for its turn."""

    job_id: int
    position: int
    user_id: int
    kind: PriceKind
    not_before: int
    """Unix milliseconds from which it may be sent; Spark's own wish, after it has refused it for now."""
    refused: bool = False
    """Whether Spark has: its person's later jobs wait with it, lest they overtake it."""


@dataclass(frozen=True, slots=True)
class AtSpark:
    """A task that fills a place."""

    job_id: int
    user_id: int
    kind: PriceKind
    submitted_at: int | None
    """Unix milliseconds; None where it is about to be sent."""


@dataclass(frozen=True, slots=True)
class Queue:
    """All that decides who is next, and when."""

    waiting: Sequence[Waiting]
    at_spark: Sequence[AtSpark]
    served: Mapping[int, int]
    """When each waiting person's newest task was sent, in Unix milliseconds; 0 where none ever was."""
    unpriced: Set[PriceKind]
    """What waits and was never paid for: few of it are sent until its price is known."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a job that is not done can expect."""

    ahead: int
    """How many other pictures begin before its first."""
    ready_at: float
    """Unix seconds; in the past where it takes longer than usual."""
