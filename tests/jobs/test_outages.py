import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.domain.jobs import Task
from bot.domain.states import TaskState
from bot.jobs.estimates import Estimates
from bot.jobs.outages import pause_after, task_step, through_outages
from bot.store import Database, DatabaseAway, LeaseLost, Store
from sandbox.clock import MovableClock
from tests.jobs.drivers import driver_of
from tests.jobs.proxy import Proxy
from tests.store.scenes import CENT, NOW, reach


@pytest.fixture
async def proxy(postgresql_url: str) -> AsyncIterator[Proxy]:
    async with Proxy(postgresql_url) as proxy:
        yield proxy


@pytest.fixture
async def store(proxy: Proxy) -> AsyncIterator[Store]:
    database = Database(proxy.url)
    await database.open()
    yield Store.over(database)
    proxy.mend()
    await database.close()


async def test_a_database_that_is_cut_off_is_away(proxy: Proxy, store: Store) -> None:
    proxy.cut()
    with pytest.raises(DatabaseAway):
        await store.jobs.unfinished()
    proxy.mend()
    assert await store.jobs.unfinished() == 0


async def test_an_answer_of_sparks_is_recorded_when_the_database_is_back(proxy: Proxy, store: Store) -> None:
    clock = MovableClock()
    task = await reach(store, 1, TaskState.SUBMITTING)
    proxy.cut()
    recording = asyncio.create_task(task_step(store, clock, task, lambda: store.tasks.start(task, "spark-1")))
    await clock.sleeper()
    assert not recording.done()
    proxy.mend()
    await clock.advance(60)
    recorded = await recording
    assert (recorded.state, recorded.spark_id) == (TaskState.RUNNING, "spark-1")


# invariant I2
async def test_a_commit_whose_answer_was_lost_is_not_made_twice(proxy: Proxy, store: Store) -> None:
    clock = MovableClock()
    task = await reach(store, 1, TaskState.SUBMITTING)
    calls = 0

    async def succeed() -> Task:
        nonlocal calls
        calls += 1
        return await store.tasks.succeed(task, "spark-1", 5_000_000, "https://spark/1.png", NOW)

    proxy.lose_answer_to(b"COMMIT")
    recording = asyncio.create_task(task_step(store, clock, task, succeed))
    await clock.sleeper()
    proxy.mend()
    await clock.advance(60)
    recorded = await recording
    assert calls == 2
    assert (recorded.state, recorded.cost_nano) == (TaskState.SUCCEEDED, 5_000_000)
    assert await store.ledger.differences() == []


async def test_a_submit_is_dated_when_it_is_made_and_not_when_the_database_went(
    proxy: Proxy, store: Store
) -> None:
    clock = MovableClock()
    task = await reach(store, 1, TaskState.CLAIMED)
    heard: list[Task] = []
    proxy.cut()
    driver = driver_of(store, Estimates(lambda *_: CENT, clock), clock, heard)
    driving = asyncio.create_task(driver.drive(task))
    for _ in range(40):
        await clock.sleeper()
        await clock.advance(30)
    proxy.mend()
    back_at = clock.now_ms()
    await clock.sleeper()
    await clock.advance(30)
    await driving
    [ended] = heard
    assert ended.submitted_at is not None
    assert ended.submitted_at >= back_at


async def test_a_step_that_somebody_else_has_taken_stays_theirs(proxy: Proxy, store: Store) -> None:
    clock = MovableClock()
    task = await reach(store, 1, TaskState.RUNNING)
    proxy.cut()
    recording = asyncio.create_task(task_step(store, clock, task, lambda: store.tasks.mark_overdue(task)))
    await clock.sleeper()
    proxy.mend()
    await store.workers.adopt("worker-2", NOW)
    await clock.advance(60)
    with pytest.raises(LeaseLost):
        await recording


async def test_what_is_no_outage_is_not_repeated() -> None:
    calls = 0

    async def broken() -> None:
        nonlocal calls
        calls += 1
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        await through_outages(MovableClock(), broken, "a test")
    assert calls == 1


def test_a_pause_grows_and_never_ends_the_tries() -> None:
    assert [pause_after(failures, 30.0) for failures in (0, 1, 4, 5, 2000)] == [1.0, 2.0, 16.0, 30.0, 30.0]
