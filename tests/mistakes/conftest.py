"""What an operator gets wrong: a table of it, with the lines of `check` and `run` and the exit code of each.

Plays both commands in this process, on real SQLite and PostgreSQL, between the sandbox's Discord and Spark, which
work in a thread of their own. Where the bot starts all the same and waits, it is a process of its own.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import PostgreSQL
from tests.mistakes.around import Around, Folder, Server, a_folder, a_server, sandboxes


@pytest.fixture(scope="module")
def around() -> Iterator[Around]:
    with sandboxes() as around:
        yield around


@pytest.fixture(scope="module")
def server(postgresql: PostgreSQL) -> Iterator[Server]:
    with a_server(postgresql) as server:
        yield server


@pytest.fixture
def folder(sqlite_template: Path) -> Iterator[Folder]:
    with a_folder(sqlite_template) as folder:
        yield folder
