"""Databases for what is measured on PostgreSQL: empty ones, on a server of their own."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Final

from tests.databases import BundledServer, PostgreSQL, bundled_server

NO_POSTGRESQL: Final = (ImportError, OSError, RuntimeError, subprocess.SubprocessError)
"""What is raised where PostgreSQL cannot run."""


@asynccontextmanager
async def postgresql(count: int) -> AsyncIterator[Sequence[str]]:
    """Give the addresses of so many; they are opened and closed in a thread, since that runs a loop of its own."""
    async with postgresql_that_falls(count) as (_, urls):
        yield urls


@asynccontextmanager
async def postgresql_that_falls(count: int) -> AsyncIterator[tuple[BundledServer, Sequence[str]]]:
    """Give the addresses of so many, and the server; it has to be up again at the end."""
    resources = ExitStack()
    try:
        yield await asyncio.to_thread(resources.enter_context, _databases(count))
    finally:
        await asyncio.to_thread(resources.close)


@contextmanager
def _databases(count: int) -> Iterator[tuple[BundledServer, Sequence[str]]]:
    with bundled_server() as bundled, PostgreSQL.at(bundled.url) as server, ExitStack() as stack:
        yield bundled, [stack.enter_context(server.fresh()) for _ in range(count)]
