"""A database of each older revision, with rows in all of its tables, comes up to date, and goes back as far."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from bot.store import AuditStore, Database, Store
from bot.store.database import migration_config
from tests.databases import outside
from tests.store import every_table
from tests.store.scenes import ANNA_ALONE, accept

Row: TypeAlias = Mapping[str, Any]
Tables: TypeAlias = Mapping[str, Sequence[Row]]


def of_everywhere(row: Row) -> bool:
    return str(row["scope"]) == "everywhere"


CHANGED: Mapping[str, Mapping[str, Callable[[Row], bool]]] = {
    "0012": {"totals": of_everywhere, "warnings": of_everywhere},
    "0005": {"ledger": lambda row: bool(row["job_id"] == every_table.RAISED)},
    "0004": {
        "results": lambda row: bool(row["position"] > 4),
        "tasks": lambda row: bool(row["job_id"] == every_table.CHARGED_FOR_NOTHING),
    },
    "0001": {"jobs": lambda row: bool(row["id"] == every_table.REPEATED)},
}
"""The rows that are not the same in the revision after: it adds them, or holds more of them."""
WRITTEN_ANEW = {"workers"}
"""At each start, and so some revisions empty it."""


def tables(connection: Connection) -> Tables:
    return {
        table: [dict(row) for row in connection.execute(sa.text(f"SELECT * FROM {table}")).mappings()]  # noqa: S608
        for table in sa.inspect(connection).get_table_names()
        if table != "alembic_version"
    }


def assert_alike(older: Tables, newer: Tables, *between: str) -> None:
    """What two revisions both know is the same in both: each row, by the columns that both have."""
    changed = {table: rows for revision in between for table, rows in CHANGED.get(revision, {}).items()}
    for table in (older.keys() & newer.keys()) - WRITTEN_ANEW:
        assert newer[table], (table, between)
        columns = sorted(older[table][0].keys() & newer[table][0].keys())
        one, other = (
            sorted(repr([row[column] for column in columns]) for row in rows if not changed.get(table, never)(row))
            for rows in (older[table], newer[table])
        )
        assert one == other, (table, between)


def never(_: Row) -> bool:
    return False


def an_old_worker(connection: Connection) -> None:
    """Write down the worker of a bot of before 0011, which empties that table both ways."""
    row = "INSERT INTO workers (id, host, pid, started_at, seen_at) VALUES ('old', 'host', 7, 1, 1)"
    connection.execute(sa.text(row))


async def test_each_revision_goes_back_and_comes_up_again_with_every_row(database_url: str) -> None:
    database = Database(database_url)
    await database.open()
    await every_table.fill(Store.over(database))
    await database.close()

    with outside(database_url) as connection:
        config = migration_config(connection)
        _, *revisions = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
        newer = tables(connection)
        for revision in revisions:
            command.downgrade(config, revision)
            if revision == "0010":
                an_old_worker(connection)
            older = tables(connection)
            assert [table for table, rows in older.items() if not rows] == [], revision
            assert_alike(older, newer, revision)
            command.upgrade(config, "+1")
            assert_alike(older, tables(connection), revision)
            command.downgrade(config, "-1")
            if revision == "0010":
                an_old_worker(connection)
            newer = older
    assert revisions[-1] == "0001"

    database = Database(database_url)
    await database.open()
    with outside(database_url) as connection:
        assert_alike(older, tables(connection), *revisions)
        if database.is_sqlite:  # which looks at references only where it is told to
            assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
    # what a task without a picture had cost stands in the ledger alone, after a time before 0005
    lost = f"task {every_table.CHARGED_FOR_NOTHING}-1 is failed with 1 reserve, 1 settle, 0 release"
    assert (await AuditStore(database).audit()).problems == (lost,)
    assert await accept(Store.over(database), every_table.FREE, ANNA_ALONE)
    await database.close()
