"""What befalls a fleet, drawn at random: its processes die, stop, are cut off or replaced, its server falls."""

import asyncio
import random
import sys
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Final, TypeAlias

from tests.databases import BundledServer
from tests.kill.fleet import OVER, Seat

_Event: TypeAlias = Coroutine[None, None, None]
_APART: Final = 1.5
"""The most real seconds between one event and the next; they may well last longer."""
_DOWN: Final = 1.0
"""The most real seconds for which the server is down."""


class Havoc:
    """Plays one event after the other; what lasts goes on beside the next ones, in other seats."""

    def __init__(self, seats: list[Seat], server: BundledServer, rng: random.Random) -> None:
        self._server = server
        self._rng = rng
        self._untouched = set(seats)
        self._one_is_untouched = asyncio.Event()
        self._server_is_up = asyncio.Lock()

    async def play(self, times: int, between: Callable[[], None]) -> None:
        """Have so many things happen, `between` before each of them; returns when all of them are over."""
        async with asyncio.TaskGroup() as events:
            for _ in range(times):
                between()
                await asyncio.sleep(self._rng.uniform(0, _APART))
                name, event = await self._draw()
                sys.stdout.write(f"{name}\n")
                events.create_task(event)

    async def _draw(self) -> tuple[str, _Event]:
        """Draw what happens, and to whom; it is over for a seat before something else happens to it."""
        kind = self._rng.choice([*self._kinds, "the server falls"])
        if kind == "the server falls":
            return kind, self._restart()
        while not self._untouched:
            self._one_is_untouched.clear()
            await self._one_is_untouched.wait()
        seat = self._rng.choice(sorted(self._untouched, key=lambda seat: seat.name))
        self._untouched.discard(seat)
        return f"{seat.name} {kind}", self._befall(seat, self._kinds[kind])

    async def _befall(self, seat: Seat, event: Callable[[Seat], Awaitable[None]]) -> None:
        await event(seat)
        self._untouched.add(seat)
        self._one_is_untouched.set()

    @property
    def _kinds(self) -> Mapping[str, Callable[[Seat], Awaitable[None]]]:
        return {
            "is killed": self._kill,
            "is killed and lies there": self._kill_for_long,
            "stops": self._pause,
            "is cut off": Seat.cut,
            "hears nothing of its database": self._silence,
            "is replaced": Seat.deploy,
        }

    @staticmethod
    async def _kill(seat: Seat) -> None:
        await seat.bot.kill()
        await seat.begin()

    @staticmethod
    async def _kill_for_long(seat: Seat) -> None:
        await seat.bot.kill()
        await asyncio.sleep(OVER)
        await seat.begin()

    @staticmethod
    async def _pause(seat: Seat) -> None:
        seat.bot.pause()
        await asyncio.sleep(OVER)
        seat.bot.go_on()

    async def _silence(self, seat: Seat) -> None:
        """Hold back what goes to the database and comes from there; then let it come late, or never."""
        lost = self._rng.random() < 0.5
        seat.proxy.fall_silent()
        await asyncio.sleep(OVER)
        if lost:
            seat.proxy.cut()
        seat.proxy.mend()

    async def _restart(self) -> None:
        down = self._rng.uniform(0, _DOWN)
        async with self._server_is_up:
            await asyncio.to_thread(self._server.crash)
            try:
                await asyncio.sleep(down)
            finally:
                await asyncio.to_thread(self._server.start)
