"""SQLite's steps that share one commit: whatever was told is on the disk, and nothing else is."""

import asyncio
import random
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store.database import DatabaseAway, Statement, Transaction
from bot.store.database.sqlite import SQLite

_WRITE = Statement(sa.text("INSERT INTO notes (n) VALUES (:n)"))
_TAKE_BACK = Statement(sa.text("ROLLBACK"))


class Broke(Exception):
    pass


class File:
    """A database with one table, as others see it."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("CREATE TABLE notes (n INTEGER PRIMARY KEY, filling BLOB)")

    @property
    def notes(self) -> set[int]:
        """What is committed."""
        with closing(sqlite3.connect(self.path)) as connection:
            return {n for (n,) in connection.execute("SELECT n FROM notes")}


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path / "notes.db")


@pytest.fixture
async def sqlite(file: File) -> AsyncIterator[SQLite]:
    sqlite = SQLite(file.path, read_only=False)
    await sqlite.open()
    yield sqlite
    await sqlite.close()


def note(n: int) -> Callable[[Transaction], int]:
    def step(tx: Transaction) -> int:
        tx.run(_WRITE, n=n)
        return n

    return step


def broken(n: int) -> Callable[[Transaction], int]:
    def step(tx: Transaction) -> int:
        tx.run(_WRITE, n=n)
        raise Broke

    return step


def taken_back(n: int) -> Callable[[Transaction], int]:
    """Do as SQLite does where the disk fails in the middle: the whole transaction is gone."""

    def step(tx: Transaction) -> int:
        tx.run(_WRITE, n=n)
        tx.run(_TAKE_BACK)
        raise sqlite3.OperationalError("disk I/O error")

    return step


class Gate:
    """A step that holds the writer's thread up, so that others have to wait for it together."""

    def __init__(self, sqlite: SQLite) -> None:
        self._opened = threading.Event()
        self._begun = threading.Event()
        self._step = asyncio.ensure_future(sqlite.write(self._wait))

    async def reached(self) -> None:
        await asyncio.to_thread(self._begun.wait)

    async def open(self) -> None:
        self._opened.set()
        await self._step

    def _wait(self, _: Transaction) -> None:
        self._begun.set()
        self._opened.wait()


async def commits_of(
    sqlite: SQLite, *steps: Callable[[Transaction], int]
) -> tuple[list[int | BaseException], int]:
    """Have steps wait for the writer together; give what each was told, and how many commits that took."""
    said: list[str] = []
    await sqlite._writer.set_trace_callback(said.append)
    gate = Gate(sqlite)
    await gate.reached()
    waiting = [asyncio.ensure_future(sqlite.write(step)) for step in steps]
    await asyncio.sleep(0)  # each has come to the queue
    await gate.open()
    told = await asyncio.gather(*waiting, return_exceptions=True)
    return told, said.count("COMMIT") - 1  # the gate's own


async def test_steps_that_wait_share_one_commit(sqlite: SQLite, file: File) -> None:
    told, commits = await commits_of(sqlite, *map(note, range(50)))
    assert told == list(range(50))
    assert file.notes == set(range(50))
    assert commits == 1


async def test_steps_that_follow_a_shared_commit_gather_for_the_next(
    sqlite: SQLite, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered = asyncio.Event()

    async def sleep(_: float) -> None:
        await gathered.wait()

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("asyncio.sleep", sleep)
        await asyncio.gather(sqlite.write(note(1)), sqlite.write(note(2)))
        said: list[str] = []
        await sqlite._writer.set_trace_callback(said.append)
        first = asyncio.ensure_future(sqlite.write(note(3)))
        await sqlite.read(lambda _: None)  # longer than a commit needs to begin
        second = asyncio.ensure_future(sqlite.write(note(4)))
        await sqlite.read(lambda _: None)
        assert said == []
        gathered.set()
        assert (await first, await second) == (3, 4)
    assert said.count("COMMIT") == 1


async def test_a_step_that_comes_alone_waits_for_no_other(sqlite: SQLite, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("asyncio.sleep", sleep)
        assert [await sqlite.write(note(n)) for n in range(3)] == [0, 1, 2]
    assert waits == []


async def test_the_first_of_many_does_not_wait_for_the_last(sqlite: SQLite, file: File) -> None:
    told, commits = await commits_of(sqlite, *map(note, range(250)))
    assert told == list(range(250))
    assert commits == 3
    assert file.notes == set(range(250))


async def test_a_step_that_raises_takes_back_itself_alone(sqlite: SQLite, file: File) -> None:
    told, commits = await commits_of(sqlite, note(1), broken(2), note(3), note(3))
    assert [told[0], type(told[1]), told[2]] == [1, Broke, 3]
    assert isinstance(told[3], sqlite3.IntegrityError)
    assert file.notes == {1, 3}
    assert commits == 1


async def test_where_sqlite_has_taken_back_the_whole_nobody_is_told_of_success(sqlite: SQLite, file: File) -> None:
    told, commits = await commits_of(sqlite, note(1), taken_back(2), note(3))
    assert [type(each) for each in told] == [DatabaseAway] * 3
    assert file.notes == set()
    assert commits == 0
    assert await sqlite.write(note(4)) == 4


async def test_where_not_even_the_taking_back_works_everybody_is_told(sqlite: SQLite, file: File) -> None:
    def refuses_to_end(tx: Transaction) -> int:
        def refuse(action: int, *_: str | None) -> int:
            return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_TRANSACTION else sqlite3.SQLITE_OK

        cursor: Any = tx._cursor
        cursor.connection.set_authorizer(refuse)
        return 1

    told, _ = await asyncio.wait_for(commits_of(sqlite, note(1), refuses_to_end, note(3)), 10)
    assert [isinstance(each, sqlite3.DatabaseError) for each in told] == [True] * 3
    assert file.notes == set()


async def test_a_disk_that_is_full_is_told_as_away_and_passes(sqlite: SQLite, file: File) -> None:
    pages = await _pages(sqlite, "PRAGMA page_count")
    await _pages(sqlite, f"PRAGMA max_page_count = {pages}")
    filling = Statement(sa.text("INSERT INTO notes (n, filling) VALUES (:n, zeroblob(100000))"))
    with pytest.raises(DatabaseAway, match="full"):
        await sqlite.write(lambda tx: tx.run(filling, n=1))
    assert file.notes == set()

    await _pages(sqlite, "PRAGMA max_page_count = 1000")
    assert await sqlite.write(lambda tx: tx.run(filling, n=2)) == 1
    assert file.notes == {2}


async def test_a_caller_who_is_cancelled_before_the_step_begins_leaves_no_trace(
    sqlite: SQLite, file: File
) -> None:
    gate = Gate(sqlite)
    await gate.reached()
    waiting = asyncio.ensure_future(sqlite.write(note(1)))
    await asyncio.sleep(0)
    waiting.cancel()
    await gate.open()
    assert await sqlite.write(note(2)) == 2
    assert file.notes == {2}


async def test_what_waits_when_the_database_is_closed_is_committed_and_told(file: File) -> None:
    sqlite = SQLite(file.path, read_only=False)
    await sqlite.open()
    gate = Gate(sqlite)
    await gate.reached()
    waiting = [asyncio.ensure_future(sqlite.write(note(n))) for n in range(150)]
    await asyncio.sleep(0)
    closing_it = asyncio.ensure_future(sqlite.close())
    await asyncio.sleep(0)
    await gate.open()
    await closing_it
    assert await asyncio.gather(*waiting) == list(range(150))
    assert file.notes == set(range(150))
    with pytest.raises(ValueError, match="no active connection"):
        await sqlite.write(note(1000))


async def test_what_waits_while_a_closing_is_cancelled_is_committed_and_told(sqlite: SQLite, file: File) -> None:
    gate = Gate(sqlite)
    await gate.reached()
    waiting = asyncio.ensure_future(sqlite.write(note(1)))
    closing_it = asyncio.ensure_future(sqlite._last_commit())
    await asyncio.sleep(0)
    closing_it.cancel()
    await gate.open()
    assert await waiting == 1
    assert file.notes == {1}


async def test_what_is_read_cannot_write(sqlite: SQLite, file: File) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await sqlite.read(note(1))
    assert file.notes == set()


@pytest.mark.parametrize("name", ["with space.db", "what?.db", "100%.db", "a#b.db"])
async def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    file = File(tmp_path / name)
    sqlite = SQLite(file.path, read_only=False)
    await sqlite.open()
    await sqlite.write(note(1))
    await sqlite.close()
    assert file.notes == {1}


@pytest.mark.parametrize("seed", range(20))
async def test_whatever_was_told_is_on_the_disk_and_nothing_else_is(file: File, seed: int) -> None:
    """Throw everything at it at once: steps that break, a disk that fails, callers that go, an early end."""
    rng = random.Random(seed)
    sqlite = SQLite(file.path, read_only=False)
    await sqlite.open()
    asked: dict[int, asyncio.Task[int]] = {}
    cancelled: set[int] = set()
    for n in range(300):
        [kind] = rng.choices([note, broken, taken_back], [20, 3, 1])
        asked[n] = asyncio.create_task(sqlite.write(kind(n)))
        if rng.random() < 0.1:
            await asyncio.sleep(0)
        if rng.random() < 0.05:
            chosen = rng.choice([*asked])
            if asked[chosen].cancel():
                cancelled.add(chosen)
    await asyncio.sleep(0)
    await sqlite.close()

    succeeded = set()
    for task in asked.values():
        with suppress(Broke, DatabaseAway, asyncio.CancelledError):
            succeeded.add(await task)
    assert succeeded <= file.notes
    assert file.notes - succeeded <= cancelled


async def _pages(sqlite: SQLite, pragma: str) -> int:
    cursor = await sqlite._writer.execute(pragma)
    [row] = await cursor.fetchall()
    return int(row[0])
