"""Lets a test wait for something to come true, without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes those who wait whenever something in the sandbox has changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def announce(self) -> None:
        """Tell everyone who waits that something has changed."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def wait_for(self, predicate: Callable[[], T], timeout: float) -> T:  # noqa: ASYNC109  - a safety net in real seconds, whatever the sandbox's clock says
        """Return the predicate's first true value, looking again at each change.

        Raises:
            TimeoutError: it stayed false for `timeout` real seconds.

        """
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(timeout):
            while not (value := predicate()):
                waiter = loop.create_future()
                self._waiting.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiting.discard(waiter)
        return value
