"""What `spark-bot status` tells, line by line."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.domain.shards import Shards
from bot.domain.states import TaskState
from bot.operator.beside import NotOpened
from bot.operator.status import status
from bot.settings import load
from bot.store import Database, Place, Store
from sandbox.clock import MovableClock
from tests.store.scenes import CARA, CENT, HOUR, NO_CEILINGS, NOW, OWNER, PLENTY, accept, claim, delivering, reach

HALF_A_MINUTE = 30_000
"""More than a test takes: what is told in minutes stays as it is."""
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
NOTHING_GOES_ON = [
    "queue       nobody waits",
    "in flight   state       tasks  oldest",
    "            claimed     0      -",
    "            submitting  0      -",
    "            running     0      -",
    "            overdue     0      -",
    "            unknown     0      -",
    "deliveries  none under way",
    "kept        0 pictures that Discord has not taken yet",
    "spend       window      settled  reserved  limit",
    "            2026-01-01  $0.00    $0.00     $25.00",
    "            2026-01     $0.00    $0.00     $250.00",
]


async def told(url: str, **environment: str) -> list[str]:
    """Give all lines but the database's own."""
    database, *lines = await status(load(None, {"DATABASE_URL": url, **environment}), MovableClock(NOW / 1000))
    assert database.startswith(f"database    {url.partition(':')[0]}://")
    return lines


@pytest.fixture
async def bots(store: Store) -> Store:
    """Give a store on which three have registered, of whom one is at work."""
    for number, lease in enumerate((10 * HOUR + HALF_A_MINUTE, -HOUR - HALF_A_MINUTE, HOUR), start=1):
        owner, place = f"worker-{number}", Place(None, f"web-{number}", 811 + number)
        await store.workers.register(owner, place, lease, NOW - (4 - number) * HOUR)
    await store.workers.serve("worker-1", Shards(4, (0, 1)))
    await store.workers.serve("worker-2", Shards(4, (2, 3)))
    await store.workers.leave("worker-3")
    return store


async def test_where_nobody_works_and_nothing_goes_on_it_says_so(database: Database, database_url: str) -> None:
    assert await told(database_url) == [
        "workers     none: no bot works on this database",
        "shards      nobody serves any",
        *NOTHING_GOES_ON,
    ]
    assert not database.is_sqlite or await database.is_held()


@ON_POSTGRESQL
@pytest.mark.usefixtures("bots")
async def test_each_worker_stands_with_its_lease_and_its_shards(database_url: str) -> None:
    assert await told(database_url) == [
        "workers     host   process  age  lease         shards",
        "            web-1  812      3 h  10 h left     0, 1 of 4",
        "            web-2  813      2 h  over for 1 h  2, 3 of 4",
        "            web-3  814      1 h  handed over   none yet",
        "shards      nobody serves 2, 3 of 4",
        *NOTHING_GOES_ON,
    ]


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("others", "lines"),
    [
        ([Shards(4, (2, 3))], ["shards      all of 4 are served"]),
        (
            [Shards(2, (0, 1))],
            [
                "shards      all of 2 are served",
                "            nobody serves 2, 3 of 4",
                "            counts of 2 and 4 at once, as in a move from one to the other: each server is heard",
            ],
        ),
        (
            [Shards(2, (0,)), Shards(8, (2,))],
            [
                "shards      nobody serves 1 of 2",
                "            nobody serves 2, 3 of 4",
                "            nobody serves 0, 1, 3-7 of 8",
                "            counts of 2, 4 and 8 at once, as in a move from one to the other: some servers are "
                "not heard",
            ],
        ),
    ],
)
async def test_shards_are_told_by_count(
    bots: Store, database_url: str, others: list[Shards], lines: list[str]
) -> None:
    for number, each in enumerate(others, start=4):
        await bots.workers.register(f"worker-{number}", Place(None, "web", number), HOUR, NOW, each)
    found = await told(database_url)
    begun = found.index(lines[0])
    assert found[begun : begun + len(lines)] == lines
    assert found[begun + len(lines)] == NOTHING_GOES_ON[0]


@ON_SQLITE
async def test_on_sqlite_it_tells_whether_the_process_holds_the_file(
    database: Database, store: Store, database_url: str
) -> None:
    await store.workers.register(OWNER, Place(None, "web-1", 812), 0, NOW - HOUR, Shards(1, (0,)))
    [_, worker, shards, *_] = await told(database_url)
    assert worker == "            web-1  812      1 h  holds the file  0 of 1"
    assert shards == "shards      all of 1 are served"
    await database.close()
    [_, worker, shards, *_] = await told(database_url)
    assert worker == "            web-1  812      1 h  over, nobody holds the file  0 of 1"
    assert shards == "shards      nobody serves any"


async def test_what_goes_on_is_counted_with_the_oldest_of_it(store: Store, database_url: str) -> None:
    job = await delivering(store, 1)
    await store.deliveries.keep_result(job.tasks[0], b"a PNG", NOW)
    await reach(store, 2, TaskState.OVERDUE)
    await accept(store, 3, at=NOW - 3000)
    [task] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW - 2000)
    await accept(store, 4, CARA, prices=[CENT] * 2, at=NOW - 48_000)
    await accept(store, 5)
    found = await told(database_url, LIMITS_TOTAL_MONTH_USD="none")
    assert found[2:] == [
        "queue       3 tasks wait, of 2 people; the longest for 48 s",
        "in flight   state       tasks  oldest",
        "            claimed     0      -",
        "            submitting  1      2 s",
        "            running     0      -",
        "            overdue     1      0 s",
        "            unknown     0      -",
        "deliveries  1 under way, the oldest for 0 s",
        "kept        1 picture that Discord has not taken yet",
        "spend       window      settled  reserved  limit",
        "            2026-01-01  $0.01    $0.05     $25.00",
        "            2026-01     $0.01    $0.05     none",
    ]


@contextmanager
def edited(sqlite_url: str) -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        yield connection
    connection.close()


async def test_a_database_that_cannot_be_read_is_named_with_the_reason(sqlite_url: str) -> None:
    with edited(sqlite_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0009'")
    with pytest.raises(NotOpened, match=r"bot\.db: tables of revision 0009; `spark-bot run` brings them to 00"):
        await told(sqlite_url)
    without = sqlite_url.replace("bot.db", "empty.db")
    with edited(without) as connection:
        connection.execute("CREATE TABLE of_somebody_else (number INTEGER)")
    with pytest.raises(NotOpened, match="no tables yet; `spark-bot run` makes them"):
        await told(without)
    with pytest.raises(NotOpened, match=r"missing\.db is not made yet"):
        await told(sqlite_url.replace("bot.db", "missing.db"))
    with pytest.raises(NotOpened, match=r"postgresql://127\.0\.0\.1:9/name: .*refused"):
        await told("postgresql://127.0.0.1:9/name")
