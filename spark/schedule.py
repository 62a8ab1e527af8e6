"""When to look at a running task: pure decisions, without a clock."""

from dataclasses import dataclass
from typing import Protocol


class Schedule(Protocol):
    """Decides when tasks are looked at, and hears how long they took."""

    def next_look(self, model: str, elapsed: float, progress: float | None = None) -> float:
        """Tell in how many seconds to look again at a task begun `elapsed` seconds ago.

        `progress` is what the last look told, 0 to 1, where it told any.
        """
        ...

    def record(self, model: str, duration: float) -> None:
        """Take note that a task was seen to have succeeded `duration` seconds after it began."""
        ...


@dataclass(frozen=True, slots=True)
class GrowingIntervals:
    """Looks again after a fixed share of the time already waited, so that a look is late by that share at most.

    Where Spark tells progress, the next look goes to the expected end, but no further from the plain interval
    than `trust` times: progress is seldom linear.
    """

    share: float = 0.15
    shortest: float = 1.0
    longest: float = 15.0
    trust: float = 3.0

    def next_look(self, model: str, elapsed: float, progress: float | None = None) -> float:  # noqa: ARG002 - one plan for all models
        """Tell in how many seconds to look again at a task begun `elapsed` seconds ago."""
        plain = self._bounded(elapsed * self.share)
        if not progress:
            return plain
        remaining = elapsed * (1 - progress) / progress
        return self._bounded(min(max(remaining, plain / self.trust), plain * self.trust))

    def record(self, model: str, duration: float) -> None:
        """Learn nothing: the intervals are the same whatever tasks took before."""

    def _bounded(self, seconds: float) -> float:
        return min(max(seconds, self.shortest), self.longest)
