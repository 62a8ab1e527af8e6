import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from sandbox.clock import MovableClock

T = TypeVar("T")


async def moved_on(clock: MovableClock, work: Awaitable[T], *, step: float = 60.0) -> T:
    """Wait for work, moving the clock on by `step` seconds whenever somebody sleeps on it."""
    working = asyncio.ensure_future(work)
    while not working.done():
        asleep = asyncio.create_task(clock.sleeper())
        await asyncio.wait({working, asleep}, return_when=asyncio.FIRST_COMPLETED)
        asleep.cancel()
        if not working.done():
            await clock.advance(step)
    return await working
