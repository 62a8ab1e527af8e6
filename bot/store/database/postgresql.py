"""PostgreSQL: a few connections, each used by one step at a time in a thread."""

import asyncio
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import psycopg

from bot.store.database.failures import outages
from bot.store.database.statements import POSTGRESQL
from bot.store.database.transactions import Result, Step, Transaction

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]

_CONNECTIONS = 4
_UNTIL_CONNECTED_S = 10


class PostgreSQL:
    """One server's database."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._idle: deque[Connection] = deque()
        self._threads = ThreadPoolExecutor(_CONNECTIONS, thread_name_prefix="postgresql")

    async def open(self) -> None:
        """Connect; raises `DatabaseAway`."""
        await self.read(lambda _: None)

    async def close(self) -> None:
        """Let the steps end that run, and close every connection."""
        await asyncio.to_thread(self._close)  # to its end, even where the caller is cancelled

    async def read(self, step: Step[Result]) -> Result:
        """Run a step over one consistent view."""
        return await self._run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", step)

    async def write(self, step: Step[Result]) -> Result:
        """Run a step and commit it; a cancelled caller's may be committed all the same."""
        return await self._run("BEGIN", step)

    def _close(self) -> None:
        self._threads.shutdown()
        while self._idle:
            self._idle.pop().close()

    async def _run(self, begin: str, step: Step[Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._whole, begin, step)

    def _whole(self, begin: str, step: Step[Result]) -> Result:
        with outages():
            connection = self._begun(begin)
            try:
                result = step(Transaction(connection, POSTGRESQL))
                connection.execute("COMMIT")
            except BaseException:
                if not connection.closed:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._let_go(connection)
            return result

    def _begun(self, begin: str) -> Connection:
        """Begin over a connection that nobody uses; those that the server has closed since are let go."""
        while self._idle:
            connection = self._idle.pop()
            try:
                connection.execute(begin)
            except psycopg.OperationalError:
                connection.close()
            else:
                return connection
        connection = connect(self._conninfo)
        try:
            connection.execute(begin)
        except BaseException:
            connection.close()
            raise
        return connection

    def _let_go(self, connection: Connection) -> None:
        if connection.closed:
            return
        self._idle.append(connection)


def connect(conninfo: str) -> Connection:
    """Connect without a transaction."""
    named = psycopg.conninfo.conninfo_to_dict(conninfo)
    timeout = named.get("connect_timeout", _UNTIL_CONNECTED_S)
    return psycopg.connect(conninfo, autocommit=True, connect_timeout=timeout)
