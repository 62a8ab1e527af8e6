"""What befalls the bots in a night, and when."""

import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_fixed

from benchmarks.night.seats import Seat
from benchmarks.stage import Contestant
from tests.databases import BundledServer

_HOUR: Final = 60.0
_DOWN: Final = 10.0
"""Seconds for which PostgreSQL is down, in a night of an hour."""

_PATIENTLY: Final = AsyncRetrying(
    retry=retry_if_exception_type(subprocess.SubprocessError),  # it takes longer than ten seconds
    wait=wait_fixed(2),
    stop=stop_after_attempt(10),
    reraise=True,
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong, and for how long; both in minutes."""

    name: str
    begins: float
    lasts: float
    begin: Callable[[], Awaitable[None]]
    end: Callable[[], Awaitable[None]]

    async def befall(self, tell: Callable[[str], None]) -> None:
        """Wait until it is time, let it happen, tell so, and mend it."""
        await asyncio.sleep(self.begins * 60)
        tell(f"{self.begins:4.1f} min: {self.name}")
        await self.begin()
        try:
            await asyncio.sleep(self.lasts * 60)
        finally:
            await self.end()


def troubles(minutes: float, bot: Contestant, server: BundledServer, seats: Sequence[Seat]) -> Sequence[Trouble]:
    """Give what befalls a night of so many minutes; it is quiet at its begin and at its end."""
    share = minutes / _HOUR

    async def crash() -> None:
        await asyncio.to_thread(server.crash)

    async def start() -> None:
        async for attempt in _PATIENTLY:
            with attempt:
                await asyncio.to_thread(server.start)

    async def drop() -> None:
        bot.discord.gateway.drop()

    async def nothing() -> None:
        pass

    restart = _DOWN / 60 * share
    return (
        Trouble("Spark away", 8 * share, 5 * share, bot.spark.go_away, bot.spark.come_back),
        Trouble("PostgreSQL restarted", 21 * share, restart, crash, start),
        Trouble("gateway dropped", 30 * share, 0.0, drop, nothing),
        Trouble("a process killed", 38 * share, 0.0, seats[-1].kill, nothing),
        Trouble("PostgreSQL restarted", 47 * share, restart, crash, start),
    )
