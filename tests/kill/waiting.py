"""Waiting for what a test needs to have happened; the limits only keep a broken test from hanging."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 30.0
"""Real seconds after which something that should happen is taken never to happen."""
_BETWEEN_READS = 0.1


async def within_patience(awaited: Awaitable[T]) -> T:
    """Give what is awaited; raises `TimeoutError` where it does not come."""
    return await asyncio.wait_for(awaited, PATIENCE)


async def eventually(
    read: Callable[[], Awaitable[T]], holds: Callable[[T], bool], patience: float = PATIENCE
) -> T:
    """Read until `holds` says yes: for what has no bell to wait on, such as another process's database."""
    async with asyncio.timeout(patience):
        while not holds(value := await read()):  # noqa: ASYNC110 - another process rings no bell here
            await asyncio.sleep(_BETWEEN_READS)
    return value
