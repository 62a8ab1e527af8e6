import asyncio

from bot.domain.history import Page, Search, Way
from bot.store import Store
from tests.store.scenes import ANNA, BEN, NOW, accept

FAVOURITES = Search(favourites=True)


async def test_a_favourite_is_marked_and_taken_back_by_each_person_alone(store: Store) -> None:
    await accept(store, 1)
    assert await store.favourites.toggle(BEN.user_id, 1, NOW)
    assert await store.favourites.toggle(ANNA.user_id, 1, NOW)
    assert not await store.favourites.toggle(ANNA.user_id, 1, NOW)
    assert await store.favourites.has(BEN.user_id, 1)
    assert not await store.favourites.has(ANNA.user_id, 1)


async def test_two_presses_at_once_are_one_mark_or_none(store: Store) -> None:
    await accept(store, 1)
    first, second = await asyncio.gather(*(store.favourites.toggle(1, 1, NOW) for _ in range(2)))
    assert await store.favourites.has(1, 1) is (first is second)


async def test_favourites_are_read_newest_first_from_a_mark_on_and_without_deleted_ones(store: Store) -> None:
    for job_id in range(1, 6):
        await accept(store, job_id, BEN if job_id == 2 else ANNA, at=NOW + job_id)
        await store.favourites.toggle(ANNA.user_id, job_id, NOW)
    await accept(store, 6, at=NOW + 6)
    await store.jobs.record_removed(4, 1, NOW)
    newest = await store.history.page(ANNA, 2, None, FAVOURITES)
    assert [entry.job.id for entry in newest.entries] == [5, 3]
    older = await store.history.page(ANNA, 9, Way.older_than(newest.entries[-1].job), FAVOURITES)
    assert [entry.job.id for entry in older.entries] == [2, 1]  # anybody's result can be a favourite
    assert (older.newer, older.older) == (True, False)
    assert await store.history.page(BEN, 9, None, FAVOURITES) == Page([], newer=False, older=False)
