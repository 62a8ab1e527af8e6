"""What `/healthz` and `/readyz` say of a bot that works, and of one that only seems to."""

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from sandbox.discord import Kind, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.databases import outside
from tests.e2e.harness import Harness
from tests.jobs.proxy import Proxy

WELL = {"ok": True, "database": True, "worker": True, "discord": True, "spark": True}
MINUTES = 240
"""Seconds after which claims that do not go well are stuck."""


@pytest.fixture
def bugs() -> None:
    """Let incidents be: something is broken here on purpose."""


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a probe be waited for a moment in place of a real second."""
    monkeypatch.setattr("bot.health.database_probe._PATIENCE", 0.1)


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """Give a database on PostgreSQL to those that ask for it."""
    name = "postgresql_url" if "postgresql_url" in request.fixturenames else "sqlite_url"
    return str(request.getfixturevalue(name))


async def told(harness: Harness, path: str) -> tuple[int, Mapping[str, Any]]:
    port = next(entry["port"] for entry in reversed(harness.log) if entry["event"] == "web.started")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.json()


async def verdicts(harness: Harness) -> tuple[int, int]:
    return (await told(harness, "/healthz"))[0], (await told(harness, "/readyz"))[0]


async def test_a_bot_that_works_is_well_and_ready(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    await harness.posted(await harness.imagine())
    await harness.clock.advance(7)
    for path in ("/healthz", "/readyz"):
        status, parts = await told(harness, path)
        since = {"write": 0.0, "claim": 7.0, "spark": 7.0}
        assert (status, parts) == (200, {**WELL, "seconds_since": since, "troubles": {}})


async def test_it_tells_of_discord_and_does_not_hang_on_it(harness: Harness) -> None:
    slow = harness.discord.trouble.add(Trouble("GET", "/gateway/bot", Kind.HANG))
    await harness.start()
    await slow.reached.wait()
    assert await verdicts(harness) == (200, 503)
    assert (await told(harness, "/readyz"))[1].items() > {**WELL, "ok": False, "discord": False}.items()
    slow.release()
    await harness.ready()
    assert await verdicts(harness) == (200, 200)


async def test_while_it_waits_for_discord_to_start_it_is_well_and_not_ready(harness: Harness) -> None:
    slow = harness.discord.trouble.add(Trouble("GET", "/users/@me", Kind.HANG))
    starting = asyncio.create_task(harness.start())
    await slow.reached.wait()
    await harness.clock.advance(MINUTES)
    assert await verdicts(harness) == (200, 503)
    slow.release()
    await starting


async def test_claims_that_fail_are_not_ready_at_once_and_want_a_restart_after_minutes(
    harness: Harness, sqlite_url: str
) -> None:
    await harness.start()
    await harness.ready()
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    await asyncio.to_thread(_rename, database, "tasks", "lost")  # which may wait for the bot
    await harness.imagine()
    await harness.until(lambda: not harness.app.worker.rounds.go_well or None, tick=1)
    assert await verdicts(harness) == (200, 503)
    assert (await told(harness, "/healthz"))[1].items() > {**WELL, "worker": False}.items()
    await harness.clock.advance(MINUTES)
    assert await verdicts(harness) == (503, 503)
    assert harness.troubles() == []

    await asyncio.to_thread(_rename, database, "lost", "tasks")
    await harness.posted(await harness.imagine(), tick=1)
    await harness.until(lambda: harness.app.worker.rounds.go_well or None, tick=1)
    assert await verdicts(harness) == (200, 200)


async def test_a_bot_without_work_claims_each_minute_all_the_same(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    for _ in range(10):
        await harness.rest()
        await harness.clock.advance(60)
    await harness.rest()
    assert (await told(harness, "/readyz"))[1]["seconds_since"]["claim"] == 0.0


async def test_a_round_that_has_ended_wants_a_restart(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    [claims] = [task for task in asyncio.all_tasks() if task.get_name() == "claims"]
    claims.cancel()
    await harness.rest()
    assert await verdicts(harness) == (503, 503)


async def test_a_full_disk_is_not_ready_and_wants_no_restart(
    harness: Harness, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    await harness.start()
    await harness.ready()
    await harness.rest()
    with disk.full(Path(sqlite_url.removeprefix("sqlite:///"))):
        await harness.logged("database.full", tick=10)  # before anybody asks for anything
        assert await verdicts(harness) == (200, 503)
        await harness.clock.advance(MINUTES)
        status, parts = await told(harness, "/readyz")
        assert (status, parts["ok"], parts["database"]) == (503, False, False)
        assert parts["troubles"].keys() == {"database.full"}
        assert parts["seconds_since"]["write"] >= MINUTES
        assert (await told(harness, "/healthz"))[0] == 200
        [begun] = harness.troubles()
        assert (begun["trouble"], begun["reason"]) == ("began", "database or disk is full")
    await harness.logged("database.full", times=2, tick=1)
    [_, ended] = harness.troubles()
    assert (ended["trouble"], ended["affected"] >= 3) == ("ended", True)
    assert await verdicts(harness) == (200, 200)
    await harness.posted(await harness.imagine())


@pytest.mark.usefixtures("brief")
async def test_a_database_that_another_process_has_locked_keeps_nobody_waiting(
    harness: Harness, sqlite_url: str
) -> None:
    await harness.start()
    await harness.ready()
    await harness.rest()
    with _locked(Path(sqlite_url.removeprefix("sqlite:///"))):
        async with asyncio.timeout(2):
            status, parts = await told(harness, "/readyz")
        assert (status, parts["database"]) == (503, False)
        async with asyncio.timeout(2):
            assert (await told(harness, "/healthz"))[0] == 200
    assert (await told(harness, "/readyz"))[1]["database"]


@pytest.mark.usefixtures("brief")
async def test_a_server_that_falls_silent_keeps_nobody_waiting_and_wants_no_restart(
    harness: Harness, postgresql_url: str
) -> None:
    async with Proxy(postgresql_url) as proxy:
        await harness.start(database={"url": proxy.url})
        await harness.ready()
        await harness.rest()
        proxy.fall_silent()
        for path, expected in {"/readyz": 503, "/healthz": 200}.items():
            async with asyncio.timeout(2):
                status, parts = await told(harness, path)
            assert (status, parts["database"]) == (expected, False)
        await harness.clock.advance(MINUTES)
        assert (await told(harness, "/healthz"))[0] == 200
        proxy.mend()
        await harness.until(lambda: harness.app.worker.claimed_ago == 0 or None, tick=5)
        await harness.posted(await harness.imagine(), tick=1)
        while (await told(harness, "/readyz"))[0] == 503:
            await harness.clock.advance(5)
        await harness.stop()


async def test_claims_that_stand_still_although_the_server_takes_writes_want_a_restart(
    harness: Harness, postgresql_url: str
) -> None:
    await harness.start()
    await harness.ready()
    await harness.rest()
    with outside(postgresql_url) as other:
        other.execute(sa.text("LOCK TABLE tasks"))
        await harness.clock.advance(MINUTES)
        await harness.rest()
        assert await verdicts(harness) == (503, 503)
        assert (await told(harness, "/healthz"))[1].items() > {"database": True, "worker": False}.items()
    await harness.until(lambda: harness.app.worker.claimed_ago == 0 or None, tick=1)
    assert await verdicts(harness) == (200, 200)


@pytest.mark.parametrize(
    ("status", "trouble"), [(401, "spark.refuses_key"), (402, "spark.out_of_credit"), (403, "spark.out_of_credit")]
)
async def test_a_spark_that_refuses_is_not_ready(harness: Harness, status: int, trouble: str) -> None:
    await harness.start()
    await harness.ready()
    harness.spark.trouble.add(SparkTrouble("submit", "answer", status=status, body="{}"))
    await harness.posted(await harness.imagine())
    assert await verdicts(harness) == (200, 503)
    _, parts = await told(harness, "/readyz")
    assert (parts["spark"], parts["troubles"]) == (False, {trouble: 0.0})
    await harness.posted(await harness.imagine())
    assert await verdicts(harness) == (200, 200)


class Disk:
    """The one that the connections to SQLite write on from now on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._connections: list[sqlite3.Connection] = []
        self._is_full = False
        self._connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", self._connected)

    @contextmanager
    def full(self, file: Path) -> Iterator[None]:
        """Use up what is free in a file, and let none grow while the block runs."""
        with closing(self._connect(file)) as connection, connection:
            connection.execute("CREATE TABLE filling (bytes BLOB)")
            while connection.execute("PRAGMA freelist_count").fetchone()[0]:
                connection.execute("INSERT INTO filling VALUES (zeroblob(4000))")
        self._set(is_full=True)
        yield
        self._set(is_full=False)

    def _set(self, *, is_full: bool) -> None:
        self._is_full = is_full
        for connection in self._connections:
            with suppress(sqlite3.ProgrammingError):  # it is closed
                self._limit(connection)

    def _limit(self, connection: sqlite3.Connection) -> None:
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages if self._is_full else 2**30}")

    def _connected(self, *args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._connect(*args, **options)
        self._connections.append(connection)
        if self._is_full:
            self._limit(connection)
        return connection


def _rename(database: Path, old: str, new: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
    connection.close()


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()
