from dataclasses import replace

import pytest

from bot.domain.jobs import Job, Lease
from bot.domain.states import JobEvent, JobState, TaskState
from bot.store import Database, LeaseLost, Store
from tests.store.scenes import (
    ANNA,
    BEN,
    CENT,
    NO_CEILINGS,
    NO_LIMITS,
    NOW,
    OWNER,
    PLENTY,
    accept,
    claim,
    contents,
    delivered,
    delivering,
    got,
    reach,
)
from tests.store.steps import JOB_STEPS

every_step = pytest.mark.parametrize("name", JOB_STEPS)


async def in_state(store: Store, job_id: int, state: JobState) -> Job:
    match state:
        case JobState.OPEN:
            await reach(store, job_id, TaskState.SUCCEEDED)
        case JobState.DELIVERING:
            await delivering(store, job_id)
        case JobState.DELIVERED:
            await delivered(store, job_id)
        case JobState.UNDELIVERABLE:
            await store.deliveries.give_up(await delivering(store, job_id), NOW)
        case JobState.CANCELLED:
            await reach(store, job_id, TaskState.CANCELLED)
    return await got(store, job_id)


@every_step
async def test_a_step_is_taken_while_delivering(store: Store, name: JobEvent) -> None:
    step, to = JOB_STEPS[name]
    job = await delivering(store, 1)

    told = await step(store, job)

    after = await got(store, 1)
    assert after.state is to
    assert after.lease == (job.lease if to is JobState.DELIVERING else None)
    assert told in (after, None)


@every_step
@pytest.mark.parametrize("state", [state for state in JobState if state is not JobState.DELIVERING])
async def test_a_step_of_a_job_that_nobody_delivers_is_a_bug_and_changes_nothing(
    database: Database, store: Store, name: JobEvent, state: JobState
) -> None:
    step, _ = JOB_STEPS[name]
    job = await in_state(store, 1, state)
    before = await contents(database)

    with pytest.raises(AssertionError, match="job 1 is not held by this worker"):
        await step(store, job)
    with pytest.raises(LeaseLost):
        await step(store, replace(job, lease=Lease(OWNER, 1)))

    assert await contents(database) == before


# invariant I2
@every_step
async def test_a_step_with_a_stale_handle_loses_and_changes_nothing(
    database: Database, store: Store, name: JobEvent
) -> None:
    step, _ = JOB_STEPS[name]
    job = await delivering(store, 1)
    assert job.lease is not None
    before = await contents(database)

    for lease in (Lease("worker-2", job.lease.fence), Lease(OWNER, job.lease.fence - 1)):
        with pytest.raises(LeaseLost):
            await step(store, replace(job, lease=lease))

    assert await contents(database) == before


@pytest.mark.parametrize("state", JobState)
async def test_only_an_open_job_is_taken_for_delivery(database: Database, store: Store, state: JobState) -> None:
    await in_state(store, 1, state)
    before = await contents(database)

    taken = await store.deliveries.begin(1, "worker-2", NOW + 7)

    if state is not JobState.OPEN:
        assert taken is None
        assert await contents(database) == before
    else:
        assert taken is not None
        assert (taken.state, taken.lease, taken.delivering_at) == (
            JobState.DELIVERING,
            Lease("worker-2", 1),
            NOW + 7,
        )


@pytest.mark.parametrize(
    ("state", "ended"),
    [
        (TaskState.QUEUED, False),
        (TaskState.CLAIMED, False),
        (TaskState.SUBMITTING, False),
        (TaskState.RUNNING, False),
        (TaskState.OVERDUE, True),
        (TaskState.UNKNOWN, True),
        (TaskState.SUCCEEDED, True),
        (TaskState.FAILED, True),
    ],
)
async def test_a_job_is_delivered_when_its_last_task_has_ended(
    store: Store, state: TaskState, ended: bool
) -> None:
    await reach(store, 1, state)

    assert await store.deliveries.ready() == ([1] if ended else [])
    assert (await store.deliveries.begin(1, OWNER, NOW) is not None) is ended
    assert await store.deliveries.ready() == []


async def test_one_task_that_still_runs_holds_the_whole_job_back(store: Store) -> None:
    await accept(store, 1, prices=[CENT, CENT])
    first, second = await claim(store, OWNER, PLENTY, NOW)
    await store.tasks.fail(await store.tasks.begin_submit(first, 0, NO_CEILINGS, NOW), None, "No.", NOW)
    second = await store.tasks.start(await store.tasks.begin_submit(second, 0, NO_CEILINGS, NOW), "spark-2")
    assert await store.deliveries.begin(1, OWNER, NOW) is None

    await store.tasks.mark_overdue(second)

    assert await store.deliveries.ready() == [1]


async def test_ready_jobs_come_in_the_order_in_which_they_were_asked_for(store: Store) -> None:
    for job_id in (3, 1, 2):
        await reach(store, job_id, TaskState.FAILED)

    assert await store.deliveries.ready() == [1, 2, 3]


async def test_a_delivery_is_recorded_with_its_place_message_and_pictures(store: Store) -> None:
    job = await delivering(store, 1)
    await store.deliveries.record_place(job, 501)
    assert (await got(store, 1)).result_channel_id == 501

    done = await store.deliveries.end(job, 502, 600, [1], NOW)

    assert (done.result_channel_id, done.result_id) == (502, 600)
    assert [task.posted for task in done.tasks] == [True]


async def test_a_worker_sees_the_jobs_that_it_is_delivering(store: Store) -> None:
    mine = await delivering(store, 1)
    await delivered(store, 2)
    await reach(store, 3, TaskState.SUCCEEDED, BEN)
    assert await store.deliveries.begin(3, "worker-2", NOW)

    assert await store.deliveries.held_by(OWNER) == [mine]


@pytest.mark.parametrize("state", JobState)
async def test_an_ended_jobs_status_message_is_unfinished_until_it_shows_the_end(
    store: Store, state: JobState
) -> None:
    job = await in_state(store, 1, state)
    ended = state in (JobState.DELIVERED, JobState.UNDELIVERABLE)
    assert await store.jobs.unfinished_status_messages() == ([job] if ended else [])

    await store.jobs.record_status_message_final(job)

    assert await store.jobs.unfinished_status_messages() == []


async def test_open_and_delivering_jobs_are_unfinished(store: Store) -> None:
    for job_id, state in enumerate(JobState, start=1):
        await in_state(store, job_id, state)

    assert await store.jobs.unfinished() == 2


async def test_a_job_of_which_nothing_was_claimed_can_be_cancelled(store: Store) -> None:
    await accept(store, 1, prices=[CENT, CENT])

    assert await store.jobs.cancel(1, NOW + 5)

    assert [(task.state, task.ended_at) for task in (await got(store, 1)).tasks] == [
        (TaskState.CANCELLED, NOW + 5),
        (TaskState.CANCELLED, NOW + 5),
    ]
    assert (await store.ledger.budgets(ANNA, frozenset(), NO_LIMITS.ceilings, NOW))[0].reserved == 0


@pytest.mark.parametrize("state", [state for state in TaskState if state is not TaskState.QUEUED])
async def test_a_job_that_was_begun_cannot_be_cancelled(
    database: Database, store: Store, state: TaskState
) -> None:
    await reach(store, 1, state)
    before = await contents(database)

    assert not await store.jobs.cancel(1, NOW)

    assert await contents(database) == before


async def test_a_delivered_or_unknown_job_cannot_be_cancelled(store: Store) -> None:
    await delivered(store, 1)

    assert not await store.jobs.cancel(1, NOW)
    assert not await store.jobs.cancel(404, NOW)
