"""How a database goes about the statements that the store runs, told in SQLite's words for both."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
import pytest

from bot.store.database.statements import Compiled

_ALIAS = re.compile(r"\b(\w+) AS (\w+)")
"""SQLite tells of a table by the name that it has in the statement."""
_COMPARED = re.compile(r'\(?"?(\w+)"?\)?(?:::\w+)? ([<=>]+) ')


@dataclass(frozen=True, slots=True)
class Ran:
    """A statement that was run, and what it was given: what is a parameter decides which indexes can be used."""

    sql: str
    values: Sequence[Any]

    def plan(self, url: str) -> list[str]:
        """Ask a database for each part of the way to its rows."""
        with planner(url) as plan:
            return plan(self)


@contextmanager
def planner(url: str) -> Iterator[Callable[[Ran], list[str]]]:
    """Ask a database for the plans of many statements."""
    if url.startswith("sqlite:"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.execute("PRAGMA foreign_keys=ON")  # what it looks up for their sake is told too
            yield partial(_sqlite_plan, connection)
    else:
        with psycopg.connect(url) as server:
            server.execute("SET plan_cache_mode = force_generic_plan")
            yield partial(_postgresql_plan, server)


def _sqlite_plan(connection: sqlite3.Connection, ran: Ran) -> list[str]:
    tables = {alias: table for table, alias in _ALIAS.findall(ran.sql)}
    steps = connection.execute(f"EXPLAIN QUERY PLAN {ran.sql}", ran.values)
    return [" ".join(tables.get(word, word) for word in str(step).split()) for *_, step in steps]


def _postgresql_plan(server: psycopg.Connection[Any], ran: Ran) -> list[str]:
    """Give the parts of the plan for these values, and of the one for any: it runs either."""
    explain = "EXPLAIN (FORMAT JSON)"
    nothing = f"({', '.join('NULL' for _ in ran.values)})" if ran.values else ""
    plans = psycopg.RawCursor(server).execute(f"{explain} {ran.sql}".encode(), ran.values).fetchall()
    server.execute(f"PREPARE it AS {ran.sql}".encode())
    plans += server.execute(f"{explain} EXECUTE it {nothing}".encode()).fetchall()
    server.execute("DEALLOCATE it")
    steps = (step for [[explained]] in plans for step in _steps(explained["Plan"], ""))
    return list(dict.fromkeys(steps))


def _steps(node: Mapping[str, Any], table: str) -> Iterator[str]:
    """Tell a node of PostgreSQL's in SQLite's words; only its parent names the table of a bitmap."""
    table = node.get("Relation Name", table)
    match node:
        case {"Index Name": index, "Index Cond": condition}:
            compared = " AND ".join(f"{column}{sign}?" for column, sign in _COMPARED.findall(condition))
            yield f"SEARCH {table} USING INDEX {index} ({compared})"
        case {"Index Name": index}:
            yield f"SCAN {table} USING INDEX {index}"
        case {"Node Type": "Seq Scan"}:
            yield f"SCAN {table}"
        case {"Node Type": "Sort" | "Incremental Sort"}:
            yield "USE TEMP B-TREE FOR ORDER BY"
    for below in node.get("Plans", ()):
        yield from _steps(below, table)


@contextmanager
def recorded() -> Iterator[list[Ran]]:
    """Record every statement that this process runs."""
    ran: list[Ran] = []
    values = Compiled.values

    def recording(statement: Compiled, given: Mapping[str, Any]) -> list[Any]:
        turned = values(statement, given)
        ran.append(Ran(statement.sql, turned))
        return turned

    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(Compiled, "values", recording)
        yield ran
