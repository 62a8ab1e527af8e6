"""Erasing what is kept of a person, on their own word."""

import random

import structlog

from bot.domain.privacy import Keeping
from bot.jobs.retention import pseudonym
from bot.store import Store
from spark.clock import Clock

_log = structlog.get_logger()


class Privacy:
    """What a person may ask about their own data; `keeping` says how long it is kept by itself."""

    def __init__(self, store: Store, keeping: Keeping, clock: Clock, rng: random.Random) -> None:
        self.keeping = keeping
        self._store = store
        self._clock = clock
        self._rng = rng

    async def erase(self, user_id: int) -> int:
        """Erase a person's data on all servers; of how many jobs. Raises `Refusal` where it cannot now."""
        erased = await self._store.privacy.erase(user_id, pseudonym(self._rng), self.now())
        _log.info("person.erased", jobs=erased)
        return erased

    def now(self) -> int:
        """Tell the time, in Unix milliseconds."""
        return int(self._clock.time() * 1000)
