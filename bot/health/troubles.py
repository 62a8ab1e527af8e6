"""What is wrong now: a line of the log when it begins, and one when it is over."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog

from bot.domain.troubles import Trouble
from spark.clock import Clock

_log = structlog.get_logger()


@dataclass(slots=True)
class _Lasting:
    since: float
    """On the monotonic clock."""
    affected: int = 0


class Troubles:
    """Those that last, however many jobs and attempts meet them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lasting: dict[Trouble, _Lasting] = {}

    def met(self, kind: Trouble, *, affected: int = 1, **told: object) -> None:
        """Count what has met it; the first time it has begun, and is `told` of in the log."""
        if (lasting := self._lasting.get(kind)) is None:
            lasting = self._lasting[kind] = _Lasting(self._clock.monotonic())
            _log.warning(kind.value, trouble="began", **told)
        lasting.affected += affected

    def over(self, *kinds: Trouble) -> None:
        """End those that last, and tell for how long they did, and how much has met them."""
        for kind in kinds:
            if (lasting := self._lasting.pop(kind, None)) is not None:
                seconds = round(self._clock.monotonic() - lasting.since, 1)
                _log.warning(kind.value, trouble="ended", seconds=seconds, affected=lasting.affected)

    def now(self) -> Mapping[Trouble, float]:
        """Give for how many seconds each has lasted."""
        now = self._clock.monotonic()
        return {kind: now - lasting.since for kind, lasting in self._lasting.items()}
