"""Statements: SQLAlchemy Core, built once, compiled to text once a dialect; values are turned both ways here.

What a statement is given by name (`sa.bindparam("job_id")`) is a parameter; every other value stands in its text,
so that the partial indexes over states are used, and no plan depends on what a statement was first run with.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

Row: TypeAlias = Any
"""A row: a tuple with a name for each column."""
_Turn: TypeAlias = Callable[[Any], Any]


class _WritesValuesOut(SQLCompiler):
    def visit_bindparam(self, bindparam: sa.BindParameter[Any], *args: Any, **options: Any) -> Any:
        options.setdefault("literal_binds", not bindparam.required)
        return super().visit_bindparam(bindparam, *args, **options)  # type: ignore[no-untyped-call]


class _SQLiteCompiler(_WritesValuesOut, SQLiteCompiler): ...


class _PostgreSQLCompiler(_WritesValuesOut, PGCompiler_psycopg): ...


class _SQLite(SQLiteDialect):
    supports_statement_cache = True
    statement_compiler = _SQLiteCompiler


class _PostgreSQL(PGDialect_psycopg):
    supports_statement_cache = True
    statement_compiler = _PostgreSQLCompiler


SQLITE: sa.Dialect = _SQLite(paramstyle="qmark")
POSTGRESQL: sa.Dialect = _PostgreSQL(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in the words of one database."""

    sql: str
    names: Sequence[str]
    """Of its values, in the order in which it takes them: a name may come twice."""
    _named: frozenset[str]
    _to_database: Sequence[tuple[int, _Turn]]
    _row: Callable[[Sequence[Any]], Row]
    _from_database: Sequence[tuple[int, _Turn]]

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """Turn values into what the driver takes; raises TypeError where one is missing or not asked for."""
        if given.keys() != self._named:
            raise TypeError(f"takes {sorted(self._named)}, was given {sorted(given)}: {self.sql}")
        values = [given[name] for name in self.names]
        for index, turn in self._to_database:
            values[index] = turn(values[index])
        return values

    def row(self, raw: Sequence[Any]) -> Row:
        """Turn what the driver gives into a row."""
        if not self._from_database:
            return self._row(raw)
        values = list(raw)
        for index, turn in self._from_database:
            values[index] = turn(values[index])
        return self._row(values)


class Statement:
    """A statement that is built where its module is imported; the steps give it values by name."""

    def __init__(self, built: sa.ClauseElement) -> None:
        self._built = built
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: sa.Dialect) -> Compiled:
        """Give it in a database's words."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = _compile(self._built, dialect)
        return found


def given(*names: str) -> dict[str, sa.BindParameter[Any]]:
    """Name the columns whose values an insert or an update is given."""
    return {name: sa.bindparam(name) for name in names}


class _Listed(sa.types.TypeDecorator[Sequence[Any]]):
    """A list as one value: JSON for SQLite, an array for PostgreSQL."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, of: sa.types.TypeEngine[Any]) -> None:
        super().__init__()
        self._of = of

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(self._of) if dialect.name == "postgresql" else sa.JSON())


class _IsAmong(sa.ColumnElement[bool]):
    inherit_cache = False
    type = sa.Boolean()
    _is_implicitly_boolean = True  # without it SQLite is asked for `… = 1`, and uses no index

    def __init__(self, column: sa.ColumnElement[Any], name: str) -> None:
        self.column = column
        self.listed = sa.bindparam(name, type_=_Listed(column.type))

    @property
    def _from_objects(self) -> list[sa.FromClause]:
        return self.column._from_objects


@compiles(_IsAmong, "sqlite")
def _in_json(element: _IsAmong, compiler: SQLCompiler, **options: Any) -> str:
    column, listed = (compiler.process(each, **options) for each in (element.column, element.listed))
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 - both are compiled SQL


@compiles(_IsAmong, "postgresql")
def _in_array(element: _IsAmong, compiler: SQLCompiler, **options: Any) -> str:
    column, listed = (compiler.process(each, **options) for each in (element.column, element.listed))
    return f"{column} = ANY ({listed})"


def is_among(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """Build the condition that a column has one of the values of a list that is given by name."""
    return _IsAmong(column, name)


def _compile(built: sa.ClauseElement, dialect: sa.Dialect) -> Compiled:
    if isinstance(built, sa.Insert):
        built = built.inline()  # nobody reads the key that the database has drawn
    compiled = built.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(f"is no statement over rows: {built}")
    names = compiled.positiontup or []
    columns = list(getattr(built, "exported_columns", ()))  # a text names none
    row: Any = namedtuple("Row", [str(column.key) for column in columns], rename=True)  # type: ignore[misc]
    return Compiled(
        sql=str(compiled),
        names=names,
        _named=frozenset(names),
        _to_database=[
            (index, turn)
            for index, name in enumerate(names)
            if (turn := compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)) is not None
        ],
        _row=row._make if columns else tuple,
        _from_database=[
            (index, turn)
            for index, column in enumerate(columns)
            if (turn := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ],
    )
