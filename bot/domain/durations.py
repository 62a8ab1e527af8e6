"""How long a model's tasks take, told from those that have ended."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

_FIRST_SECONDS = 15.0
_PROMISED = 0.95
_MARGIN = 1.25
_A_BIT = 0.25
"""Of a usual duration: what is left of a task that has run for longer than any recent one."""


@dataclass(frozen=True, slots=True)
class Durations:
    """Seconds, from the recent tasks of one model."""

    recent: tuple[float, ...]
    """In order; never empty."""
    promised: float
    """What hardly any passes: whoever waits sees this time, and one that has passed must be shown anew."""
    mean: float
    """What adds up where many run one after the other."""

    @classmethod
    def of(cls, recent: Iterable[float]) -> Self:
        """Build from recent durations; where there are none, from a guess."""
        ordered = tuple(sorted(recent)) or (_FIRST_SECONDS,)
        promised = ordered[math.ceil(len(ordered) * _PROMISED) - 1] * _MARGIN
        return cls(ordered, promised, sum(ordered) / len(ordered))

    def left_after(self, elapsed: float) -> float:
        """Expect how long a task still runs: as those did that took longer than it has so far."""
        longer = [seconds - elapsed for seconds in self.recent if seconds > elapsed]
        return sum(longer) / len(longer) if longer else self.mean * _A_BIT
