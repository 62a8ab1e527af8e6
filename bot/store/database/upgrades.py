"""The tables' revisions: which one is there, and the way to the newest."""

from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL, Connection

_MIGRATION_LOCK = 0x5BA4_0002
"""The key of an advisory lock; arbitrary, but never to change."""


def migration_config(connection: Connection | None = None) -> Config:
    """Configure Alembic for this package's migrations, to run over `connection`."""
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    return config


@cache
def newest_revision() -> str | None:
    """Give the newest revision that this code knows."""
    return ScriptDirectory.from_config(migration_config()).get_current_head()


def revision_of(url: URL) -> str | None:
    """Give the revision of the tables that are there; None where there are none."""
    engine = _engine(url, "BEGIN")
    try:
        with engine.connect() as connection:
            return _revision(connection)
    finally:
        engine.dispose()


def upgrade(url: URL) -> None:
    """Bring the tables to the newest revision in one transaction."""
    engine = _engine(url, "BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            before = _revision(connection)
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            command.upgrade(migration_config(connection), "head")
            if connection.dialect.name == "sqlite" and before != _revision(connection):
                _require_sound(connection)
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _require_sound(connection: Connection) -> None:
    """Raise where a row refers to one that is not there; a migration that leaves such rows is taken back.

    SQLite changes a table by copying it, and drops the old one although others refer to it: it must not look then.
    """
    broken = connection.execute(sa.text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise AssertionError(f"the migrations would leave a row of {broken[0]} that refers to no {broken[2]}")


def _engine(url: URL, sqlite_begin: str) -> sa.Engine:
    """Build an engine; what its errors tell holds no values, which are tokens and people's words."""
    engine = sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    if url.get_backend_name() == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def configure(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
            connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's guess

        @sa.event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(sqlite_begin)

    return engine
