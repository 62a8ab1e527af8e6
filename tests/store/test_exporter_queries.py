"""What the exporter asks of the database for Prometheus: every query runs, and says what is so."""

from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from psycopg.rows import dict_row

from bot.domain.states import ENDED_TASKS, TaskState
from bot.store import Place, Store
from bot.store.schema import workers
from tests.databases import outside
from tests.deployment import columns, exported
from tests.store.scenes import NOW, OWNER, delivering, reach

HEIR = "worker-2"
A_MINUTE = 60_000


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def ask(postgresql_url: str) -> Any:
    def asked(beginning: str) -> list[dict[str, Any]]:
        """Run a query of the exporter's as its role does, which may only read."""
        with psycopg.connect(postgresql_url, row_factory=dict_row) as connection:
            connection.read_only = True
            return connection.execute(exported()[beginning]["query"]).fetchall()

    return asked


@pytest.mark.parametrize("beginning", exported())
async def test_a_query_gives_the_columns_that_it_announces(store: Store, ask: Any, beginning: str) -> None:
    await store.workers.register(OWNER, Place(None, "here", 1), A_MINUTE, NOW)
    rows = ask(beginning)
    assert rows
    expected = columns(exported()[beginning])
    assert all(row.keys() == expected.keys() for row in rows)
    assert all(
        float(row[name]) is not None for row in rows for name, usage in expected.items() if usage == "GAUGE"
    )


async def test_a_shard_is_served_where_a_worker_that_has_it_holds_its_lease(
    postgresql_url: str, store: Store, ask: Any
) -> None:
    assert ask("spark_bot_shards") == [{"count": 0, "served": 0}]
    for owner, ids in ((OWNER, [0, 1]), (HEIR, [1, 2])):
        await store.workers.register(owner, Place(None, "here", 1), A_MINUTE, NOW)
        shards = sa.update(workers).where(workers.c.id == owner).values(shard_count=4, shard_ids=ids)
        with outside(postgresql_url) as connection:
            connection.execute(shards)
    assert ask("spark_bot_shards") == [{"count": 4, "served": 3}]
    assert ask("spark_bot_workers") == [{"at_work": 2}]
    await store.workers.leave(OWNER)
    assert ask("spark_bot_shards") == [{"count": 4, "served": 2}]
    assert [row["worker"] for row in ask("spark_bot_worker")] == [HEIR]


async def test_tasks_are_counted_by_every_state_that_is_no_end(store: Store, ask: Any) -> None:
    for job_id, state in enumerate(
        (TaskState.SUCCEEDED, TaskState.UNKNOWN, TaskState.RUNNING, TaskState.RUNNING), 1
    ):
        await reach(store, job_id, state)
    counted = {row["state"]: row["count"] for row in ask("spark_bot_tasks")}
    assert counted.keys() == {*TaskState} - {*ENDED_TASKS}
    assert {state: count for state, count in counted.items() if count} == {"unknown": 1, "running": 2}
    await delivering(store, 5)
    assert [row["under_way"] for row in ask("spark_bot_deliveries")] == [1]
