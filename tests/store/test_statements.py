"""Every statement of the store, as both databases read it, and what becomes of values on the way."""

import sqlite3
import traceback
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.store import Database, Store
from bot.store.database import Statement, Transaction, given, is_among
from bot.store.database.statements import POSTGRESQL, SQLITE
from bot.store.schema import command_syncs, jobs, tasks
from tests.databases import rows
from tests.statements import STATEMENTS
from tests.store.scenes import CENT, accept


def test_the_statements_are_found() -> None:
    assert len(STATEMENTS) > 100


async def test_each_statement_fits_the_tables(database: Database) -> None:
    dialect = SQLITE if database.is_sqlite else POSTGRESQL

    def step(tx: Transaction) -> None:
        for name, statement in STATEMENTS.items():
            compiled = statement.on(dialect)
            of_postgresql = "pg_" in compiled.sql or "clock_timestamp" in compiled.sql
            if compiled.sql.startswith("LOCK") or (of_postgresql and database.is_sqlite):
                continue
            try:
                tx._cursor.execute(f"EXPLAIN {compiled.sql}", [None] * len(compiled.names))
            except Exception as error:
                raise AssertionError(f"{name}: {error}\n{compiled.sql}") from error

    await database.write(step)


_INSERT_SYNC = Statement(sa.insert(command_syncs))
_TASK = (tasks.c.job_id == 1, tasks.c.position == 1)
_SET_TASK = Statement(sa.update(tasks).where(*_TASK).values(given("params", "more_urls", "estimate_nano")))
_TASK_AS_IT_IS = Statement(sa.select(tasks.c.params, tasks.c.more_urls, tasks.c.estimate_nano).where(*_TASK))
_HAS_NO_MORE = Statement(sa.select(sa.func.count()).select_from(tasks).where(*_TASK, tasks.c.more_urls.is_(None)))
_SET_JOB = Statement(sa.update(jobs).values(given("spoiler", "title")))
_JOB_AS_IT_IS = Statement(sa.select(jobs.c.spoiler, jobs.c.title))


@pytest.mark.parametrize(
    ("params", "more_urls", "estimate_nano"),
    [
        ({}, None, 0),
        (
            {"prompt": "ein Fuchs'; -- 狐 %s :job_id", "seed": None, "scale": 0.5, "deep": [{"a": True}]},
            ["a", "b"],
            2**62,
        ),
    ],
)
async def test_values_come_back_as_they_went(
    database: Database, store: Store, params: dict[str, Any], more_urls: list[str] | None, estimate_nano: int
) -> None:
    await accept(store, 1)
    given_values = {"params": params, "more_urls": more_urls, "estimate_nano": estimate_nano}
    await database.write(lambda tx: tx.run(_SET_TASK, **given_values))
    row = await database.read(lambda tx: tx.one(_TASK_AS_IT_IS))
    assert row._asdict() == given_values
    assert await database.read(lambda tx: tx.value(_HAS_NO_MORE)) == (more_urls is None)


@pytest.mark.parametrize("spoiler", [False, True])
async def test_booleans_and_words_come_back_as_they_went(database: Database, store: Store, spoiler: bool) -> None:
    await accept(store, 1)
    await database.write(lambda tx: tx.run(_SET_JOB, spoiler=spoiler, title="100 % :sure"))
    row = await database.read(lambda tx: tx.one(_JOB_AS_IT_IS))
    assert row == (spoiler, "100 % :sure")
    assert row.spoiler is spoiler


async def test_what_stands_in_a_statement_stands_in_its_text(database: Database, store: Store) -> None:
    await accept(store, 1)
    odd = sa.literal("it's 100 % :sure")
    assert await rows(database, sa.select(odd, jobs.c.id).where(jobs.c.state == "open")) == [
        ("it's 100 % :sure", 1)
    ]


_AMONG = Statement(
    sa.select(tasks.c.position).where(is_among(tasks.c.position, "positions")).order_by(sa.text("1"))
)
_AMONG_WORDS = Statement(sa.select(jobs.c.id).where(is_among(jobs.c.title, "titles")))
_NOT_AMONG = Statement(sa.select(tasks.c.position).where(~is_among(tasks.c.position, "positions")))


async def test_lists_are_one_value(database: Database, store: Store) -> None:
    job = await accept(store, 1, prices=[CENT] * 3)
    assert job is not None

    def step(tx: Transaction) -> list[list[int]]:
        found = (
            tx.many(_AMONG, positions=[1, 3, 9]),
            tx.many(_AMONG, positions=[]),
            tx.many(_NOT_AMONG, positions=[1, 3]),
            tx.many(_AMONG_WORDS, titles=["no", job.title]),
        )
        return [[row[0] for row in each] for each in found]

    assert await database.read(step) == [[1, 3], [], [2], [1]]


@pytest.mark.parametrize("values", [{}, {"spoiler": True}, {"spoiler": True, "title": "a", "kind": "b"}])
async def test_a_statement_takes_what_it_asks_for_and_nothing_else(
    database: Database, values: dict[str, Any]
) -> None:
    with pytest.raises(TypeError, match=r"takes \['spoiler', 'title'\]"):
        await database.write(lambda tx: tx.run(_SET_JOB, **values))


_WORDS = "a red\nfox"
_NO_STATE = Statement(sa.update(jobs).values(**given("title"), state=None))
_NO_NUMBER = Statement(
    sa.update(jobs).values(given("title")).where(jobs.c.id == sa.bindparam("of_job", type_=sa.BigInteger))
)


async def test_an_error_of_a_row_holds_none_of_its_values(database: Database, store: Store) -> None:
    await accept(store, 1)
    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)) as refused:
        await database.write(lambda tx: tx.run(_NO_STATE, title=_WORDS))
    assert "state" in str(refused.value)
    assert "fox" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite takes words for a number
async def test_an_error_of_a_value_does_not_hold_it(database: Database) -> None:
    with pytest.raises(psycopg.DataError, match="InvalidTextRepresentation") as refused:
        await database.write(lambda tx: tx.run(_NO_NUMBER, title="b", of_job=_WORDS))
    assert "fox" not in "".join(traceback.format_exception(refused.value))


async def test_one_row_is_one_row(database: Database, store: Store) -> None:
    everything = Statement(sa.select(jobs.c.id))
    with pytest.raises(LookupError, match="no row where there is to be one"):
        await database.read(lambda tx: tx.one(everything))
    assert await database.read(lambda tx: tx.maybe(everything)) is None
    await accept(store, 1)
    assert await database.read(lambda tx: tx.value(everything)) == 1
    await accept(store, 2)
    with pytest.raises(LookupError, match="2 rows where there may be one"):
        await database.read(lambda tx: tx.maybe(everything))


@pytest.mark.parametrize("count", [0, 1, 101])
async def test_a_statement_is_run_once_for_each_of_some_values(database: Database, count: int) -> None:
    written = [
        {"application_id": 2**40 + n, "digest": f"% {n}", "synced_at": 2**n if n < 60 else n} for n in range(count)
    ]
    await database.write(lambda tx: tx.run_each(_INSERT_SYNC, written))
    found = await rows(database, sa.select(command_syncs).order_by(command_syncs.c.application_id))
    assert [row._asdict() for row in found] == written
