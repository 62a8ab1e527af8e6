import asyncio
import os
import socket
import sqlite3
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.store import (
    Database,
    DatabaseAway,
    DatabaseFull,
    DatabaseInUse,
    DatabaseMissing,
    DatabaseUnusable,
    Store,
)
from bot.store.database import Statement, Transaction, driver_url, given
from bot.store.database.postgresql import _connected
from bot.store.database.statements import POSTGRESQL
from bot.store.schema import command_syncs, workers
from tests.databases import INTEGRITY_ERRORS, change, outside, rows
from tests.jobs.proxy import Proxy
from tests.store.scenes import NOW, accept, contents, got, insert

HOLDER = """
import asyncio, sys
from bot.store import Database

async def hold():
    await Database(sys.argv[1]).open()
    print("held", flush=True)
    await asyncio.Event().wait()

asyncio.run(hold())
"""

NUMBERS = [0, -1, 2**15, 2**31, 2**62]
"""As many as there are sizes of numbers."""


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.fixture
async def holder(sqlite_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that serves the database."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, sqlite_url, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"held\n"
    yield process
    if process.returncode is None:
        process.kill()
    await process.wait()


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///data/bot.db", "sqlite+pysqlite:///data/bot.db"),
        ("sqlite:////var/lib/bot.db", "sqlite+pysqlite:////var/lib/bot.db"),
        ("postgresql://bot:pw@db/bot", "postgresql+psycopg://bot:pw@db/bot"),
        ("postgresql://bot@db:5433/bot", "postgresql+psycopg://bot@db:5433/bot"),
        ("postgresql://bot@/bot?host=/run", "postgresql+psycopg://bot@/bot?host=%2Frun"),
        ("postgresql://db/bot?sslmode=require", "postgresql+psycopg://db/bot?sslmode=require"),
        ("postgresql://db/bot?sslmode=verify-full", "postgresql+psycopg://db/bot?sslmode=verify-full"),
    ],
)
def test_an_operators_address_is_mapped_to_its_driver(url: str, driver: str) -> None:
    assert driver_url(url).render_as_string(hide_password=False) == driver


@pytest.mark.parametrize(("url", "named"), [("mysql://db/bot", "mysql"), ("postgres://db/bot", "postgres")])
def test_another_database_is_refused_by_its_name(url: str, named: str) -> None:
    with pytest.raises(ValueError, match=f"{named}:// is not supported; use sqlite:/// or postgresql://"):
        driver_url(url)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("sqlite:///data/bot.db", "sqlite:///data/bot.db"),
        ("postgresql://bot:s3cret@db:5433/bot", "postgresql://bot:***@db:5433/bot"),
        ("postgresql://db/bot?user=bot&password=s3cret", "postgresql://db/bot?user=bot"),
    ],
)
async def test_a_databases_address_is_told_without_its_password(url: str, address: str) -> None:
    assert Database(url).address == address


# invariant I12
async def test_a_second_process_is_turned_away_until_the_first_is_killed(
    sqlite_url: str, holder: asyncio.subprocess.Process
) -> None:
    second = Database(sqlite_url)
    with pytest.raises(DatabaseInUse) as refused:
        await second.open(wait=0.2)
    assert f"another spark-bot already serves {second.address}" in str(refused.value)

    holder.kill()
    await holder.wait()

    await second.open()
    assert await accept(Store.over(second), 1)
    await second.close()


async def test_a_second_opener_is_turned_away_until_the_first_closes(sqlite_url: str) -> None:
    first, second = Database(sqlite_url), Database(sqlite_url)
    await first.open()
    with pytest.raises(DatabaseInUse):
        await second.open(wait=0.2)

    await first.close()

    await second.open()
    await second.close()


async def test_whoever_waits_gets_the_database_when_it_becomes_free(sqlite_url: str) -> None:
    first, second = Database(sqlite_url), Database(sqlite_url)
    await first.open()
    waiting = asyncio.create_task(second.open(wait=60))
    await asyncio.sleep(0)
    assert not waiting.done()

    await first.close()

    await waiting
    await second.close()


async def test_a_reader_beside_the_process_that_serves_sees_what_it_has_written(
    database_url: str, database: Database, store: Store
) -> None:
    await accept(store, 1)
    beside = Database(database_url, read_only=True)
    await beside.open()

    assert await Store.over(beside).jobs.get(1) == await got(store, 1)
    assert await Store.over(beside).ledger.differences() == []
    assert await contents(beside) == await contents(database)

    await beside.close()


async def test_a_reader_creates_no_database(tmp_path: Path) -> None:
    beside = Database(f"sqlite:///{tmp_path}/none.db", read_only=True)

    with pytest.raises(DatabaseMissing):
        await beside.open()

    assert files_in(tmp_path) == []


async def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new/data/bot.db")

    await database.open()
    await database.close()

    assert "bot.db" in files_in(tmp_path / "new" / "data")


async def test_a_read_sees_one_moment_whatever_is_written_meanwhile(database: Database) -> None:
    count = Statement(sa.select(sa.func.count()).select_from(command_syncs))
    row = {"digest": "abc", "synced_at": NOW}
    await insert(database, command_syncs, {"application_id": 1, **row})
    loop = asyncio.get_running_loop()

    def look_twice(tx: Transaction) -> tuple[int, int]:
        before = tx.value(count)
        writing = insert(database, command_syncs, {"application_id": 2, **row})
        asyncio.run_coroutine_threadsafe(writing, loop).result()
        return before, tx.value(count)

    assert await database.read(look_twice) == (1, 1)
    assert await database.read(lambda tx: tx.value(count)) == 2


async def test_a_failed_write_leaves_nothing(database: Database) -> None:
    before = await contents(database)
    row = {"application_id": 1, "digest": "abc", "synced_at": NOW}

    with pytest.raises(INTEGRITY_ERRORS):
        await insert(database, command_syncs, row, {**row, "digest": None})

    assert await contents(database) == before


async def test_sqlite_survives_the_loss_of_power_and_holds_its_references(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.open()
    asked = {
        name: Statement(sa.text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
    }
    pragmas = await database.write(lambda tx: {name: tx.value(pragma) for name, pragma in asked.items()})
    await database.close()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_lost_connection_is_told_and_the_next_one_is_used(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()

    def lose_the_connection(tx: Transaction) -> None:
        pid = tx.value(Statement(sa.select(sa.func.pg_backend_pid())))
        with outside(postgresql_url) as other:
            assert other.scalar(sa.select(sa.func.pg_terminate_backend(pid)))
        tx.value(Statement(sa.select(1)))

    with pytest.raises(DatabaseAway):
        await database.write(lose_the_connection)

    assert await accept(Store.over(database), 1)
    await database.close()


async def test_a_statement_is_prepared_once_whatever_its_values(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    given = Statement(sa.select(sa.bindparam("number", type_=sa.BigInteger)))
    text = given.on(POSTGRESQL).sql
    prepared = Statement(sa.text("SELECT count(*) FROM pg_prepared_statements WHERE statement = :text"))

    def step(tx: Transaction) -> tuple[list[int], int]:
        return [tx.value(given, number=number) for number in NUMBERS], tx.value(prepared, text=text)

    assert await database.read(step) == (NUMBERS, 1)
    await database.close()


async def test_a_table_that_was_changed_since_is_away_and_no_bug(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    asked = sa.select(command_syncs.c.digest)
    assert await rows(database, asked) == []
    with outside(postgresql_url) as other:
        other.execute(sa.text("ALTER TABLE command_syncs ALTER digest TYPE varchar(99)"))
    with pytest.raises(DatabaseAway, match="must not change result type"):
        await rows(database, asked)
    assert await rows(database, asked) == []
    await database.close()


async def test_a_close_that_is_cancelled_closes_every_connection_all_the_same(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, connections = psycopg.connect, list[psycopg.Connection[Any]]()

    def watched(*args: Any, **options: Any) -> psycopg.Connection[Any]:
        connections.append(connect(*args, **options))
        return connections[-1]

    monkeypatch.setattr(psycopg, "connect", watched)
    database = Database(postgresql_url, read_only=True)
    await database.open()
    loop, gate = asyncio.get_running_loop(), threading.Event()
    loop.set_default_executor(ThreadPoolExecutor(1))
    loop.run_in_executor(None, gate.wait)
    closing = asyncio.ensure_future(database.close())
    await asyncio.sleep(0)
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    gate.set()
    await loop.shutdown_default_executor()
    assert [connection.closed for connection in connections] == [True]


@pytest.mark.parametrize("read_only", [False, True])
async def test_a_server_that_does_not_answer_is_away(closed_port: int, read_only: bool) -> None:
    database = Database(f"postgresql://bot@127.0.0.1:{closed_port}/bot", read_only=read_only)

    with pytest.raises(DatabaseAway):
        await database.open()


@pytest.mark.parametrize("door", [Database.read, Database.write])
async def test_a_server_that_no_longer_answers_is_away(
    door: Callable[[Database, Callable[[Transaction], None]], Coroutine[Any, Any, None]], postgresql_url: str
) -> None:
    async with Proxy(postgresql_url) as proxy:
        database = Database(proxy.url)
        await database.open()
        proxy.cut()

        with pytest.raises(DatabaseAway):
            await door(database, lambda _: None)

        await database.close()


@pytest.mark.parametrize(("said", "seconds"), [({}, 10), ({"keepalives_idle": "60"}, 60)], ids=["usual", "chosen"])
async def test_a_connection_looks_whether_the_server_is_still_there(
    postgresql_url: str, said: dict[str, str], seconds: int
) -> None:
    async with Proxy(postgresql_url) as proxy:
        url = sa.make_url(proxy.url).update_query_dict(said).render_as_string(hide_password=False)
        connection = await asyncio.to_thread(_connected, url)
        with connection, socket.socket(fileno=os.dup(connection.fileno())) as used:
            assert used.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == seconds
            assert used.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 25_000


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as bound:  # but nobody listens, and nobody else can
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


@pytest.mark.parametrize("state", ["57P03", "57P01", "53300", "40P01", "08006", "25P03"])
async def test_a_server_in_trouble_is_away_and_no_bug(postgresql_url: str, state: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    raising = sa.text(f"DO $$ BEGIN RAISE EXCEPTION 'trouble' USING ERRCODE = '{state}'; END $$")
    with pytest.raises(DatabaseAway):
        await change(database, raising)
    await database.close()


async def test_a_broken_statement_is_a_bug_and_no_outage(database: Database) -> None:
    with pytest.raises(INTEGRITY_ERRORS):
        await change(database, sa.text("INSERT INTO workers (id) VALUES (NULL)"))


async def test_a_statement_that_sqlite_cannot_parse_is_a_bug_and_no_outage(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.open()
    deep = " OR ".join(f"id = {number}" for number in range(2000))
    with pytest.raises(sqlite3.OperationalError, match="Expression tree is too large"):
        await rows(database, sa.text(f"SELECT 1 FROM jobs WHERE {deep}"))  # noqa: S608 - numbers alone
    await database.close()


async def test_a_full_disk_is_away_and_no_bug(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.open()
    [(pages,)] = await rows(database, sa.text("PRAGMA page_count"))
    await change(database, sa.text(f"PRAGMA max_page_count = {pages}"))
    row = {"host": "x" * 200, "pid": 1, "started_at": 1}
    with pytest.raises(DatabaseFull, match="full"):
        await insert(database, workers, *({"id": str(number), **row} for number in range(1000)))
    await database.close()


async def test_a_server_whose_disk_is_full_is_told_as_full(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    raising = sa.text("DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
    with pytest.raises(DatabaseFull, match="no space left"):
        await change(database, raising)
    await database.close()


_ADD = Statement(sa.insert(workers).values(given("id", "host", "pid", "started_at")))


async def test_a_step_apart_is_committed_or_taken_back_as_any_other(database: Database) -> None:
    row = {"host": "", "pid": 1, "started_at": 1}

    def breaks(tx: Transaction) -> None:
        tx.run(_ADD, id="1", **row)
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        await database.write_apart(breaks)
    assert await database.write_apart(lambda tx: tx.run(_ADD, id="2", **row)) == 1
    assert await rows(database, sa.select(workers.c.id)) == [("2",)]


async def test_each_step_that_fails_because_the_database_is_away_is_heard_of(postgresql_url: str) -> None:
    heard: list[DatabaseAway] = []
    async with Proxy(postgresql_url) as proxy:
        database = Database(proxy.url, on_outage=heard.append)
        await database.open()
        with pytest.raises(ValueError, match="a bug"):
            await database.write(_broken)
        assert heard == []
        proxy.cut()
        for door in (database.read, database.write, database.write_apart):
            with pytest.raises(DatabaseAway):
                await door(lambda _: None)
        assert len(heard) == 3
        await database.close()


def _broken(_tx: Transaction) -> None:
    raise ValueError("a bug")


async def test_a_file_that_is_no_database_is_told_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(b"not a database " * 100)
    with pytest.raises(DatabaseUnusable, match="the file is no SQLite database"):
        await Database(f"sqlite:///{path}").open()


async def test_a_value_that_postgresql_does_not_take_is_a_bug_and_no_outage(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    await database.open()
    with pytest.raises(psycopg.DataError, match="NumericValueOutOfRange"):
        await insert(database, command_syncs, {"application_id": 2**70, "digest": "abc", "synced_at": NOW})
    await database.close()
