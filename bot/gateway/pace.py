"""Keeps this bot's requests below Discord's limit for all of them, so that it seldom has to refuse one.

A refused request costs as much as an answered one, counts toward the ban of an address, and after five in a row
discord.py gives up. What is asked with an interaction's token does not count, and does not come by here.
"""

import asyncio
from collections import deque

from spark.clock import Clock

_REQUESTS = 50
_SECONDS = 1.05
"""A little more than Discord's second, since not every request is under way for the same time."""


class Pace:
    """Has requests wait their turn."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turns = asyncio.Lock()
        self._sent: deque[float] = deque(maxlen=_REQUESTS)

    async def turn(self) -> None:
        """Wait until one more request may be sent."""
        async with self._turns:
            if len(self._sent) == _REQUESTS:
                await self._clock.sleep(self._sent[0] + _SECONDS - self._clock.monotonic())
            self._sent.append(self._clock.monotonic())
