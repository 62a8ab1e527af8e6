from dataclasses import replace

import pytest

from bot.domain.jobs import Lease, Task
from bot.domain.states import TaskEvent, TaskState
from bot.store import AuditStore, Database, LeaseLost, Store
from tests.store.scenes import (
    ANNA,
    BEN,
    CENT,
    HOUR,
    NO_CEILINGS,
    NOW,
    OWNER,
    PLENTY,
    claim,
    contents,
    got,
    reach,
)
from tests.store.steps import HELD, STEPS, URL


def others(*states: TaskState) -> list[TaskState]:
    return [state for state in TaskState if state not in states]


every_step = pytest.mark.parametrize("name", STEPS)


@every_step
async def test_a_step_is_taken_from_its_own_states(store: Store, name: TaskEvent) -> None:
    step, to, sources = STEPS[name]
    for job_id, source in enumerate(sorted(sources), start=1):
        task = await reach(store, job_id, source)

        after = await step(store, task)

        assert after.state is to, source
        assert after.lease == (task.lease if to in HELD else None)
        assert after == (await got(store, job_id)).tasks[0]
        await leave_the_queue(store, after)


# invariant I2
@every_step
async def test_a_step_from_any_other_state_is_a_bug_and_changes_nothing(
    database: Database, store: Store, name: TaskEvent
) -> None:
    step, _, sources = STEPS[name]
    for job_id, source in enumerate(others(*sources), start=1):
        task = await reach(store, job_id, source)
        before = await contents(database)

        with pytest.raises(AssertionError):
            await step(store, task)
        with pytest.raises((AssertionError, LeaseLost)):
            await step(store, replace(task, lease=Lease(OWNER, 1)))

        assert await contents(database) == before, source
        await leave_the_queue(store, task)


@every_step
async def test_a_step_of_a_task_that_nobody_holds_is_a_bug(
    database: Database, store: Store, name: TaskEvent
) -> None:
    step, _, sources = STEPS[name]
    task = replace(await reach(store, 1, min(sources)), lease=None)
    before = await contents(database)

    with pytest.raises(AssertionError, match="1-1 is not held by this worker"):
        await step(store, task)

    assert await contents(database) == before


# invariant I2
@every_step
async def test_a_step_with_a_stale_handle_loses_and_changes_nothing(
    database: Database, store: Store, name: TaskEvent
) -> None:
    step, _, sources = STEPS[name]
    for job_id, source in enumerate(sorted(sources), start=1):
        real = next(state for state in HELD if state is not source)
        task = await reach(store, job_id, source)
        elsewhere = await reach(store, 100 + job_id, real)
        assert task.lease is not None
        stale = {
            "another worker's": replace(task, lease=Lease("worker-2", task.lease.fence)),
            "an earlier turn": replace(task, lease=Lease(OWNER, task.lease.fence - 1)),
            "an earlier state": replace(elsewhere, state=source),
            "nobody's row": replace(task, job_id=404),
        }
        before = await contents(database)

        for why, handle in stale.items():
            with pytest.raises(LeaseLost):
                await step(store, handle)
            assert await contents(database) == before, (source, why)


async def test_a_submit_is_recorded_with_its_moment(store: Store) -> None:
    task = await reach(store, 1, TaskState.CLAIMED)

    assert (await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW + 3)).submitted_at == NOW + 3


async def test_a_picture_ends_its_task_with_its_address_and_price(store: Store) -> None:
    task = await reach(store, 1, TaskState.RUNNING)

    ended = await store.tasks.succeed(task, "spark-1", 2 * CENT, URL, NOW + 9)

    assert (ended.spark_id, ended.cost_nano, ended.result_url, ended.ended_at) == (
        "spark-1",
        2 * CENT,
        URL,
        NOW + 9,
    )
    assert (await got(store, 1)).succeeded == (ended,)
    assert (await got(store, 1)).cost_nano == 2 * CENT


async def test_a_failure_ends_its_task_with_the_reason_and_no_price(store: Store) -> None:
    task = await reach(store, 1, TaskState.RUNNING)

    ended = await store.tasks.fail(task, "50411", "Spark refused the picture.", NOW + 9)

    assert (ended.error_code, ended.error_text, ended.ended_at) == (
        "50411",
        "Spark refused the picture.",
        NOW + 9,
    )
    assert (ended.spark_id, ended.cost_nano, ended.result_url) == ("spark-1", None, None)


async def test_further_pictures_keep_their_addresses(store: Store) -> None:
    task = await reach(store, 1, TaskState.RUNNING)

    ended = await store.tasks.succeed(task, "spark-1", CENT, URL, NOW, [f"{URL}?2", f"{URL}?3"])

    assert ended.addresses == {1: URL, 5: f"{URL}?2", 9: f"{URL}?3"}
    assert (await got(store, 1)).tasks == (ended,)


async def test_a_failure_that_cost_something_is_settled_in_the_same_step(database: Database, store: Store) -> None:
    task = await reach(store, 1, TaskState.RUNNING)

    ended = await store.tasks.fail(task, None, "No picture.", NOW, "spark-1", 2 * CENT)

    assert (ended.state, ended.cost_nano) == (TaskState.FAILED, 2 * CENT)
    [total] = {(b.spent, b.reserved) for b in await store.ledger.budgets(ANNA, frozenset(), NO_CEILINGS, NOW)}
    assert total == (2 * CENT, 0)
    assert (await AuditStore(database).audit()).problems == ()


async def test_a_failed_submit_keeps_sparks_id_where_one_came(store: Store) -> None:
    task = await reach(store, 1, TaskState.SUBMITTING)

    assert (await store.tasks.fail(task, None, "No.", NOW, spark_id="spark-77")).spark_id == "spark-77"


async def test_an_id_that_arrives_late_sets_an_unknown_task_running(store: Store) -> None:
    task = await reach(store, 1, TaskState.UNKNOWN)
    assert task.ended_at == NOW

    late = await store.tasks.start_late(task, "worker-2", "spark-late")

    assert (late.state, late.spark_id, late.ended_at) == (TaskState.RUNNING, "spark-late", None)
    assert late.lease == Lease("worker-2", 2)
    assert (await store.tasks.succeed(late, "spark-late", CENT, URL, NOW)).state is TaskState.SUCCEEDED


@pytest.mark.parametrize("state", others(TaskState.UNKNOWN))
async def test_an_id_comes_late_only_for_an_unknown_task(
    database: Database, store: Store, state: TaskState
) -> None:
    task = await reach(store, 1, state)
    before = await contents(database)

    with pytest.raises(LeaseLost):
        await store.tasks.start_late(task, "worker-2", "spark-late")

    assert await contents(database) == before


# invariant I7
async def test_an_id_comes_too_late_when_the_money_is_released(database: Database, store: Store) -> None:
    task = await reach(store, 1, TaskState.UNKNOWN)
    assert await store.tasks.release_unknown(NOW + 1, NOW + 24 * HOUR) == [task]
    before = await contents(database)

    with pytest.raises(LeaseLost):
        await store.tasks.start_late(task, OWNER, "spark-late")

    assert await contents(database) == before


@pytest.mark.parametrize("name", STEPS)
async def test_a_step_whose_commit_was_not_heard_of_can_be_looked_up(store: Store, name: TaskEvent) -> None:
    step, _, sources = STEPS[name]
    task = await reach(store, 1, min(sources))
    assert await store.tasks.moved_on(task) is None

    after = await step(store, task)

    assert await store.tasks.moved_on(task) == after


async def test_a_step_that_somebody_else_took_is_not_ones_own(store: Store) -> None:
    unknown = await reach(store, 2, TaskState.UNKNOWN)
    claimed = await reach(store, 1, TaskState.CLAIMED)
    await store.workers.adopt("worker-2", NOW)
    [again] = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.begin_submit(again, 0, NO_CEILINGS, NOW)

    assert await store.tasks.moved_on(claimed) is None
    assert await store.tasks.moved_on(unknown) is None


async def test_the_newest_successes_come_oldest_first(store: Store) -> None:
    for job_id, ended_at in ((1, NOW + 30), (2, NOW + 10), (3, NOW + 20)):
        task = await reach(store, job_id, TaskState.RUNNING, (ANNA, BEN)[job_id % 2])
        await store.tasks.succeed(task, f"spark-{job_id}", CENT, URL, ended_at)
    await reach(store, 4, TaskState.FAILED)

    assert [task.job_id for task in await store.tasks.recent_successes(2)] == [3, 1]
    assert [task.job_id for task in await store.tasks.recent_successes(9)] == [2, 3, 1]


async def leave_the_queue(store: Store, task: Task) -> None:
    """Take a queued task out of the queue, so that the next scene's claim does not meet it."""
    if task.state is TaskState.QUEUED:
        [task] = await claim(store, OWNER, PLENTY, NOW + 1)
