"""One database, SQLite or PostgreSQL: its steps, its one process, its tables' revision."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import psycopg
import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.engine import URL

from bot.store.database import postgresql, upgrades
from bot.store.database.failures import DatabaseInUse, outages
from bot.store.database.postgresql import PostgreSQL
from bot.store.database.sqlite import SQLite
from bot.store.database.transactions import Result, Step

_PROCESS_LOCK = 0x5BA4_0001
"""The key of an advisory lock; arbitrary, but never to change."""


def driver_url(url: str) -> URL:
    """Map a plain `sqlite:///` or `postgresql://` address to its driver; raises ValueError for others."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ValueError("database.url: is no address; write sqlite:///path or postgresql://host/name") from None
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+pysqlite")
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise ValueError(f"database.url: {other}:// is not supported; use sqlite:/// or postgresql://")


class Database:
    """One database: `read()` and `write()` are its only doors, and each runs a step whole, as one transaction."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        """Build for an address as operators write it; `read_only` opens beside the process that serves it."""
        self._url = driver_url(url)
        self._read_only = read_only
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self._resources = AsyncExitStack()
        self._engine: SQLite | PostgreSQL

    @property
    def _file(self) -> str:
        return self._url.database or ""

    @property
    def _conninfo(self) -> str:
        return self._url.set(drivername="postgresql").render_as_string(hide_password=False)

    @property
    def address(self) -> str:
        """Name the database without its password."""
        plain = self._url.set(drivername=self._url.get_backend_name()).difference_update_query(["password"])
        return plain.render_as_string(hide_password=True)

    async def open(self, *, wait: float = 5.0) -> None:
        """Claim the database for this process and migrate it, unless it is read only.

        Raises `DatabaseInUse` where another process still holds it after `wait` seconds, `DatabaseAway`, and
        `FileNotFoundError` for a SQLite file that is to be read and is not there.
        """
        if self._read_only and self.is_sqlite and not await asyncio.to_thread(Path(self._file).is_file):
            raise FileNotFoundError(f"there is no {self._file}")
        with outages(opening=True):
            async with AsyncExitStack() as opened:
                if not self._read_only:
                    await opened.enter_async_context(self._held_alone(wait))
                    await asyncio.to_thread(self._migrate)
                await opened.enter_async_context(self._opened())
                self._resources = opened.pop_all()

    async def close(self) -> None:
        """Close every connection and let other processes in."""
        await self._resources.aclose()

    async def revisions(self) -> tuple[str | None, str | None]:
        """Give the revision of the tables that are there, and the newest one that this code knows."""
        with outages():
            return await asyncio.to_thread(upgrades.revision_of, self._url), upgrades.newest_revision()

    async def read(self, step: Step[Result]) -> Result:
        """Run a step that only reads, over one consistent view. Raises `DatabaseAway`."""
        return await self._engine.read(step)

    async def write(self, step: Step[Result]) -> Result:
        """Run a step and commit it; where it raises, it is taken back.

        Raises `DatabaseAway`, and then nobody knows whether it was committed.
        """
        return await self._engine.write(step)

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        if self.is_sqlite:
            self._engine = SQLite(self._file, read_only=self._read_only)
        else:
            self._engine = PostgreSQL(self._conninfo)
        try:
            await self._engine.open()
            yield
        finally:
            await self._engine.close()

    def _migrate(self) -> None:
        if upgrades.revision_of(self._url) != upgrades.newest_revision():
            upgrades.upgrade(self._url)

    @asynccontextmanager
    async def _held_alone(self, wait: float) -> AsyncIterator[None]:
        """Hold the database as its only process, so that nobody else adopts what this one is doing."""
        async with AsyncExitStack() as stack:
            if self.is_sqlite:
                lock = FileLock(f"{self._file}.lock", thread_local=False)
                try:
                    await asyncio.to_thread(_acquire, lock, wait)
                except Timeout:
                    raise DatabaseInUse(_in_use(self.address, f"{lock.lock_file} is held")) from None
                stack.callback(lock.release)
            else:
                # a killed process's lock goes with its socket
                connecting = asyncio.create_task(asyncio.to_thread(postgresql.connect, self._conninfo))
                stack.push_async_callback(_closed, connecting)
                try:
                    await asyncio.to_thread(_lock_session, await asyncio.shield(connecting), wait)
                except psycopg.errors.LockNotAvailable:
                    raise DatabaseInUse(_in_use(self.address, "its advisory lock is held")) from None
            yield


def _acquire(lock: FileLock, wait: float) -> None:
    Path(lock.lock_file).absolute().parent.mkdir(parents=True, exist_ok=True)
    lock.acquire(timeout=wait)


async def _closed(connecting: asyncio.Task[postgresql.Connection]) -> None:
    """Close a connection that may still be coming about, since whoever wanted it was cancelled."""
    with suppress(psycopg.Error):
        await asyncio.to_thread((await connecting).close)


def _lock_session(connection: postgresql.Connection, wait: float) -> None:
    connection.execute("SELECT set_config('lock_timeout', %s, false)", [f"{int(wait * 1000)}ms"])
    connection.execute("SELECT pg_advisory_lock(%s)", [_PROCESS_LOCK])


def _in_use(address: str, seen: str) -> str:
    return (
        f"another spark-bot already serves {address} ({seen}). "
        "Stop that process, or give this one another database.url."
    )
