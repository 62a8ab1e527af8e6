"""The tables' revisions: which one is there, and the way to the newest."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection

from bot.store.database.failures import DatabaseUnusable
from bot.store.schema import metadata

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0018"
"""The last revision in `migrations/versions/`; Alembic, which knows it too, is loaded where it has work to do."""
_REVISIONS = "alembic_version"
_MIGRATION_LOCK = 0x5BA4_0002
"""The key of an advisory lock; arbitrary, but never to change."""


def migration_config(connection: Connection | None = None) -> "Config":
    """Configure Alembic for this package's migrations, to run over `connection`."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    return config


def revision_of(url: URL) -> str | None:
    """Give the revision of the tables that are there, None where there are none; raises `DatabaseUnusable`."""
    with _connected(url, "BEGIN") as connection:
        return _revision(connection)


def upgrade(url: URL) -> None:
    """Bring the tables to the newest revision, in one transaction, where they are not there yet."""
    if revision_of(url) == NEWEST:
        return
    from alembic import command

    with _connected(url, "BEGIN IMMEDIATE") as connection:
        before = _revision(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        command.upgrade(migration_config(connection), "head")
        if connection.dialect.name == "sqlite" and before != _revision(connection):
            _require_sound(connection)


def _revision(connection: Connection) -> str | None:
    """Read it; raises `DatabaseUnusable` where the tables are not of this code's making."""
    there = set(sa.inspect(connection).get_table_names())
    found: str | None = None
    if _REVISIONS in there:
        found = connection.scalar(sa.text(f"SELECT version_num FROM {_REVISIONS}"))  # noqa: S608 - our own name
    if found is None and (strange := there & metadata.tables.keys()):
        raise DatabaseUnusable(
            f"its table {min(strange)} is not of spark-bot's making; name a database of its own in database.url"
        )
    if found is not None and found > NEWEST:
        raise DatabaseUnusable(
            f"its tables are of revision {found}, and this spark-bot knows none after {NEWEST}; "
            "start the newer version that made them, or put a backup from before in their place"
        )
    return found


def _require_sound(connection: Connection) -> None:
    """Raise where a row refers to one that is not there; a migration that leaves such rows is taken back.

    SQLite changes a table by copying it, and drops the old one although others refer to it: it must not look then.
    """
    broken = connection.execute(sa.text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise AssertionError(f"the migrations would leave a row of {broken[0]} that refers to no {broken[2]}")


@contextmanager
def _connected(url: URL, sqlite_begin: str) -> Iterator[Connection]:
    """Open a transaction; its errors are the driver's own, without values, which are tokens and people's words."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    if url.get_backend_name() == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def configure(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
            connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's guess

        @sa.event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(sqlite_begin)

    try:
        with engine.begin() as connection:
            yield connection
    except sa.exc.DBAPIError as error:
        if error.orig is None:
            raise
        raise error.orig from None
    finally:
        engine.dispose()
