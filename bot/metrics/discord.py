"""Discord: how it answered, and how near its refusals are to the number for which it bans an address."""

from collections import deque
from functools import cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge

from spark.clock import Clock

_REFUSED: Final = frozenset({401, 403, 429})
_WITHIN: Final = 600.0
"""Seconds in which 10,000 of them ban an address."""
_BAN: Final = 10_000


class DiscordMetrics:
    """Counts the answers to this process's requests by their status."""

    def __init__(self, registry: CollectorRegistry, clock: Clock) -> None:
        self._clock = clock
        self._answers = cache(
            Counter(
                "spark_bot_discord_requests",
                "Requests to Discord, by the status of the answer, or lost.",
                ["status"],
                registry=registry,
            ).labels
        )
        self._refused_at: deque[float] = deque(maxlen=_BAN)
        Gauge(
            "spark_bot_discord_refused_requests",
            "Answers 401, 403 and 429 within ten minutes; 10,000 ban an address.",
            registry=registry,
        ).set_function(self.refused_lately)

    def answered(self, status: int, *, shared: bool = False) -> None:
        """Count an answer; `shared` is a 429 for what others did, which does not count against an address."""
        self._answers(status).inc()
        if status in _REFUSED and not shared:
            self._refused_at.append(self._clock.monotonic())

    def lost(self) -> None:
        """Count a request that was not answered."""
        self._answers("lost").inc()

    def refused_lately(self) -> int:
        """Tell how many answers within ten minutes were refusals that count against an address."""
        since = self._clock.monotonic() - _WITHIN
        return sum(at > since for at in tuple(self._refused_at))
