"""What can be seen of the workers that are written down: how their leases stand, and which shards they serve."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from bot.domain.shards import Shards
from bot.store import Database, Place, Store, WorkerStore
from bot.store.schema import workers
from tests.databases import change
from tests.store.scenes import NOW, OWNER

HERE = Place("a kernel", "host", 812)
A_MINUTE = 60_000
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@asynccontextmanager
async def opened(url: str, *, read_only: bool = False) -> AsyncIterator[Database]:
    database = Database(url, read_only=read_only)
    await database.open(wait=0)
    try:
        yield database
    finally:
        await database.close()


async def shards_of(store: Store, owner: str = OWNER) -> Shards | None:
    [shards] = [each.shards for each in await store.workers.known() if each.id == owner]
    return shards


async def test_a_worker_serves_none_until_its_process_says_so(store: Store) -> None:
    await store.workers.register(OWNER, HERE, A_MINUTE, NOW)
    assert await shards_of(store) is None
    for served in (Shards(4, (0,)), Shards(4, (0, 1))):
        await store.workers.serve(OWNER, served)
        assert await shards_of(store) == served


async def test_a_worker_that_is_written_down_anew_may_bring_its_shards(store: Store) -> None:
    await store.workers.register(OWNER, HERE, A_MINUTE, NOW)
    await store.workers.register(OWNER, HERE, A_MINUTE, NOW, Shards(2, (1,)))
    assert await shards_of(store) == Shards(2, (1,))


@ON_POSTGRESQL
async def test_each_writes_down_its_own_shards(store: Store) -> None:
    for owner in (OWNER, "worker-2"):
        await store.workers.register(owner, HERE, A_MINUTE, NOW)
    await store.workers.serve(OWNER, Shards(2, (0,)))
    assert await shards_of(store, "worker-2") is None


@ON_POSTGRESQL
async def test_whose_lease_holds_is_at_work(database: Database, store: Store) -> None:
    for pid, owner in enumerate(("holds", "is over", "was ended")):
        await store.workers.register(owner, Place(None, "host", pid), A_MINUTE, NOW + pid)
    await change(
        database,
        sa.update(workers)
        .where(workers.c.id == "is over")
        .values(lease_until=workers.c.lease_until - 2 * A_MINUTE),
    )
    await store.workers.leave("was ended")
    holds, over, ended = await store.workers.known()
    assert [each.id for each in (holds, over, ended)] == ["holds", "is over", "was ended"]
    assert [each.at_work for each in (holds, over, ended)] == [True, False, False]
    assert holds.lease_left is not None
    assert over.lease_left is not None
    assert 0 < holds.lease_left <= A_MINUTE
    assert over.lease_left <= -A_MINUTE
    assert ended.lease_left == 0


async def test_on_sqlite_whoever_holds_the_file_is_at_work(sqlite_url: str) -> None:
    async with opened(sqlite_url, read_only=True) as beside:
        async with opened(sqlite_url) as holder:
            await WorkerStore(holder).register(OWNER, HERE, A_MINUTE, NOW)
            for each in (beside, holder):
                [at_work] = await WorkerStore(each).known()
                assert (at_work.at_work, at_work.lease_left) == (True, None)
        [gone] = await WorkerStore(beside).known()
        assert (gone.at_work, gone.place, gone.started_at) == (False, HERE, NOW)
        async with opened(sqlite_url):  # to have looked holds nothing
            pass


async def test_where_nobody_has_ever_held_the_file_nobody_does(sqlite_url: str) -> None:
    async with opened(sqlite_url, read_only=True) as database:
        assert not await database.is_held()
