"""A connection's cursor: each statement is prepared once, and run by one call of libpq's.

psycopg's own cursors go back to the interpreter for each part of a statement's way to the server and back, which
takes three times the processor time. Its adapters turn the values here too.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult
from psycopg.types.numeric import IntDumper

_DONE = frozenset({ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK})
_FEW = 100
"""How often a statement is run time after time; psycopg's pipeline, which waits for no answer, is for more."""


class Cursor:
    """Runs statements over one connection, one at a time; they name their values `$1`, `$2`."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        # in binary its form depends on how large a number is, and a prepared statement expects one form
        connection.adapters.register_dumper(int, IntDumper)
        self.connection = connection
        self._server = connection.pgconn
        self._adapter = Transformer(connection)
        self._prepared: dict[str, bytes] = {}

    @property
    def rowcount(self) -> int:
        """Tell how many rows the last statement has changed, or given."""
        result = self._adapter.pgresult
        return (result.command_tuples or 0) if result else 0

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> None:
        """Run a statement. Raises `psycopg.Error`."""
        name = self._prepared.get(sql) or self._prepare(sql)
        written = self._adapter.dump_sequence(values, [PyFormat.AUTO] * len(values))
        result = self._server.exec_prepared(name, written, self._adapter.formats)  # type: ignore[arg-type]  # None too
        self._adapter.set_pgresult(self._done(result))

    def command(self, sql: str) -> None:
        """Run what takes no values and gives no rows, and is not worth preparing. Raises `psycopg.Error`."""
        self._adapter.set_pgresult(self._done(self._server.exec_(sql.encode())))

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> None:
        """Run a statement once for each of some values. Raises `psycopg.Error`."""
        if len(rows) > _FEW:
            psycopg.RawCursor(self.connection).executemany(sql.encode(), rows)
            return
        for values in rows:
            self.execute(sql, values)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give the rows of the last statement."""
        result = self._adapter.pgresult
        return self._adapter.load_rows(0, result.ntuples, tuple) if result else []

    def _prepare(self, sql: str) -> bytes:
        # the server's log shows it, and takes 63 bytes
        name = f"{len(self._prepared)} {sql[:40]}".encode()
        self._done(self._server.prepare(name, sql.encode()))
        self._prepared[sql] = name
        return name

    def _done(self, result: PGresult) -> PGresult:
        if result.status in _DONE:
            return result
        if self._server.status == ConnStatus.OK:
            raise error_from_result(result)
        raise psycopg.OperationalError(result.get_error_message())
