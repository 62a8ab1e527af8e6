"""A worker's lease: while it holds, nobody else takes over what the worker does."""

import asyncio
import os
import socket
import uuid
from collections.abc import Collection
from pathlib import Path
from typing import Final

import structlog

from bot.store import Place, Store
from spark.clock import Clock

_log = structlog.get_logger()
_LEASE: Final = 15.0
"""Seconds."""
_LEASE_MS: Final = int(_LEASE * 1000)
_RENEWED_EVERY: Final = _LEASE / 3
_MARGIN: Final = 2.0
"""Seconds before its end from which on nothing is begun that the next holder could begin too."""
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_PROCESSES: Final = Path("/proc/self/ns/pid")


class Lease:
    """Kept by the database's clock, and trusted by this process's own from the moment it was asked for."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.owner = str(uuid.uuid4())
        self._store = store
        self._clock = clock
        self._held_until = 0.0
        self._renewed = asyncio.Event()

    @property
    def holds(self) -> bool:
        """Whether nobody else can have taken over."""
        return not self._store.workers.shared or self._clock.monotonic() < self._held_until

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

    async def end(self) -> None:
        """Let others take over at once."""
        await self._store.workers.leave(self.owner)

    async def _register(self, here: Place) -> None:
        asked_at = self._clock.monotonic()
        await self._store.workers.register(self.owner, here, _LEASE_MS, self._clock.now_ms())
        self._hold(asked_at)

    def _hold(self, asked_at: float) -> None:
        self._held_until = asked_at + _LEASE - _MARGIN
        self._renewed.set()


def _has_ended(there: Place, here: Place) -> bool:
    same = there.machine is not None and there.machine == here.machine
    return same and not Path(f"/proc/{there.pid}").exists()


def _here() -> Place:
    try:
        # two containers on one kernel may well have the same numbers for their processes
        machine = f"{_BOOT.read_text().strip()} {_PROCESSES.stat().st_ino}"
    except OSError:  # not on Linux
        machine = None
    return Place(machine, socket.gethostname(), os.getpid())
