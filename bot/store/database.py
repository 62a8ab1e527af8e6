"""The database's engine: SQLite or PostgreSQL, read and write transactions, its one process, its migrations."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

_PROCESS_LOCK = 0x5BA4_0001
_MIGRATION_LOCK = 0x5BA4_0002
CLAIM_LOCK = 0x5BA4_0003
"""Keys of PostgreSQL advisory locks; arbitrary, but never to change."""


_PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,  # no file handles left, or its disk is not there
    }
)
"""SQLite's primary codes for what may go by; every other one is the statement's own fault."""
_UNUSABLE_CODES = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_PERM}
)
"""What a file may be that somebody else has to mend, seen when it is opened."""
_PASSING_STATES = ("08", "53", "57P0", "40001", "40P01")
"""PostgreSQL's codes for a lost connection, a server that is full, starting or ending, and for deadlocks."""


class DatabaseInUse(Exception):
    """Another process already serves this database."""


class DatabaseAway(Exception):
    """The database cannot be reached now; whether the last commit was made is not known."""


def driver_url(url: str) -> URL:
    """Map a plain `sqlite:///` or `postgresql://` address to its async driver; raises ValueError for others."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise ValueError("database.url: is no address; write sqlite:///path or postgresql://host/name") from None
    match parsed.get_backend_name():
        case "sqlite":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql":
            query = dict(parsed.query)
            if "sslmode" in query:  # libpq's name; asyncpg calls it ssl and takes the same words
                query["ssl"] = query.pop("sslmode")
            return parsed.set(drivername="postgresql+asyncpg", query=query)
        case other:
            raise ValueError(f"database.url: {other}:// is not supported; use sqlite:/// or postgresql://")


class Database:
    """One database: `reading()` and `writing()` are its only doors, and each is one transaction."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        """Build for an address as operators write it; `read_only` opens beside the process that serves it."""
        self._url = driver_url(url)
        self._read_only = read_only
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self._resources = AsyncExitStack()
        # SQLite has one writer; waiting for it in memory is faster than its busy handler's sleeps
        self._writer = asyncio.Lock() if self.is_sqlite else None
        self._engine = _engine(self._url, read_only=read_only)
        self._one_view = {"read_only": True} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}

    @property
    def _file(self) -> str:
        return self._url.database or ""

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
        with _outages(opening=True):
            await self._open(wait)

    async def _open(self, wait: float) -> None:
        async with AsyncExitStack() as opened:
            opened.push_async_callback(self._engine.dispose)
            if not self._read_only:
                await opened.enter_async_context(self._held_alone(wait))
                await self._migrate()
            self._resources = opened.pop_all()

    async def revisions(self) -> tuple[str | None, str | None]:
        """Give the revision of the tables that are there, and the newest one that this code knows."""
        async with self.reading() as connection:
            return await connection.run_sync(_revision), _newest_revision()

    async def close(self) -> None:
        """Close every connection and let other processes in."""
        await self._resources.aclose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a read transaction: one consistent view. Raises `DatabaseAway`."""
        with _outages():
            async with self._engine.connect() as connection:
                yield await connection.execution_options(**self._one_view)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a write transaction; it is committed at the end, or rolled back by an exception.

        Raises `DatabaseAway`.
        """
        with _outages():
            async with AsyncExitStack() as stack:
                if self._writer is not None:
                    await stack.enter_async_context(self._writer)
                yield await stack.enter_async_context(self._engine.begin())

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
                connection = await stack.enter_async_context(self._engine.connect())
                await _lock_session(connection, _PROCESS_LOCK, wait, self.address)
            yield

    async def _migrate(self) -> None:
        current, newest = await self.revisions()
        if current == newest:
            return
        if not self.is_sqlite:
            async with self.writing() as connection:
                await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
                await connection.run_sync(_upgrade)
            return
        # SQLite changes a table by copying it, and drops the old one although others refer to it
        engine = _engine(self._url, read_only=False, foreign_keys=False)
        try:
            async with engine.begin() as connection:
                before = await connection.run_sync(_revision)
                await connection.run_sync(_upgrade)
                if before != await connection.run_sync(_revision):
                    await _require_sound(connection)
        finally:
            await engine.dispose()


@contextmanager
def _outages(*, opening: bool = False) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        if _passes(error) or (opening and _sqlite_code(error) in _UNUSABLE_CODES):
            raise DatabaseAway(str(error.orig)) from error
        raise
    except (OSError, sa.exc.TimeoutError) as error:  # no connection came about
        raise DatabaseAway(str(error)) from error


def _passes(error: sa.exc.DBAPIError) -> bool:
    """Whether an error is the server's, the disk's or the connection's trouble and not the statement's."""
    if isinstance(error.orig, sqlite3.Error):
        return _sqlite_code(error) in _PASSING_CODES
    if error.connection_invalidated or _is_of_the_connection(error):
        return True
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return state.startswith(_PASSING_STATES)


def _sqlite_code(error: sa.exc.DBAPIError) -> int | None:
    """Give SQLite's primary code, without what extends it; None for another database's error."""
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _is_of_the_connection(error: sa.exc.DBAPIError) -> bool:
    # asyncpg has no class of its own for values that it cannot send: they are the statement's fault
    cause = error.orig.__cause__ if error.orig is not None else None
    return isinstance(error, sa.exc.InterfaceError) and not isinstance(cause, ValueError)


def migration_config(connection: Connection | None = None) -> Config:
    """Configure Alembic for this package's migrations, to run over `connection`."""
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    return config


@cache
def _newest_revision() -> str | None:
    return ScriptDirectory.from_config(migration_config()).get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def _require_sound(connection: AsyncConnection) -> None:
    """Raise where a row refers to one that is not there; a migration that leaves such rows is taken back."""
    broken = (await connection.execute(sa.text("PRAGMA foreign_key_check"))).first()
    if broken is not None:
        raise AssertionError(f"the migrations would leave a row of {broken[0]} that refers to no {broken[2]}")


def _upgrade(connection: Connection) -> None:
    command.upgrade(migration_config(connection), "head")


def _acquire(lock: FileLock, wait: float) -> None:
    Path(lock.lock_file).absolute().parent.mkdir(parents=True, exist_ok=True)
    lock.acquire(timeout=wait)


def _in_use(address: str, seen: str) -> str:
    return (
        f"another spark-bot already serves {address} ({seen}). "
        "Stop that process, or give this one another database.url."
    )


async def _lock_session(connection: AsyncConnection, key: int, wait: float, address: str) -> None:
    """Take an advisory lock for as long as `connection` lives; a killed process's own goes with its socket."""
    try:
        async with asyncio.timeout(wait):
            await connection.execute(sa.select(sa.func.pg_advisory_lock(key)))
    except TimeoutError:
        raise DatabaseInUse(_in_use(address, "its advisory lock is held")) from None
    await connection.commit()


def _engine(url: URL, *, read_only: bool, foreign_keys: bool = True) -> AsyncEngine:
    """Build an engine; what its errors tell holds no values, which are tokens and people's words."""
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    if read_only:
        url = url.set(database=f"file:{url.database}", query={"mode": "ro", "uri": "true"})
    engine = create_async_engine(url, connect_args={"timeout": 10}, hide_parameters=True)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's guess
        cursor = connection.cursor()
        checks = f"foreign_keys={'ON' if foreign_keys else 'OFF'}"
        for pragma in () if read_only else ("journal_mode=WAL", "synchronous=FULL", checks):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "invalidate")
    def roll_back(connection: Any, _record: object, _error: object) -> None:
        # closing alone would keep the write lock for as long as a cancelled statement is referred to
        connection.rollback()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        reading = read_only or connection.get_execution_options().get("read_only", False)
        # a deferred transaction that turns into a writer can fail at once with SQLITE_BUSY
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
