import asyncio
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.domain.jobs import Job
from bot.domain.pictures.sources import Copy, InputImage
from bot.domain.refusals import Refusal
from bot.domain.states import AWAITED, TaskState
from bot.store import Database, Store
from bot.store.schema import images
from tests.databases import rows
from tests.examples import PICTURE, SOURCE
from tests.store.scenes import (
    BEN,
    CENT,
    DAY,
    HOUR,
    NO_CEILINGS,
    NO_LIMITS,
    NOW,
    OWNER,
    PLENTY,
    ask,
    claim,
    contents,
    edit,
    got,
    origin,
    reach,
    reserved,
)

OTHER = InputImage("cd" * 32, b"a PNG", "PNG", 64, 48)


async def end(store: Store) -> None:
    """Bring whatever waits to its end."""
    for task in await claim(store, OWNER, PLENTY, NOW + 99 * DAY):
        await store.tasks.fail(task, None, "No.", NOW)


async def kept_at(database: Database) -> dict[str, int]:
    return dict(await rows(database, sa.select(images.c.sha256, images.c.kept_at)))


async def test_a_picture_is_kept_once_whoever_sends_it_how_often(database: Database, store: Store) -> None:
    await ask(store, 1, edit())
    await ask(store, 2, edit(), at=NOW + HOUR, account=BEN)
    assert await kept_at(database) == {PICTURE.sha256: NOW + HOUR}
    assert await store.images.get(PICTURE.sha256) == PICTURE
    assert await store.images.get(OTHER.sha256) is None


# invariant I4
async def test_a_refused_job_keeps_no_picture(database: Database, store: Store) -> None:
    with pytest.raises(Refusal):
        await store.jobs.accept(origin(1), edit(), [CENT], replace(NO_LIMITS, unfinished=0))
    assert await kept_at(database) == {}


async def test_a_picture_goes_when_its_time_is_over_and_its_tasks_know_it(
    database: Database, store: Store
) -> None:
    await ask(store, 1, edit())
    await ask(store, 2, edit(OTHER), at=NOW + 2)
    await end(store)

    assert await store.images.forget(NOW) == 0
    assert await store.images.forget(NOW + 1) == 1

    assert await kept_at(database) == {OTHER.sha256: NOW + 2}
    assert [(await got(store, n)).tasks[0].image_sha256 for n in (1, 2)] == [None, OTHER.sha256]
    assert (await got(store, 1)).source == SOURCE


async def test_a_job_on_a_picture_begins_its_time_anew(database: Database, store: Store) -> None:
    await ask(store, 1, edit())
    await ask(store, 2, edit(anew=False), at=NOW + DAY)
    await end(store)
    assert await store.images.forget(NOW + DAY) == 0
    assert await kept_at(database) == {PICTURE.sha256: NOW + DAY}


@pytest.mark.parametrize("state", sorted(AWAITED))
async def test_a_task_that_is_still_to_end_keeps_its_picture(store: Store, state: TaskState) -> None:
    await ask(store, 1, edit())
    if state is not TaskState.QUEUED:
        [task] = await claim(store, OWNER, PLENTY, NOW)
        if state is not TaskState.CLAIMED:
            task = await store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW)
            if state is not TaskState.SUBMITTING:
                await store.tasks.start(task, "spark-1")
    assert (await got(store, 1)).tasks[0].state is state
    assert await store.images.forget(NOW + DAY) == 0
    assert await store.images.get(PICTURE.sha256) == PICTURE


async def test_once_more_without_the_picture_is_refused_and_leaves_nothing(
    database: Database, store: Store
) -> None:
    await ask(store, 1, edit())
    await end(store)
    await store.images.forget(NOW + DAY)
    before = await contents(database)
    with pytest.raises(Refusal, match="Its picture is no longer kept"):
        await ask(store, 2, edit(anew=False))
    assert await contents(database) == before


async def test_the_same_picture_sent_again_is_kept_again(store: Store) -> None:
    await ask(store, 1, edit())
    await end(store)
    await store.images.forget(NOW + DAY)
    await ask(store, 2, edit())
    assert await store.images.get(PICTURE.sha256) == PICTURE


async def test_where_a_picture_is_now_is_read_back_as_it_was_recorded(store: Store) -> None:
    await ask(store, 1, edit())
    await ask(store, 2, edit())
    copy = Copy("https://cdn.discordapp.com/attachments/3/4/input-1.jpg?ex=2", 501, 2**60)
    now = replace(
        SOURCE, url="https://new", changes=("turned upright",), needs_copy=True, copy_agreed=True, copy=copy
    )
    await store.jobs.record_source(1, now)
    assert [(await got(store, n)).source for n in (1, 2)] == [now, SOURCE]


async def test_a_postponed_task_waits_and_keeps_its_money(store: Store) -> None:
    task = await reach(store, 1, TaskState.CLAIMED)
    put_back = await store.tasks.postpone(task, NOW + 5000, NOW)
    assert (put_back.state, put_back.lease, put_back.attempts) == (TaskState.QUEUED, None, 0)
    assert (put_back.refused_at, put_back.submitted_at, put_back.ended_at) == (NOW, None, None)
    assert await claim(store, OWNER, PLENTY, NOW + 4999) == []
    assert [each.name for each in await claim(store, OWNER, PLENTY, NOW + 5000)] == [task.name]
    assert await reserved(store) == CENT


async def test_a_claimed_task_that_cannot_be_sent_releases_its_money(store: Store) -> None:
    task = await reach(store, 1, TaskState.CLAIMED)
    failed = await store.tasks.fail(task, None, "Send it again.", NOW)
    assert (failed.state, failed.error_text, failed.cost_nano) == (TaskState.FAILED, "Send it again.", None)
    assert await reserved(store) == 0
    assert await store.ledger.differences() == []


async def test_a_picture_that_is_asked_for_while_it_is_forgotten_is_kept_or_refused(
    database: Database, store: Store
) -> None:
    for number in range(1, 40, 2):
        await ask(store, number, edit())
        await end(store)
        asking = ask(store, number + 1, edit(anew=False), at=NOW + DAY)
        answer, forgotten = await asyncio.gather(asking, store.images.forget(NOW + 1), return_exceptions=True)
        if isinstance(answer, Refusal):
            assert (forgotten, await kept_at(database)) == (1, {})
        else:
            assert isinstance(answer, Job)
            assert (forgotten, await kept_at(database)) == (0, {PICTURE.sha256: NOW + DAY})
        await end(store)
        await store.images.forget(NOW + 2 * DAY)


async def test_a_copy_is_needed_while_something_is_made_from_it(store: Store) -> None:
    copy = Copy("https://cdn.discordapp.com/attachments/1/3/input.png?ex=1", 500, 2**62)
    await ask(store, 1, edit())
    assert not await store.jobs.needs_copy(copy)
    await ask(store, 2, replace(edit(), source=replace(SOURCE, copy=replace(copy, url="renewed"))))
    assert await store.jobs.needs_copy(copy)
    assert not await store.jobs.needs_copy(replace(copy, message_id=2**62 + 1))
    await store.jobs.cancel(2, NOW)
    assert not await store.jobs.needs_copy(copy)
