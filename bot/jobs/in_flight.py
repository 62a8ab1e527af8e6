"""Counting what must not be interrupted, so that an orderly end can wait for it."""

import asyncio


class InFlight:
    """Knows how many of something are under way: as many as blocks run `with` it."""

    def __init__(self) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()

    def __enter__(self) -> None:
        self._count += 1
        self._none.clear()

    def __exit__(self, *_: object) -> None:
        self._count -= 1
        if not self._count:
            self._none.set()

    async def landed(self, grace: float) -> bool:
        """Wait until none is under way, but no longer than `grace` real seconds; tell whether all came down."""
        try:
            async with asyncio.timeout(grace):
                await self._none.wait()
        except TimeoutError:
            return False
        return True
