"""SQLite: two connections, each with its thread; steps that wait to write share one commit.

A step is answered when the commit that it is part of is on the disk, and never before. Each has a savepoint, so
that one that raises takes back itself alone. Where SQLite itself has taken back the whole transaction (the disk is
full, or fails), every step of the group fails as away, and none of them is answered otherwise. A caller that is
cancelled before its step has begun leaves no trace; later, its step may be committed all the same.

A step that comes alone is committed at once. After a commit that was shared the next steps gather for a moment:
where there is a crowd more are to come, and a commit takes as much of the processor as two of its steps.
"""

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import aiosqlite
from filelock import FileLock, Timeout

from bot.store.database.failures import (
    DatabaseAway,
    DatabaseFull,
    DatabaseInUse,
    DatabaseMissing,
    DatabaseUnusable,
)
from bot.store.database.sqlite_rights import require_rights
from bot.store.database.statements import SQLITE
from bot.store.database.transactions import Result, Step, Transaction

_A_GROUP = 100
"""How many steps share one commit at the most, so that the first of them does not wait for ever."""
_GATHERING_S = 0.01
"""For how long steps gather for the next commit where the last one was shared: a crowd's share it too, then."""
_BUSY_S = 10.0
"""For how long a backup or a check from outside may hold the file."""
_UNTIL_NEXT_TRY_S = 0.1
_STATEMENTS = 512
"""How many prepared statements a connection keeps; the store has fewer."""
_PASSING_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,  # no file handles left, or its disk is not there
    }
)
"""Primary codes of what may go by; every other one is the statement's own fault."""
_UNUSABLE_CODES = {
    sqlite3.SQLITE_NOTADB: "the file is no SQLite database; name another one in database.url",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; put a backup in its place",
    sqlite3.SQLITE_READONLY: "the file cannot be written; let this user write it",
    sqlite3.SQLITE_PERM: "the file cannot be opened; let this user read and write it",
}
"""Primary codes of what a file may be that somebody has to mend."""
_WRITTEN_BY_MISTAKE = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})
"""Those that are the statement's own fault, once the file is open."""


@dataclass(frozen=True, slots=True)
class _Done:
    value: Any


@dataclass(frozen=True, slots=True)
class _Raised:
    error: BaseException


_Outcome: TypeAlias = _Done | _Raised


@dataclass(frozen=True, slots=True)
class _Waiting:
    step: Step[Any]
    answer: asyncio.Future[Any]

    def tell(self, outcome: _Outcome) -> None:
        if self.answer.done():  # its caller was cancelled
            return
        match outcome:
            case _Done(value):
                self.answer.set_result(value)
            case _Raised(error):
                self.answer.set_exception(error)


class _Connection(aiosqlite.Connection):
    """A connection of aiosqlite in whose thread whole functions run; `_execute` is its way in, for subclasses."""

    async def run(self, function: Callable[..., Result], *args: Any) -> Result:
        """Run `function(connection, *args)` in the connection's thread."""
        result: Result = await self._execute(function, self._conn, *args)  # type: ignore[no-untyped-call]
        return result


class SQLite:
    """One file, of which this process is the only writer but for short steps `beside` the one that serves it."""

    def __init__(self, path: str, *, read_only: bool, beside: bool = False) -> None:
        self._path = path
        self._lock_path = f"{path}.lock"
        self._beside = beside
        self._read_only = read_only
        mode = "rw" if beside else "rwc"
        self._writer = _connection(path, mode, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
        self._reader = _connection(path, "ro" if read_only else "rw", "query_only=ON")
        self._resources = AsyncExitStack()
        self._waiting: list[_Waiting] = []
        self._committing: asyncio.Task[None] | None = None

    @staticmethod
    @contextmanager
    def outages(*, opening: bool = False) -> Iterator[None]:
        """Raise `DatabaseAway` for what may pass, `DatabaseUnusable` for a file that somebody has to mend."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what extends it
            if code == sqlite3.SQLITE_FULL:
                raise DatabaseFull(str(error)) from error
            if code in _PASSING_CODES:
                raise DatabaseAway(str(error)) from error
            if code in _UNUSABLE_CODES and (opening or code not in _WRITTEN_BY_MISTAKE):
                raise DatabaseUnusable(_UNUSABLE_CODES[code]) from error
            raise
        except OSError as error:
            raise DatabaseAway(str(error)) from error

    async def require_rights(self, newest: str) -> None:  # noqa: ARG002 - who may write a file may change its tables
        """Raise `DatabaseUnusable` where this user cannot make the file, or cannot change it."""
        await asyncio.to_thread(require_rights, self._path)

    @asynccontextmanager
    async def held(self, wait: float) -> AsyncIterator[None]:
        """Hold the file as its only process; raises `DatabaseInUse` after `wait` seconds."""
        lock = FileLock(self._lock_path, thread_local=False)
        until = asyncio.get_running_loop().time() + wait
        # in a thread for a moment at a time: nobody could cancel one that waits
        while not await asyncio.to_thread(_acquired, lock):
            if asyncio.get_running_loop().time() >= until:
                raise DatabaseInUse(f"{lock.lock_file} is held")
            await asyncio.sleep(_UNTIL_NEXT_TRY_S)
        try:
            yield
        finally:
            lock.release()

    async def is_held(self) -> bool:
        """Tell whether a process holds the file as its only one: this one, where it is not beside another."""
        return not self._beside or await asyncio.to_thread(_is_locked, self._lock_path)

    async def open(self) -> None:
        """Open the file; raises `DatabaseMissing` where another process is to make it, and it is not there."""
        if self._beside and not await asyncio.to_thread(Path(self._path).is_file):
            raise DatabaseMissing(f"there is no {self._path}")
        async with AsyncExitStack() as opened:
            if not self._read_only:  # the first, since it sets the file's mode
                await opened.enter_async_context(self._writer)
                await self._writer.run(_require_writable)
                opened.push_async_callback(self._last_commit)
            await opened.enter_async_context(self._reader)
            self._resources = opened.pop_all()

    async def close(self) -> None:
        """Commit what waits, and close the file."""
        await self._resources.aclose()

    async def read(self, step: Step[Result]) -> Result:
        """Run a step over one consistent view."""
        return await self._reader.run(_read, step)

    async def write(self, step: Step[Result]) -> Result:
        """Run a step and commit it, with those that wait at the same time."""
        waiting = _Waiting(step, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all(), name="commits")
        result: Result = await waiting.answer
        return result

    async def write_apart(self, step: Step[Result]) -> Result:
        """Run a step and commit it, over a connection that is opened for it."""
        return await asyncio.to_thread(_apart, self._path, step)

    async def listen(self, hear: Callable[[], None]) -> None:
        """Hear nothing: there is no other process."""
        hear()

    async def _commit_all(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:_A_GROUP], self._waiting[_A_GROUP:]
                group = [waiting for waiting in group if not waiting.answer.done()]
                for waiting, outcome in zip(group, await self._committed(group), strict=True):
                    waiting.tell(outcome)
                if len(group) > 1 and len(self._waiting) < _A_GROUP:
                    await asyncio.sleep(_GATHERING_S)
        finally:
            self._committing = None

    async def _committed(self, group: Sequence[_Waiting]) -> Sequence[_Outcome]:
        try:
            return await self._writer.run(_commit_together, [waiting.step for waiting in group])
        except Exception as error:  # closed, or not even taken back: whoever waits must hear of it
            return [_Raised(error)] * len(group)

    async def _last_commit(self) -> None:
        if self._committing is not None:
            # whoever waits for it hears of it, also where this is cancelled
            await asyncio.shield(self._committing)


def _acquired(lock: FileLock) -> bool:
    Path(lock.lock_file).absolute().parent.mkdir(parents=True, exist_ok=True)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True


def _is_locked(path: str) -> bool:
    """Tell whether a process has a lock file locked, without a lock that a second one who looks would see."""
    try:
        with Path(path).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _connection(path: str, mode: str, *pragmas: str) -> _Connection:
    return _Connection(lambda: _connected(path, mode, *pragmas), iter_chunk_size=64)


def _connected(path: str, mode: str, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file://{quote(os.fsencode(Path(path).absolute()))}?mode={mode}",  # a path may begin with two slashes
        uri=True,
        timeout=_BUSY_S,
        isolation_level=None,  # BEGIN and COMMIT stand below
        cached_statements=_STATEMENTS,
        check_same_thread=False,
    )
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _require_writable(connection: sqlite3.Connection) -> None:
    """Raise where this user may not write the file, which SQLite itself says only once something is written."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA user_version = 0")
    connection.execute("ROLLBACK")


def _read(connection: sqlite3.Connection, step: Step[Result]) -> Result:
    with SQLite.outages():
        connection.execute("BEGIN")
        try:
            return step(Transaction(connection.cursor(), SQLITE))
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def _apart(path: str, step: Step[Result]) -> Result:
    with SQLite.outages(), closing(_connected(path, "rw")) as connection:  # which takes back what is not committed
        connection.execute("BEGIN IMMEDIATE")
        result = step(Transaction(connection.cursor(), SQLITE))
        connection.execute("COMMIT")
    return result


def _commit_together(connection: sqlite3.Connection, steps: Sequence[Step[Any]]) -> list[_Outcome]:
    """Run steps in one transaction and commit it; give each one's outcome."""
    try:
        with SQLite.outages():
            # a deferred transaction that turns into a writer can fail at once
            connection.execute("BEGIN IMMEDIATE")
            if len(steps) == 1:  # the transaction itself takes it back
                outcomes: list[_Outcome] = [_Done(steps[0](Transaction(connection.cursor(), SQLITE)))]
            else:
                outcomes = [_alone(connection, step) for step in steps]
            connection.execute("COMMIT")
    except Exception as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return [_Raised(error)] * len(steps)
    return outcomes


def _alone(connection: sqlite3.Connection, step: Step[Any]) -> _Outcome:
    """Run a step so that what it raises takes back nothing but itself."""
    connection.execute("SAVEPOINT step")
    try:
        with SQLite.outages():
            done = _Done(step(Transaction(connection.cursor(), SQLITE)))
    except Exception as error:
        if not connection.in_transaction:
            kind = DatabaseFull if isinstance(error, DatabaseFull) else DatabaseAway
            raise kind(f"the whole transaction was taken back: {error}") from error
        connection.execute("ROLLBACK TO step")
        connection.execute("RELEASE step")
        return _Raised(error)
    connection.execute("RELEASE step")
    return done
