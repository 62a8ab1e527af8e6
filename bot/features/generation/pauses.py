"""Pauses between answers that anybody can bring about for nothing."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from spark.clock import Clock

_REMEMBERED: Final = 2000
"""How many answers are known at once; who floods from more accounts than that makes others' pauses shorter."""


class Pauses:
    """Remembers for how long nobody is answered again, by person and by place; in memory, within bounds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: OrderedDict[Hashable, float] = OrderedDict()

    def begin(self, **seconds_of: tuple[Hashable, float]) -> bool:
        """Begin a pause of some seconds for each key; False where one of them has a pause already."""
        now = self._clock.monotonic()
        pauses = {(kind, key): seconds for kind, (key, seconds) in seconds_of.items()}
        if any(self._until.get(key, now) > now for key in pauses):
            return False
        for key, seconds in pauses.items():
            self._until[key] = now + seconds
            self._until.move_to_end(key)
        while len(self._until) > _REMEMBERED:
            self._until.popitem(last=False)
        return True
