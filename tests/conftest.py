"""What every test may ask for: a migrated database, on SQLite or PostgreSQL, and a store over it.

The tests beside this file play the command line, the checks, the settings, the log, and the rules of the house and
of the docs. They need nothing but this project, and take most of a minute.
"""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from bot.store import Database, Store
from tests.databases import PostgreSQL, bundled_server_or_skip, migrate

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
_ROOM = 2 * 1024**3
_YOUNG = 10_000
"""How many more objects there may be before cycles are looked for; as `spark-bot run` has it."""
_WAITING = ("kill", "page")
"""The folders whose tests mostly wait, for a process or a browser."""


def pytest_configure() -> None:
    """Leave out what costs time and proves nothing, and what proves only that the machine is busy."""
    _write_into_memory()
    settings.register_profile("no deadline", deadline=None)
    settings.load_profile("no deadline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the tests that wait over those that compute meanwhile: each worker takes a stretch of the list."""
    waiting = [item for item in items if item.path.parent.name in _WAITING]
    computing = [item for item in items if item.path.parent.name not in _WAITING]
    place = {item: number / len(each) for each in (waiting, computing) for number, item in enumerate(each)}
    items.sort(key=place.__getitem__)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Have no garbage collection go through what is imported and collected, now or later: it stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        gc.set_threshold(_YOUNG)


def _write_into_memory() -> None:
    """Have all that tests write stay in memory where there is room: none is about how slow a disk is."""
    if "TMPDIR" in os.environ or not os.access(_IN_MEMORY, os.W_OK) or shutil.disk_usage(_IN_MEMORY).free < _ROOM:
        return
    os.environ["TMPDIR"] = str(_IN_MEMORY)  # for child processes too
    tempfile.tempdir = None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end how many tests were skipped and why; `-rs` would take a line for each of hundreds."""
    reports = [report for report in terminalreporter.getreports("skipped") if isinstance(report.longrepr, tuple)]
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} skipped: {reason}", yellow=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with ExitStack() as stack:
        url = os.environ.get("TEST_POSTGRESQL_URL")
        if url is not None:
            yield stack.enter_context(PostgreSQL.at(url))
            return
        server = stack.enter_context(PostgreSQL.at(stack.enter_context(bundled_server_or_skip()).url))
        server.execute("ALTER SYSTEM SET fsync = off")  # no test pulls the plug
        server.execute("SELECT pg_reload_conf()")
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "bot.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}"


@pytest.fixture
def postgresql_url(postgresql: PostgreSQL) -> Iterator[str]:
    with postgresql.fresh() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def store(database: Database) -> Store:
    return Store.over(database)
