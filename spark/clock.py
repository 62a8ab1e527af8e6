"""Time, as something that is handed in: production reads the system's, tests move their own."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """What this project needs of time."""

    def time(self) -> float:
        """Tell the wall clock, in seconds since the Unix epoch (UTC)."""
        ...

    def now_ms(self) -> int:
        """Tell the wall clock, in whole milliseconds since the Unix epoch (UTC)."""
        return int(self.time() * 1000)

    def monotonic(self) -> float:
        """Tell seconds from an arbitrary start; never goes back."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""
        ...


class SystemClock(Clock):
    """The machine's own time."""

    def time(self) -> float:
        """Tell the wall clock, in seconds since the Unix epoch (UTC)."""
        return time.time()

    def monotonic(self) -> float:
        """Tell seconds from an arbitrary start; never goes back."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait until `seconds` have passed on this clock."""
        await asyncio.sleep(seconds)
