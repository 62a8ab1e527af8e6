from dataclasses import replace

import pytest

from bot.domain.jobs import Lease
from bot.domain.states import JobState, TaskState
from bot.store import Adopted, Database, LeaseLost, Store
from tests.store.scenes import (
    CENT,
    NO_CEILINGS,
    NOW,
    PLENTY,
    claim,
    contents,
    delivered,
    delivering,
    got,
    reach,
)

HEIR = "worker-2"


async def take_over(store: Store) -> Adopted:
    return await store.workers.adopt(HEIR, NOW + 10)


async def test_what_was_claimed_waits_again(store: Store) -> None:
    task = await reach(store, 1, TaskState.CLAIMED)

    adopted = await take_over(store)

    assert adopted == Adopted((replace(task, state=TaskState.QUEUED, lease=None),), (), ())
    assert [t.lease for t in await claim(store, HEIR, PLENTY, NOW)] == [Lease(HEIR, 3)]


# invariant I1
async def test_what_was_being_submitted_is_unknown_and_never_sent_again(store: Store) -> None:
    task = await reach(store, 1, TaskState.SUBMITTING)

    adopted = await take_over(store)

    unknown = replace(task, state=TaskState.UNKNOWN, lease=None, ended_at=NOW + 10)
    assert adopted == Adopted((), (unknown,), ())
    assert await claim(store, HEIR, PLENTY, NOW + 10) == []
    assert await store.ledger.differences() == []


@pytest.mark.parametrize("state", [TaskState.RUNNING, TaskState.OVERDUE])
async def test_what_runs_at_spark_is_looked_at_by_the_heir(store: Store, state: TaskState) -> None:
    task = await reach(store, 1, state)

    adopted = await take_over(store)

    assert adopted == Adopted((), (), (replace(task, lease=Lease(HEIR, 2)),))
    ended = await store.tasks.succeed(adopted.running[0], "spark-1", CENT, "https://spark/1.png", NOW)
    assert ended.state is TaskState.SUCCEEDED


async def test_a_delivery_that_was_begun_is_the_heirs(store: Store) -> None:
    job = await delivering(store, 1)

    await take_over(store)

    [inherited] = await store.deliveries.held_by(HEIR)
    assert inherited == replace(job, lease=Lease(HEIR, 2))
    assert (await store.deliveries.end(inherited, 500, 600, [1], NOW)).state is JobState.DELIVERED


@pytest.mark.parametrize(
    "state", [TaskState.QUEUED, TaskState.UNKNOWN, TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED]
)
async def test_what_nobody_held_stays_as_it_is(store: Store, state: TaskState) -> None:
    await reach(store, 1, state)
    before = await got(store, 1)

    assert await take_over(store) == Adopted((), (), ())

    assert await got(store, 1) == before


async def test_a_delivered_job_stays_delivered(store: Store) -> None:
    job = await delivered(store, 1)

    await take_over(store)

    assert await got(store, 1) == job


# invariant I2
async def test_the_dead_workers_steps_change_nothing_any_more(database: Database, store: Store) -> None:
    claimed = await reach(store, 1, TaskState.CLAIMED)
    submitting = await reach(store, 2, TaskState.SUBMITTING)
    running = await reach(store, 3, TaskState.RUNNING)
    overdue = await reach(store, 4, TaskState.OVERDUE)
    job = await delivering(store, 5)
    await take_over(store)
    before = await contents(database)

    for step in (
        lambda: store.tasks.begin_submit(claimed, 0, NO_CEILINGS, NOW),
        lambda: store.tasks.start(submitting, "spark-2"),
        lambda: store.tasks.requeue(submitting, NOW, NOW),
        lambda: store.tasks.mark_unknown(submitting, NOW),
        lambda: store.tasks.mark_overdue(running),
        lambda: store.tasks.succeed(running, "spark-3", CENT, "https://spark/3.png", NOW),
        lambda: store.tasks.fail(overdue, None, "No.", NOW),
        lambda: store.deliveries.record_place(job, 501),
        lambda: store.deliveries.end(job, 500, 600, [1], NOW),
        lambda: store.deliveries.give_up(job, NOW),
    ):
        with pytest.raises(LeaseLost):
            await step()

    assert await contents(database) == before
