"""A clock that stands still until somebody moves it, so that fifteen minutes pass in no time."""

import asyncio
import heapq
import itertools

from spark.clock import Clock

_START = 1_767_225_600.0  # 2026-01-01T00:00:00Z: every run sees the same dates


class MovableClock(Clock):
    """A clock that only `advance` moves; whoever sleeps on it wakes in the order of time."""

    def __init__(self, start: float = _START) -> None:
        self._start = start
        self._passed = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._somebody_sleeps = asyncio.Event()

    def time(self) -> float:
        """Tell the wall clock, in seconds since the Unix epoch (UTC)."""
        return self._start + self._passed

    def monotonic(self) -> float:
        """Tell the seconds that `advance` has moved this clock by."""
        return self._passed

    def set_back(self, seconds: float) -> None:
        """Turn the wall clock back, as an operator or a time server does; nobody's sleep gets longer."""
        self._start -= seconds

    async def sleep(self, seconds: float) -> None:
        """Wait until `advance` has moved the clock by `seconds`; zero or less only yields."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        wake = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._passed + seconds, next(self._order), wake))
        self._somebody_sleeps.set()
        await wake

    @property
    def next_wake(self) -> float | None:
        """Tell in how many seconds the next sleeper wakes; None where nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] - self._passed if self._sleepers else None

    async def sleeper(self) -> None:
        """Wait until somebody sleeps on this clock."""
        while self.next_wake is None:
            self._somebody_sleeps.clear()
            await self._somebody_sleeps.wait()

    async def advance(self, seconds: float) -> None:
        """Move the clock by `seconds`, waking each sleeper at its own moment."""
        end = self._passed + seconds
        while (gap := self.next_wake) is not None and self._passed + gap <= end:
            due, _, wake = heapq.heappop(self._sleepers)
            self._passed = max(self._passed, due)
            wake.set_result(None)
            await asyncio.sleep(0)  # lets the woken sleeper go to sleep again before time moves on
        self._passed = end
        await asyncio.sleep(0)

    async def leap(self, seconds: float) -> None:
        """Move the clock at once, as for a machine that was asleep: whoever is due meanwhile wakes at the end."""
        self._passed += seconds
        await self.advance(0)
