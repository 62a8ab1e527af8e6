"""What a worker does again and again: round after round, whatever becomes of one."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from bot.domain.incidents import incident_id
from bot.jobs.background import Background
from bot.jobs.outages import pause_after
from bot.metrics import JobMetrics
from bot.store import DatabaseAway
from spark.clock import Clock

_log = structlog.get_logger()
_LONGEST_PAUSE: Final = 30.0
"""Seconds after a round that has failed again and again."""
_KEEPS_FAILING: Final = 2
"""Failures in a row from which on a round does not go well."""


class Rounds:
    """Those of one worker, and how they go."""

    def __init__(self, metrics: JobMetrics, clock: Clock) -> None:
        self._metrics = metrics
        self._clock = clock
        self._begun: list[asyncio.Task[None]] = []
        self._failures: Counter[str] = Counter()
        """How often each has failed in a row."""

    def begin(
        self,
        name: str,
        go_round: Callable[[], Awaitable[None]],
        wait: Callable[[], Awaitable[None]],
        background: Background,
        *,
        longest_pause: float = _LONGEST_PAUSE,
    ) -> None:
        """Go round after round in the background, waiting in between."""
        self._begun.append(background.spawn(self._for_ever(name, go_round, wait, longest_pause), name))

    def end(self) -> None:
        """Hear that they are ended on purpose."""
        self._begun.clear()

    @property
    def go_on(self) -> bool:
        """Whether none has ended that was begun."""
        return not any(each.done() for each in self._begun)

    @property
    def go_well(self) -> bool:
        """Whether they have begun, go on, and none keeps failing."""
        return bool(self._begun) and self.go_on and max(self._failures.values(), default=0) < _KEEPS_FAILING

    async def _for_ever(
        self,
        name: str,
        go_round: Callable[[], Awaitable[None]],
        wait: Callable[[], Awaitable[None]],
        longest_pause: float,
    ) -> None:
        """Go round after round; one that fails is logged, and the next one comes all the same."""
        while True:
            try:
                await go_round()
                self._failures[name] = 0
                await wait()
                continue
            except DatabaseAway as away:
                _log.debug("worker.round_put_off", round=name, reason=str(away))
            except Exception as error:
                _log.exception("worker.round_broke", round=name, incident=incident_id(error))
            self._failures[name] += 1
            self._metrics.round_failed(name)
            await self._clock.sleep(pause_after(self._failures[name], longest_pause))
