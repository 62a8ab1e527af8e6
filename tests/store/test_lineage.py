from dataclasses import replace

import pytest

from bot.domain.pictures.sources import ResultRef
from bot.store import Store
from tests.store.scenes import ANNA, BEN, CENT, NO_LIMITS, NOW, accept, delivered, got, order, origin


async def made_from(store: Store, job_id: int, parent: int, position: int = 1) -> None:
    child = replace(order(), parent=ResultRef(parent, position))
    assert await store.jobs.accept(origin(job_id, BEN), child, [CENT], NO_LIMITS)


async def test_a_line_goes_back_to_where_a_picture_began(store: Store) -> None:
    await accept(store, 1, ANNA, prices=[CENT, CENT])
    await made_from(store, 5, 1, 2)
    await made_from(store, 3, 5)
    await accept(store, 4)
    line = await store.lineage.of(3, 10)
    assert [job.id for job in line] == [3, 5, 1]
    assert [len(job.tasks) for job in line] == [1, 1, 2]
    assert line[0] == await got(store, 3)


@pytest.mark.parametrize(("most", "ids"), [(1, [4]), (2, [4, 3]), (9, [4, 3, 2, 1])])
async def test_a_long_line_is_cut(store: Store, most: int, ids: list[int]) -> None:
    await accept(store, 1)
    for job_id in (2, 3, 4):
        await made_from(store, job_id, job_id - 1)
    assert [job.id for job in await store.lineage.of(4, most)] == ids


async def test_a_line_ends_where_a_record_is_gone(store: Store) -> None:
    await made_from(store, 2, 1)
    assert [job.id for job in await store.lineage.of(2, 10)] == [2]
    assert await store.lineage.of(1, 10) == []


async def test_who_deleted_a_result_first_stays_written_down(store: Store) -> None:
    await delivered(store, 1)
    await store.jobs.record_removed(1, BEN.user_id, NOW + 5)
    await store.jobs.record_removed(1, ANNA.user_id, NOW + 9)
    job = await got(store, 1)
    assert (job.removed_at, job.removed_by) == (NOW + 5, BEN.user_id)


async def test_a_deleted_results_status_message_is_still_to_say_so(store: Store) -> None:
    assert await store.jobs.record_status_message_final(await delivered(store, 1))
    assert await store.jobs.unfinished_status_messages() == []
    await store.jobs.record_removed(1, ANNA.user_id, NOW)
    assert [job.id for job in await store.jobs.unfinished_status_messages()] == [1]
    assert await store.jobs.record_status_message_final(await got(store, 1))
    await store.jobs.record_removed(1, ANNA.user_id, NOW)
    assert await store.jobs.unfinished_status_messages() == []


@pytest.mark.parametrize("change", ["deleted", "hidden"])
async def test_a_status_message_that_shows_what_was_deleted_or_hidden_meanwhile_is_not_final(
    store: Store, change: str
) -> None:
    shown = await delivered(store, 1)
    if change == "deleted":
        await store.jobs.record_removed(1, ANNA.user_id, NOW)
    else:
        await store.jobs.record_hidden(1)
    assert not await store.jobs.record_status_message_final(shown)
    assert [job.id for job in await store.jobs.unfinished_status_messages()] == [1]
