"""A worker among all that share its database: the lease that it holds, and what it hears of the others."""

import asyncio
import os
import socket
import uuid
from collections.abc import Collection
from pathlib import Path
from typing import Final

import structlog

from bot.domain.shards import Shards
from bot.store import News, Place, Store
from spark.clock import Clock

_log = structlog.get_logger()
_LEASE: Final = 15.0
"""Seconds."""
_LEASE_MS: Final = int(_LEASE * 1000)
_RENEWED_EVERY: Final = _LEASE / 3
_MARGIN: Final = 2.0
"""Seconds before its end from which on nothing is begun that the next holder could begin too."""
_NEWS_EVERY: Final = 1.0
"""Seconds after which a worker asks for news of the others, where no notification comes before."""
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_PROCESSES: Final = Path("/proc/self/ns/pid")


class Fleet:
    """One worker's part in it.

    Its lease is kept by the database's clock, and trusted by this machine's own from the moment it was asked for.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        """Build on a clock that runs as the database's does, whatever the rest of the bot is told of time."""
        self.owner = str(uuid.uuid4())
        self._store = store
        self._clock = clock
        self._held_until = 0.0
        self._renewed = asyncio.Event()
        self._notified = asyncio.Event()
        self._others = 0
        self.shards: Shards | None = None
        """Those that this process serves by now."""
        self._writing = asyncio.Lock()
        """Held by what writes them down, so that no older ones come last."""

    @property
    def shared(self) -> bool:
        """Whether others may work on the same database."""
        return self._store.workers.shared

    @property
    def size(self) -> int:
        """How many work on it now, as far as this one knows."""
        return 1 + self._others

    @property
    def holds(self) -> bool:
        """Whether nobody else can have taken over."""
        return not self.shared or self._clock.monotonic() < self._held_until

    async def begin(self) -> Collection[str]:
        """Write this worker down; give those whose process was on this machine, and is gone."""
        here = _here()
        known = await self._store.workers.known()
        await self._register(here)
        return {each.id for each in known if _has_ended(each.place, here)}

    async def renew(self) -> None:
        """Hold it for longer; where somebody else has taken over, begin anew with nothing in hand."""
        asked_at = self._clock.monotonic()
        if await self._store.workers.renew(self.owner, _LEASE_MS):
            self._hold(asked_at)
            return
        _log.error("lease.lost", worker=self.owner, why="it could not be renewed in time")
        await self._register(_here())

    async def until_renewal(self) -> None:
        """Wait until it is to be renewed."""
        await self._clock.sleep(_RENEWED_EVERY)

    async def until_it_holds(self) -> bool:
        """Wait while somebody else may have taken over; tell whether it was waited at all."""
        waited = False
        while not self.holds:
            waited = True
            self._renewed.clear()
            await self._renewed.wait()
        return waited

    async def listen(self) -> None:
        """Hear the notifications of the others, until the database is away."""
        await self._store.workers.listen(self._notified.set)

    async def news(self) -> News:
        """See what the others have left to do, and how many they are."""
        self._notified.clear()
        news = await self._store.workers.news(self.owner)
        self._others = news.others
        return news

    async def tell(self) -> None:
        """Have the others ask for news at once, as of what waits and cannot be claimed yet."""
        if self.size > 1:
            await self._store.workers.notify()

    async def until_news(self) -> None:
        """Wait for a notification, or a moment."""
        pauses = [
            asyncio.create_task(self._notification(), name="notification"),
            asyncio.create_task(self._clock.sleep(_NEWS_EVERY), name="moment"),
        ]
        try:
            await asyncio.wait(pauses, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pause in pauses:
                pause.cancel()

    async def write_shards(self) -> None:
        """Let others see which shards this process serves."""
        async with self._writing:
            if self.shards is not None:
                await self._store.workers.serve(self.owner, self.shards)

    async def leads(self) -> bool:
        """Whether this worker is the one of all that does what is done once."""
        return await self._store.workers.leads(self.owner)

    async def may_answer(self, event_id: int) -> bool:
        """Whether no other process answers an event that both have heard, as during a deploy."""
        return self.size == 1 or await self._store.events.take(event_id, self._clock.now_ms())

    async def hand_over(self) -> None:
        """Let others go on with the tasks at once; what is being posted stays this worker's."""
        await self._store.workers.hand_over(self.owner, str(uuid.uuid4()))

    async def end(self) -> None:
        """Let others take over at once."""
        await self._store.workers.leave(self.owner)

    async def _notification(self) -> None:
        await self._notified.wait()

    async def _register(self, here: Place) -> None:
        async with self._writing:
            asked_at = self._clock.monotonic()
            now = self._clock.now_ms()
            await self._store.workers.register(self.owner, here, _LEASE_MS, now, self.shards)
        self._hold(asked_at)

    def _hold(self, asked_at: float) -> None:
        self._held_until = asked_at + _LEASE - _MARGIN
        self._renewed.set()


def _has_ended(there: Place, here: Place) -> bool:
    if there.machine is None or there.machine != here.machine:
        return False
    try:
        # not by its folder in /proc, which may be hidden
        os.kill(there.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is another user's
        return False
    return False


def _here() -> Place:
    try:
        # two containers on one kernel may well have the same numbers for their processes
        machine = f"{_BOOT.read_text().strip()} {_PROCESSES.stat().st_ino}"
    except OSError:  # not on Linux
        machine = None
    return Place(machine, socket.gethostname(), os.getpid())
