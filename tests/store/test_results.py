import pytest

from bot.domain.jobs import INTERACTION_TOKEN_LIFE, Task
from bot.domain.states import JobState, TaskState
from bot.store import LeaseLost, Store
from tests.store.scenes import BEN, CENT, HOUR, NOW, OWNER, accept, delivered, delivering, got, reach

PICTURE = b"\x89PNG\x00\xff" * 1000


async def picture(store: Store, job_id: int) -> Task:
    return await reach(store, job_id, TaskState.SUCCEEDED)


async def late_picture(store: Store, job_id: int) -> Task:
    task = await reach(store, job_id, TaskState.OVERDUE)
    job = await store.deliveries.begin(job_id, OWNER, NOW)
    assert job is not None
    await store.deliveries.end(job, 500, 600, [], NOW)
    return await store.tasks.succeed(task, f"spark-{job_id}", CENT, "https://spark/1.png", NOW + HOUR)


async def test_a_picture_is_kept_byte_by_byte(store: Store) -> None:
    task = await picture(store, 1)
    assert await store.deliveries.kept_result(task) is None

    await store.deliveries.keep_result(task, PICTURE, NOW)

    assert await store.deliveries.kept_result(task) == PICTURE
    assert await store.deliveries.kept_result(await picture(store, 2)) is None


async def test_keeping_a_picture_again_changes_neither_it_nor_its_age(store: Store) -> None:
    task = await picture(store, 1)
    await store.deliveries.keep_result(task, PICTURE, NOW)

    await store.deliveries.keep_result(task, b"another", NOW + HOUR)

    assert await store.deliveries.kept_result(task) == PICTURE
    await store.deliveries.forget_results(NOW + 1)
    assert await store.deliveries.kept_result(task) is None


async def test_pictures_are_forgotten_when_they_have_been_kept_long_enough(store: Store) -> None:
    old, young = await picture(store, 1), await picture(store, 2)
    await store.deliveries.keep_result(old, PICTURE, NOW)
    await store.deliveries.keep_result(young, PICTURE, NOW + 1)

    await store.deliveries.forget_results(NOW + 1)

    assert await store.deliveries.kept_result(old) is None
    assert await store.deliveries.kept_result(young) == PICTURE


async def test_each_picture_of_a_task_is_kept_until_they_are_posted(store: Store) -> None:
    job = await delivering(store, 1)
    await store.deliveries.keep_result(job.tasks[0], PICTURE, NOW)
    await store.deliveries.keep_result(job.tasks[0], b"further", NOW, 5)
    assert await store.deliveries.kept_result(job.tasks[0], 5) == b"further"
    assert await store.deliveries.kept_result(job.tasks[0], 1) == PICTURE

    await store.deliveries.end(job, 500, 600, [1, 5], NOW)

    assert await store.deliveries.kept_result(job.tasks[0], 5) is None
    assert (await got(store, 1)).tasks[0].posted


async def test_a_posted_picture_is_kept_no_longer(store: Store) -> None:
    job = await delivering(store, 1)
    await store.deliveries.keep_result(job.tasks[0], PICTURE, NOW)

    await store.deliveries.end(job, 500, 600, [1], NOW)

    assert await store.deliveries.kept_result(job.tasks[0]) is None


async def test_a_picture_that_could_not_be_posted_stays_kept(store: Store) -> None:
    job = await delivering(store, 1)
    await store.deliveries.keep_result(job.tasks[0], PICTURE, NOW)

    await store.deliveries.give_up(job, NOW)

    assert await store.deliveries.kept_result(job.tasks[0]) == PICTURE


async def test_a_stale_delivery_takes_no_kept_picture_away(store: Store) -> None:
    job = await delivering(store, 1)
    await store.deliveries.keep_result(job.tasks[0], PICTURE, NOW)
    await store.workers.adopt("worker-2", NOW)

    with pytest.raises(LeaseLost):
        await store.deliveries.end(job, 500, 600, [1], NOW)

    assert await store.deliveries.kept_result(job.tasks[0]) == PICTURE
    assert [task.posted for task in (await got(store, 1)).tasks] == [False]


async def test_a_picture_is_late_when_it_comes_after_its_jobs_message(store: Store) -> None:
    await delivered(store, 1)
    await picture(store, 2)
    await delivering(store, 3)
    late = await late_picture(store, 4)
    later = await late_picture(store, 5)

    assert await store.deliveries.late_pictures() == [late, later]
    assert await store.deliveries.late_pictures(5) == [later]
    assert await store.deliveries.late_pictures(1) == []


async def test_a_late_picture_is_posted_once(store: Store) -> None:
    late = await late_picture(store, 1)
    await store.deliveries.keep_result(late, PICTURE, NOW)
    assert await store.jobs.record_status_message_final(await got(store, 1))

    await store.deliveries.record_late(late, NOW + HOUR)

    assert await store.deliveries.late_pictures() == []
    assert await store.deliveries.kept_result(late) is None
    assert [task.posted for task in (await got(store, 1)).tasks] == [True]
    assert (await got(store, 1)).state is JobState.DELIVERED
    assert [job.id for job in await store.jobs.unfinished_status_messages()] == [1]


async def test_an_interactions_token_is_forgotten_when_discord_no_longer_takes_it(store: Store) -> None:
    await accept(store, 1)
    await accept(store, 2, BEN, at=NOW + 1)

    await store.jobs.forget_tokens(NOW + INTERACTION_TOKEN_LIFE)
    assert (await got(store, 1)).interaction_token == "token-1"
    await store.jobs.forget_tokens(NOW + INTERACTION_TOKEN_LIFE + 1)

    assert (await got(store, 1)).interaction_token is None
    assert (await got(store, 2)).interaction_token == "token-2"


def test_discord_takes_an_interactions_token_for_fifteen_minutes() -> None:
    assert INTERACTION_TOKEN_LIFE == 900_000
