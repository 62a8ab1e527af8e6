"""Rate limits: a bucket per route and channel, and fifty requests a second for the whole bot."""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from spark.clock import Clock


@dataclass(frozen=True, slots=True)
class Limit:
    """So many requests within so many seconds."""

    requests: int
    seconds: float


GLOBAL = Limit(50, 1.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass; its rate-limit headers, and how long to wait where it may not."""

    headers: Mapping[str, str] = field(default_factory=dict)
    retry_after: float | None = None
    everywhere: bool = False
    """Whether it is the limit for the whole bot that was hit."""


@dataclass(slots=True)
class _Window:
    limit: Limit
    clock_start: float
    real_start: float
    used: int = 0


class RateLimiter:
    """Counts requests in fixed windows.

    A window ends as soon as either the sandbox's clock or real time has passed it: clients wait for a reset in
    real seconds, also where a test's clock stands still.

    Args:
        clock: the sandbox's clock.
        real_time: the clock by which clients wait.
        enforced: False sends the headers and refuses nothing.

    """

    def __init__(self, clock: Clock, real_time: Clock, *, enforced: bool) -> None:
        self._clock = clock
        self._real_time = real_time
        self._enforced = enforced
        self._windows: dict[str, _Window] = {}

    def admit(self, route: str, major: str, limit: Limit | None, *, counts_globally: bool) -> Verdict:
        """Count a request and tell whether it may pass.

        Args:
            route: the route's template, with its method.
            major: the channel, guild or webhook that has a bucket of its own.
            limit: the route's own limit; None where only the global one applies.
            counts_globally: whether it counts against the limit of the whole bot.

        """
        if counts_globally and self._enforced and (wait := self._take("global", GLOBAL)[1]) > 0:
            return Verdict({"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}, wait, everywhere=True)
        if limit is None:
            return Verdict()
        bucket = hashlib.sha256(route.encode()).hexdigest()[:32]
        remaining, wait, reset_after = self._bucket(f"{bucket}:{major}", limit)
        headers = {
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": f"{self._clock.time() + reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{reset_after:.3f}",
            "X-RateLimit-Bucket": bucket,
        }
        if wait > 0:
            return Verdict({**headers, "X-RateLimit-Scope": "user"}, wait)
        return Verdict(headers)

    def _bucket(self, key: str, limit: Limit) -> tuple[int, float, float]:
        if not self._enforced:
            return limit.requests - 1, 0.0, limit.seconds
        remaining, wait = self._take(key, limit)
        return remaining, wait, self._left(self._windows[key])

    def _take(self, key: str, limit: Limit) -> tuple[int, float]:
        window = self._windows.get(key)
        if window is None or self._left(window) <= 0:
            starts = self._clock.monotonic(), self._real_time.monotonic()
            window = self._windows[key] = _Window(limit, *starts)
        if window.used >= limit.requests:
            return 0, self._left(window)
        window.used += 1
        return limit.requests - window.used, 0.0

    def _left(self, window: _Window) -> float:
        passed = max(
            self._clock.monotonic() - window.clock_start,
            self._real_time.monotonic() - window.real_start,
        )
        return window.limit.seconds - passed


def refusal_headers(verdict: Verdict) -> dict[str, str]:
    """Give the headers of a 429; without `Via` a client takes it for a ban."""
    return {
        **verdict.headers,
        "Retry-After": str(math.ceil(verdict.retry_after or 0)),
        "Via": "1.1 google",
    }


def refusal_body(retry_after: float, *, everywhere: bool) -> dict[str, object]:
    """Give the JSON body of a 429."""
    return {
        "message": "You are being rate limited.",
        "retry_after": round(retry_after, 3),
        "global": everywhere,
    }
