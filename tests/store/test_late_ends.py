from bot.domain.jobs import Job, Task
from bot.domain.states import TaskState
from bot.store import Store
from tests.store.scenes import CENT, DAY, HOUR, NO_CEILINGS, NOW, OWNER, PLENTY, accept, claim, got, reach


async def told(store: Store, job_id: int) -> Job:
    """Have a job's message stand in Discord, before all its tasks have really ended."""
    job = await store.deliveries.begin(job_id, OWNER, NOW)
    assert job is not None
    return await store.deliveries.end(job, 500, 600, [], NOW)


async def overdue(store: Store, job_id: int, count: int = 1) -> list[Task]:
    await accept(store, job_id, prices=[CENT] * count)
    claimed = await claim(store, OWNER, PLENTY, NOW)
    running = [
        await store.tasks.start(await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW), f"spark-{task.name}")
        for task in claimed
    ]
    return [await store.tasks.mark_overdue(task) for task in running]


async def names(store: Store, job_id: int | None = None) -> list[str]:
    return [task.name for task in await store.deliveries.late_ends(job_id)]


async def test_a_failure_is_late_when_it_comes_after_its_jobs_message(store: Store) -> None:
    await reach(store, 1, TaskState.FAILED)
    await told(store, 1)
    [task] = await overdue(store, 2)
    await told(store, 2)
    assert await names(store) == []
    await store.tasks.fail(task, None, "No.", NOW + HOUR)
    assert await names(store) == await names(store, 2) == ["2-1"]
    assert await names(store, 1) == []


async def test_it_is_not_told_before_the_message_stands(store: Store) -> None:
    [task] = await overdue(store, 1)
    job = await store.deliveries.begin(1, OWNER, NOW)
    assert job is not None
    await store.tasks.fail(task, None, "No.", NOW + HOUR)
    assert await names(store) == []
    await store.deliveries.end(job, 500, 600, [], NOW + 2 * HOUR)
    assert await names(store) == ["1-1"]


async def test_late_failures_wait_for_the_last_of_their_job(store: Store) -> None:
    first, second, third = await overdue(store, 1, 3)
    await told(store, 1)
    await store.tasks.fail(first, None, "No.", NOW + HOUR)
    await store.tasks.succeed(second, "spark-2", CENT, "https://spark/2.png", NOW + HOUR)
    assert await names(store) == []
    await store.tasks.fail(third, None, "No.", NOW + HOUR)
    assert await names(store) == ["1-1", "1-3"]


async def test_an_unknown_one_is_over_when_its_money_is_released(store: Store) -> None:
    await reach(store, 1, TaskState.UNKNOWN)
    await told(store, 1)
    assert await names(store) == []
    await store.tasks.release_unknown(NOW + DAY, NOW + DAY)
    assert await names(store) == ["1-1"]


async def test_a_late_end_is_told_once(store: Store) -> None:
    tasks = await overdue(store, 1, 2)
    await told(store, 1)
    assert await store.jobs.record_status_message_final(await got(store, 1))
    ended = [await store.tasks.fail(task, None, "No.", NOW + HOUR) for task in tasks]
    await store.deliveries.record_late_end(1, ended, NOW + HOUR)
    assert await names(store) == []
    assert [task.posted for task in (await got(store, 1)).tasks] == [True, True]
    assert [job.id for job in await store.jobs.unfinished_status_messages()] == [1]


async def test_what_was_deleted_is_not_spoken_of_again(store: Store) -> None:
    [task] = await overdue(store, 1)
    job = await told(store, 1)
    await store.tasks.fail(task, None, "No.", NOW + HOUR)
    await store.jobs.record_removed(1, job.account.user_id, NOW + HOUR)
    assert await names(store) == []
