"""One database, SQLite or PostgreSQL: its steps, its one process, its tables' revision."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import URL

from bot.store.database import upgrades
from bot.store.database.addresses import driver_url
from bot.store.database.failures import DatabaseAway, DatabaseInUse, DatabaseUnusable
from bot.store.database.transactions import Result, Step


class Engine(Protocol):
    """What the two databases have in common."""

    def outages(self, *, opening: bool = False) -> AbstractContextManager[None]:
        """Raise `DatabaseAway` for what may pass, `DatabaseUnusable` for what is to be mended."""
        ...

    async def require_rights(self, newest: str) -> None:
        """Raise `DatabaseUnusable` where tables of the `newest` revision could not be served, or made."""
        ...

    def held(self, wait: float) -> AbstractAsyncContextManager[None]:
        """Hold what only one process may have; raises `DatabaseInUse` after `wait` seconds."""
        ...

    async def is_held(self) -> bool:
        """Tell whether a process holds the database as its only one; never so where many share it."""
        ...

    async def open(self) -> None:
        """Connect."""
        ...

    async def close(self) -> None:
        """Let the steps end that have begun, and close every connection."""
        ...

    async def read(self, step: Step[Result]) -> Result:
        """Run a step over one consistent view."""
        ...

    async def write(self, step: Step[Result]) -> Result:
        """Run a step and commit it."""
        ...

    async def write_apart(self, step: Step[Result]) -> Result:
        """Run a step and commit it, over a connection that is opened for it."""
        ...

    async def listen(self, hear: Callable[[], None]) -> None:
        """Call `hear` for each notification of the others, and once at the beginning, until that cannot be."""
        ...


class Database:
    """One database: `read()` and `write()` are its only doors, and each runs a step whole, as one transaction."""

    def __init__(
        self,
        url: str,
        *,
        beside: bool = False,
        read_only: bool = False,
        on_step: Callable[[str, float], None] = lambda _step, _seconds: None,
        on_outage: Callable[[DatabaseAway], None] = lambda _: None,
    ) -> None:
        """Build for an address as operators write it.

        `beside` opens it beside the process that serves it, neither held nor migrated, for a few short steps:
        SQLite itself has them take turns with that one's. `read_only` does so to read alone. `on_step` hears of
        each step by its name, and after how many seconds it ended; `on_outage` of each that fails because the
        database is away.
        """
        self._on_outage = on_outage
        self._url = driver_url(url)
        self._beside = beside or read_only
        self.on_step = on_step
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = _engine(self._url, beside=self._beside, read_only=read_only)
        self._resources = AsyncExitStack()

    @property
    def file(self) -> Path | None:
        """Give SQLite's file; None for PostgreSQL."""
        return Path(self._url.database or "") if self.is_sqlite else None

    @property
    def address(self) -> str:
        """Name the database without its password."""
        plain = self._url.set(drivername=self._url.get_backend_name()).difference_update_query(["password"])
        return plain.render_as_string(hide_password=True)

    async def open(self, *, wait: float = 5.0) -> None:
        """Connect, once; unless it is beside another process, migrate, and hold a SQLite file alone from then on.

        Raises `DatabaseInUse` where another process still holds it after `wait` seconds, `DatabaseMissing` for a
        SQLite file that another process is to make, `DatabaseAway` and `DatabaseUnusable`, each with the address.
        """
        with self._naming_itself():
            async with AsyncExitStack() as opened:
                if not self._beside:
                    await self._engine.require_rights(upgrades.NEWEST)
                    await opened.enter_async_context(self.alone(wait))
                    await asyncio.to_thread(upgrades.upgrade, self._url)
                opened.push_async_callback(self._engine.close)
                await self._engine.open()
                self._resources = opened.pop_all()

    async def close(self) -> None:
        """Close every connection and let other processes in."""
        await self._resources.aclose()

    async def revisions(self) -> tuple[str | None, str]:
        """Give the revision of the tables that are there, and the newest one; raises as `open` does."""
        with self._naming_itself():
            return await asyncio.to_thread(upgrades.revision_of, self._url), upgrades.NEWEST

    async def require_rights(self) -> None:
        """Find out whether a process could serve it, and make its tables; raises as `open` does."""
        with self._naming_itself():
            await self._engine.require_rights(upgrades.NEWEST)

    async def is_held(self) -> bool:
        """Tell whether a process holds the SQLite file; PostgreSQL is shared."""
        with self._engine.outages():
            return await self._engine.is_held()

    async def read(self, step: Step[Result]) -> Result:
        """Run a step that only reads, over one consistent view. Raises `DatabaseAway`."""
        return await self._told(self._engine.read(step))

    async def write(self, step: Step[Result]) -> Result:
        """Run a step and commit it; where it raises, it is taken back.

        Raises `DatabaseAway`, and then nobody knows whether it was committed.
        """
        return await self._told(self._engine.write(step))

    async def write_apart(self, step: Step[Result]) -> Result:
        """Run a step as `write` does, over a connection of its own: it waits for none of the other steps.

        Raises `DatabaseAway`.
        """
        return await self._told(self._engine.write_apart(step))

    async def listen(self, hear: Callable[[], None]) -> None:
        """Call `hear` for each notification of the others, and once at the beginning. Raises `DatabaseAway`."""
        await self._told(self._engine.listen(hear))

    async def _told(self, answer: Awaitable[Result]) -> Result:
        try:
            return await answer
        except DatabaseAway as away:
            self._on_outage(away)
            raise

    @contextmanager
    def _naming_itself(self) -> Iterator[None]:
        try:
            with self._engine.outages(opening=True):
                yield
        except (DatabaseAway, DatabaseUnusable) as error:
            raise type(error)(f"{self.address}: {error}") from error.__cause__

    @asynccontextmanager
    async def alone(self, wait: float) -> AsyncIterator[None]:
        """Hold a SQLite file alone without opening it; raises `DatabaseInUse` as `open` does."""
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._engine.held(wait))
            except DatabaseInUse as seen:
                raise DatabaseInUse(
                    f"another spark-bot already serves {self.address} ({seen}). "
                    "Stop that process, or give this one another database.url."
                ) from None
            yield


def _engine(url: URL, *, beside: bool, read_only: bool) -> Engine:
    # the one that is not asked for is not imported: its driver takes ten megabytes
    if url.get_backend_name() == "sqlite":
        from bot.store.database.sqlite import SQLite

        return SQLite(url.database or "", beside=beside, read_only=read_only)
    from bot.store.database.postgresql import PostgreSQL

    return PostgreSQL(url.set(drivername="postgresql").render_as_string(hide_password=False))
