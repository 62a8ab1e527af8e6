"""PostgreSQL: a few connections, each used by one step at a time in a thread."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing, contextmanager
from typing import Any, TypeAlias

import psycopg
from psycopg.pq import TransactionStatus

from bot.store.database.failures import DatabaseAway, DatabaseUnusable
from bot.store.database.postgresql_cursor import Cursor
from bot.store.database.postgresql_errors import meant_by, why_not_connected
from bot.store.database.postgresql_rights import require_rights
from bot.store.database.statements import POSTGRESQL
from bot.store.database.transactions import NOTIFICATIONS, Result, Step, Transaction

_Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

_CONNECTIONS = 4
_USUAL = {
    "connect_timeout": 10,
    # seconds, and milliseconds: a host that is gone without a word is noticed within half a minute, not in hours
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""How to connect, unless the address says otherwise."""
_BE_BRIEF = "SET idle_in_transaction_session_timeout = '5s'"
"""Else whoever is stopped or cut off amid a step would hold its locks, and with them everybody else's claims."""


class PostgreSQL:
    """One server's database."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._idle: deque[Cursor] = deque()
        self._threads = ThreadPoolExecutor(_CONNECTIONS, thread_name_prefix="postgresql")

    @staticmethod
    @contextmanager
    def outages(*, opening: bool = False) -> Iterator[None]:  # noqa: ARG004 - for SQLite it makes a difference
        """Raise `DatabaseAway` or `DatabaseUnusable` for what is not the statement's own fault."""
        try:
            yield
        except psycopg.Error as error:
            raise meant_by(error) from error
        except OSError as error:
            raise DatabaseAway(str(error)) from error

    async def require_rights(self, newest: str) -> None:
        """Raise `DatabaseUnusable` where this role cannot serve tables of the revision, or cannot make them."""
        await asyncio.to_thread(self._require_rights, newest)

    @asynccontextmanager
    async def held(self, wait: float) -> AsyncIterator[None]:  # noqa: ARG002 - it is shared
        """Hold nothing: any number of processes may share it."""
        yield

    async def is_held(self) -> bool:
        """Tell that nobody holds it alone."""
        return False

    async def open(self) -> None:
        """Connect."""
        await self.read(lambda _: None)

    async def close(self) -> None:
        """Let the steps end that run, and close every connection."""
        await asyncio.shield(asyncio.create_task(asyncio.to_thread(self._close)))  # also where this is cancelled

    async def read(self, step: Step[Result]) -> Result:
        """Run a step over one consistent view."""
        return await self._run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", step)

    async def write(self, step: Step[Result]) -> Result:
        """Run a step and commit it; a cancelled caller's may be committed all the same."""
        return await self._run("BEGIN", step)

    async def write_apart(self, step: Step[Result]) -> Result:
        """Run a step and commit it, over a connection that is opened for it."""
        return await asyncio.to_thread(self._apart, step)

    async def listen(self, hear: Callable[[], None]) -> None:
        """Call `hear` for each notification, and once at the beginning, until the connection is lost."""
        with self.outages():
            async with await psycopg.AsyncConnection.connect(self._conninfo, **_how(self._conninfo)) as connection:
                await connection.execute(f"LISTEN {NOTIFICATIONS}")
                hear()  # what was told before
                async for _ in connection.notifies():
                    hear()

    def _require_rights(self, newest: str) -> None:
        with self.outages(), _connected(self._conninfo) as connection:
            require_rights(connection, newest)

    def _close(self) -> None:
        self._threads.shutdown()
        while self._idle:
            self._idle.pop().connection.close()

    async def _run(self, begin: str, step: Step[Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._whole, begin, step)

    def _whole(self, begin: str, step: Step[Result]) -> Result:
        with self.outages():
            cursor = self._begun(begin)
            try:
                result = step(Transaction(cursor, POSTGRESQL))
                cursor.command("COMMIT")
            except BaseException as error:
                if not cursor.connection.closed:
                    cursor.command("ROLLBACK")
                if isinstance(error, psycopg.Error):  # a table may have been changed since it was prepared there
                    cursor.connection.close()
                raise
            finally:
                self._let_go(cursor)
            return result

    def _apart(self, step: Step[Result]) -> Result:
        with self.outages(), closing(_connected(self._conninfo)) as connection, connection.transaction():
            return step(Transaction(Cursor(connection), POSTGRESQL))

    def _begun(self, begin: str) -> Cursor:
        """Begin over a connection that nobody uses; those that the server has closed since are let go."""
        while self._idle:
            cursor = self._idle.pop()
            try:
                cursor.command(begin)
            except psycopg.Error:
                cursor.connection.close()
            else:
                return cursor
        connection = _connected(self._conninfo)
        try:
            cursor = Cursor(connection)
            cursor.command(begin)
        except BaseException:
            connection.close()
            raise
        return cursor

    def _let_go(self, cursor: Cursor) -> None:
        if cursor.connection.info.transaction_status is TransactionStatus.IDLE:
            self._idle.append(cursor)
        else:  # lost, or its transaction could not be taken back
            cursor.connection.close()


def _connected(conninfo: str) -> _Connection:
    """Connect without a transaction."""
    try:
        connection = psycopg.connect(conninfo, **_how(conninfo))
    except psycopg.ProgrammingError as error:  # the address has a value that its option does not take
        raise DatabaseUnusable(why_not_connected(error)) from error
    except psycopg.OperationalError as error:
        raise DatabaseAway(why_not_connected(error)) from error
    try:
        connection.execute(_BE_BRIEF)
    except BaseException:
        connection.close()
        raise
    return connection


def _how(conninfo: str) -> dict[str, Any]:
    return {"autocommit": True, **_USUAL, **psycopg.conninfo.conninfo_to_dict(conninfo)}
