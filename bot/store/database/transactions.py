"""What a step is handed: one transaction, on SQLite or on PostgreSQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias, TypeVar

import sqlalchemy as sa

from bot.store.database.statements import Compiled, Row, Statement

NOTIFICATIONS: Final = "spark_bot"
"""The channel of PostgreSQL's on which processes tell each other to look."""


class _Cursor(Protocol):
    """What both drivers' cursors can do."""

    @property
    def rowcount(self) -> int: ...
    def execute(self, sql: Any, values: Any = ..., /) -> object: ...
    def executemany(self, sql: Any, values: Any, /) -> object: ...
    def fetchall(self) -> Sequence[Sequence[Any]]: ...


class Transaction:
    """One transaction: it runs statements, and whoever handed it out commits it."""

    __slots__ = ("_cursor", "_dialect")

    def __init__(self, cursor: _Cursor, dialect: sa.Dialect) -> None:
        self._cursor = cursor
        self._dialect = dialect

    @property
    def is_postgresql(self) -> bool:
        """Whether others write at the same time; on SQLite nobody does."""
        return self._dialect.name == "postgresql"

    def run(self, statement: Statement, /, **values: Any) -> int:
        """Run a statement that gives no rows; how many it has changed."""
        self._execute(statement, values)
        return self._cursor.rowcount

    def run_each(self, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run a statement that gives no rows once for each of some values."""
        compiled = statement.on(self._dialect)
        self._cursor.executemany(compiled.sql, [compiled.values(row) for row in rows])

    def many(self, statement: Statement, /, **values: Any) -> list[Row]:
        """Give the rows of a statement."""
        compiled = self._execute(statement, values)
        return [compiled.row(raw) for raw in self._cursor.fetchall()]

    def maybe(self, statement: Statement, /, **values: Any) -> Row | None:
        """Give the only row of a statement or None; raises `LookupError` where there are more."""
        rows = self.many(statement, **values)
        if len(rows) > 1:
            raise LookupError(f"{len(rows)} rows where there may be one")
        return rows[0] if rows else None

    def one(self, statement: Statement, /, **values: Any) -> Row:
        """Give the only row of a statement; raises `LookupError` where there is none, or more."""
        row = self.maybe(statement, **values)
        if row is None:
            raise LookupError("no row where there is to be one")
        return row

    def value(self, statement: Statement, /, **values: Any) -> Any:
        """Give the only value of a statement, None where it has no row."""
        row = self.maybe(statement, **values)
        return None if row is None else row[0]

    def notify(self) -> None:
        """Have the other processes look, once this is committed; on SQLite there is none."""
        if self.is_postgresql:
            self._cursor.execute(f"NOTIFY {NOTIFICATIONS}")

    def _execute(self, statement: Statement, values: Mapping[str, Any]) -> Compiled:
        compiled = statement.on(self._dialect)
        self._cursor.execute(compiled.sql, compiled.values(values))
        return compiled


Result = TypeVar("Result")
Step: TypeAlias = Callable[[Transaction], Result]
"""A plain function over a transaction; it runs in a thread of the database's."""
