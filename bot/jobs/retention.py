"""Letting go of what has been kept long enough, piece by piece, so that nobody waits for it."""

import random
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.domain.jobs import INTERACTION_TOKEN_LIFE
from bot.domain.privacy import Keeping
from bot.jobs.privacy import finish_erasure, pseudonym
from bot.store import Store

_log = structlog.get_logger()
_AT_ONCE = 200
"""How many rows one transaction erases."""

_DOUBLED_WITHIN = 3_600_000
"""Milliseconds within which several processes hear the same event."""


class Retention:
    """Erases what has been kept long enough; raises `DatabaseAway`, and can be asked again."""

    def __init__(self, store: Store, keeping: Keeping, rng: random.Random) -> None:
        self._store = store
        self._keeping = keeping
        self._rng = rng

    async def sweep(self, now: int) -> None:
        """Erase all that is due at `now`, in Unix milliseconds."""
        keeping, store = self._keeping, self._store
        await _all(partial(store.pending.forget, now - INTERACTION_TOKEN_LIFE, _AT_ONCE))
        await store.deliveries.forget_results(now - int(keeping.results * 1000))
        await store.images.forget(now - int(keeping.inputs * 1000))
        before = now - int(keeping.prompts * 1000)
        erased = await _all(lambda: store.privacy.erase_old(before, _AT_ONCE, now))
        await _all(partial(store.refusals.forget, before, _AT_ONCE))
        await _all(partial(store.hints.forget, before, _AT_ONCE))
        await _all(partial(store.ownership.forget, before, _AT_ONCE))
        await _all(partial(store.consents.forget, before, _AT_ONCE))
        await store.events.forget(now - _DOUBLED_WITHIN)
        if erased:
            _log.info("words.erased", jobs=erased, why="their time is over")
        while (user_id := await store.erasures.next(partial(pseudonym, self._rng), now)) is not None:
            await finish_erasure(store, user_id)
            _log.info("erasure.finished")


async def _all(erase: Callable[[], Awaitable[int]]) -> int:
    """Erase some until fewer than that were left; how many in all."""
    total = 0
    while (erased := await erase()) == _AT_ONCE:
        total += erased
    return total + erased
