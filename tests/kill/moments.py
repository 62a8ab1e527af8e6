"""Every moment of a database, one for each commit and in their order, as PostgreSQL's own log has them.

The log is decoded by the server (`pgoutput`, as for a replica), so that nothing is added to what the bot does, and
no moment is missed between two looks: whoever commits is written there before anybody can see what was committed.
Described in PostgreSQL's manual, "Logical Replication Message Formats", protocol version 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias

import psycopg

_TABLES: Final = "tasks, ledger"
_READ: Final = (
    "SELECT data FROM pg_logical_slot_get_binary_changes"
    "('moments', NULL, NULL, 'proto_version', '1', 'publication_names', 'moments')"
)
Values: TypeAlias = Mapping[str, str | None]
"""A row's columns, written as PostgreSQL does; a long one that did not change is left out."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row as it was written, for the first time or anew."""

    table: str
    row: Values


class Moments:
    """Remembers a database's moments from the start of `recorded` on."""

    def __init__(self, url: str) -> None:
        self._url = url

    def read(self) -> Sequence[Sequence[Change]]:
        """Give what each commit has changed of tasks and the ledger, in the order of the commits, once."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            messages = [data for (data,) in connection.execute(_READ)]
        return list(_commits(messages))


@contextmanager
def recorded(url: str) -> Iterator[Moments]:
    """Have the moments of a database kept; its server's `wal_level` has to be `logical`."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE PUBLICATION moments FOR TABLE {_TABLES}")
        connection.execute("SELECT pg_create_logical_replication_slot('moments', 'pgoutput')")
    try:
        yield Moments(url)
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SELECT pg_drop_replication_slot('moments')")


class _Message:
    """One message of the protocol, read from its start to its end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, size: int) -> int:
        return int.from_bytes(self._take(size), "big")

    def letter(self) -> str:
        return self._take(1).decode("ascii")

    def name(self) -> str:
        end = self._data.index(0, self._at)
        return self._take(end + 1 - self._at)[:-1].decode()

    def text(self) -> str:
        return self._take(self.number(4)).decode()

    def skip(self, size: int) -> None:
        self._take(size)

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]


def _commits(messages: Sequence[bytes]) -> Iterator[Sequence[Change]]:
    tables: dict[int, tuple[str, Sequence[str]]] = {}
    changes: list[Change] = []
    for data in messages:
        message = _Message(data)
        match message.letter():
            case "B":
                changes = []
            case "R":
                number = message.number(4)
                message.name()  # the schema's
                tables[number] = message.name(), _columns(message)
            case "I" | "U":
                name, columns = tables[message.number(4)]
                if message.letter() != "N":  # what it was before, where its key changed
                    _row(message, columns)
                    message.skip(1)
                changes.append(Change(name, _row(message, columns)))
            case "C":
                yield changes


def _columns(message: _Message) -> Sequence[str]:
    message.skip(1)  # what tells its rows apart
    columns = []
    for _ in range(message.number(2)):
        message.skip(1)  # whether it is part of that
        columns.append(message.name())
        message.skip(8)  # its type
    return columns


def _row(message: _Message, columns: Sequence[str]) -> Values:
    values: dict[str, str | None] = {}
    for column in columns[: message.number(2)]:
        match message.letter():
            case "t":
                values[column] = message.text()
            case "n":
                values[column] = None
    return values
