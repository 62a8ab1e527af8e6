"""Keeps this bot's requests below Discord's limit for all of them, so that it seldom has to refuse one.

A refused request costs as much as an answered one, counts toward the ban of an address, and after five in a row
discord.py gives up.
"""

import asyncio
from collections import deque
from types import SimpleNamespace

import aiohttp

from spark.clock import Clock

_REQUESTS = 50
_SECONDS = 1.05
"""A little more than Discord's second, since not every request is under way for the same time."""
_UNCOUNTED = ("/interactions/", "/webhooks/")
"""What is asked with an interaction's token does not count, and never waits."""


class Pace:
    """Has requests wait their turn; it hears of each from aiohttp."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turns = asyncio.Lock()
        self._sent: deque[float] = deque(maxlen=_REQUESTS)
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_start.append(self._wait)

    async def _wait(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, starting: aiohttp.TraceRequestStartParams
    ) -> None:
        if any(part in starting.url.raw_path for part in _UNCOUNTED):
            return
        async with self._turns:
            if len(self._sent) == _REQUESTS:
                await self._clock.sleep(self._sent[0] + _SECONDS - self._clock.monotonic())
            self._sent.append(self._clock.monotonic())
