"""Erasing what is kept of a person, on their own word, portion by portion, so that nobody waits for it."""

import random
from typing import Final

import structlog

from bot.domain.privacy import Erasure, Keeping
from bot.store import Store
from spark.clock import Clock

_log = structlog.get_logger()
_AT_ONCE: Final = 50
"""How many jobs one transaction erases; each may have a picture of some megabytes."""


class Privacy:
    """What a person may ask about their own data; `keeping` says how long it is kept by itself."""

    def __init__(self, store: Store, keeping: Keeping, clock: Clock, rng: random.Random) -> None:
        self.keeping = keeping
        self._store = store
        self._clock = clock
        self._rng = rng

    async def erase(self, user_id: int) -> Erasure:
        """Erase a person's data on all servers, wholly; raises `Refusal` where it cannot now."""
        await finish_erasure(self._store, user_id)  # what an earlier press has begun
        erasure = await self._store.erasures.begin(user_id, pseudonym(self._rng), self.now())
        await finish_erasure(self._store, user_id)
        _log.info("person.erased", jobs=erasure.jobs, repeated=erasure.repeated)
        return erasure

    def now(self) -> int:
        """Tell the time, in Unix milliseconds."""
        return self._clock.now_ms()


async def finish_erasure(store: Store, user_id: int) -> None:
    """Go on with a person's erasure until nothing is left; does nothing where none is under way."""
    while await store.erasures.go_on(user_id, _AT_ONCE):
        pass


def pseudonym(rng: random.Random) -> int:
    """Draw a number to stand for a person: negative, as nobody's id in Discord is."""
    return -1 - rng.getrandbits(62)
