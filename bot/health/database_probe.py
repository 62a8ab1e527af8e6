"""Whether the database takes anything now: a small write, made now and then and whenever somebody asks."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from bot.domain.incidents import incident_id
from bot.domain.troubles import DATABASE, Trouble
from bot.health.troubles import Troubles
from bot.jobs.background import Background
from bot.store import DatabaseAway, DatabaseFull, WorkerStore
from spark.clock import Clock

_log = structlog.get_logger()
_EVERY: Final = 30.0
"""Seconds between probes that nobody asks for."""
_IN_TROUBLE_EVERY: Final = 5.0
"""The same while it is away or full; for so long nothing else may have failed before that is over."""
_PATIENCE: Final = 1.0
"""Real seconds for which a probe is waited for."""


class DatabaseProbe:
    """Tells that the database is away or full, from the first step that fails until a probe goes well.

    A probe waits for no other step: so a database that does not answer is told from steps that stand still.
    """

    def __init__(self, troubles: Troubles, clock: Clock) -> None:
        self._troubles = troubles
        self._clock = clock
        self._background = Background()
        self._failed_at = -math.inf
        self._refused_at = clock.monotonic()
        """When a probe last did not go well, or when it all began."""
        self._written_at: float | None = None
        self._probing: asyncio.Task[bool] | None = None
        self._following: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def watching(self, workers: WorkerStore) -> AsyncIterator[None]:
        """Make probes now and then while the block runs."""
        self._workers = workers
        self._background.spawn(self._now_and_then(), "probes of the database")
        try:
            yield
        finally:
            await self._background.cancel()
            if self._probing is not None:  # its file may be another process's in a moment
                await asyncio.wait([self._probing], timeout=_PATIENCE)

    @property
    def written_ago(self) -> float | None:
        """Tell how many seconds ago a probe went well; None where none has yet."""
        return None if self._written_at is None else self._clock.monotonic() - self._written_at

    @property
    def well_for(self) -> float:
        """Tell for how many seconds every probe has gone well."""
        return self._clock.monotonic() - self._refused_at

    @property
    def is_in_trouble(self) -> bool:
        """Whether a step has failed because the database is away or full, and that is not over."""
        return not DATABASE.isdisjoint(self._troubles.now())

    def failed(self, away: DatabaseAway) -> None:
        """Hear of a step that has failed because the database is away."""
        self._failed_at = self._clock.monotonic()
        kind = Trouble.DATABASE_FULL if isinstance(away, DatabaseFull) else Trouble.DATABASE_AWAY
        self._troubles.met(kind, reason=str(away))
        if self._following is None or self._following.done():
            self._following = self._background.spawn(self._until_over(), "probes of a database in trouble")

    async def goes_well(self) -> bool:
        """Tell whether a probe goes well; one that takes too long does not, and goes on for the next caller."""
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._probe(), name="probe of the database")
        probing = self._probing  # whoever shares it may begin the next one meanwhile
        await asyncio.wait([probing], timeout=_PATIENCE)
        well = probing.done() and probing.result()
        if not well:
            self._refused_at = self._clock.monotonic()
        return well

    async def _now_and_then(self) -> None:
        while True:
            await self.goes_well()
            await self._clock.sleep(_EVERY)

    async def _until_over(self) -> None:
        while self.is_in_trouble:
            await self._clock.sleep(_IN_TROUBLE_EVERY)
            await self.goes_well()

    async def _probe(self) -> bool:
        try:
            await self._workers.probe()
        except DatabaseAway:  # it was heard of
            return False
        except Exception as error:
            _log.exception("probe.broke", incident=incident_id(error))
            return False
        self._written_at = self._clock.monotonic()
        if self._written_at - self._failed_at >= _IN_TROUBLE_EVERY:
            self._troubles.over(*DATABASE)
        return True
