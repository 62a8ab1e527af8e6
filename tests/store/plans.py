"""How SQLite goes about the statements that the store runs."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.store.database.statements import Compiled


@dataclass(frozen=True, slots=True)
class Ran:
    """A statement that was run, and what it was given: what is a parameter decides which indexes can be used."""

    sql: str
    values: Mapping[str, Any]

    def plan(self, url: str) -> list[str]:
        """Ask a database for each part of the way to its rows."""
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            steps = connection.execute(f"EXPLAIN QUERY PLAN {self.sql}", self.values)
            return [str(detail) for *_, detail in steps]


@contextmanager
def recorded() -> Iterator[list[Ran]]:
    """Record every statement that this process runs."""
    ran: list[Ran] = []
    values = Compiled.values

    def recording(statement: Compiled, given: Mapping[str, Any]) -> dict[str, Any]:
        turned = values(statement, given)
        ran.append(Ran(statement.sql, turned))
        return turned

    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(Compiled, "values", recording)
        yield ran
