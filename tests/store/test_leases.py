"""Leases by PostgreSQL's clock: who holds one keeps its work, and whose is over loses it to one other."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.domain.jobs import Lease
from bot.domain.states import TaskState
from bot.store import Database, LeaseLost, Place, Store
from bot.store.schema import workers
from tests.databases import change
from tests.store.scenes import CENT, NOW, OWNER, delivering, reach

HEIR, OTHER = "worker-2", "worker-3"
A_MINUTE = 60_000


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


async def registered(store: Store, *owners: str) -> None:
    for pid, owner in enumerate(owners):
        await store.workers.register(owner, Place("a kernel", "host", pid), A_MINUTE, NOW + pid)


async def over(database: Database, owner: str) -> None:
    """Let a worker's lease be over."""
    await change(database, sa.update(workers).where(workers.c.id == owner).values(lease_until=1))


async def test_while_a_lease_holds_nobody_takes_its_work(store: Store) -> None:
    await registered(store, OWNER, HEIR)
    await reach(store, 1, TaskState.RUNNING)
    assert not (await store.workers.news(HEIR)).any_gone
    assert (await store.workers.adopt(HEIR, NOW)).running == ()


# invariant I12
async def test_once_it_is_over_all_of_it_goes_to_one_other(database: Database, store: Store) -> None:
    await registered(store, OWNER, HEIR, OTHER)
    task = await reach(store, 1, TaskState.RUNNING)
    job = await delivering(store, 2)
    await over(database, OWNER)
    assert (await store.workers.news(HEIR)).any_gone
    both = await asyncio.gather(*(store.workers.adopt(owner, NOW) for owner in (HEIR, OTHER)))
    [(heir, adopted)] = [(owner, each) for owner, each in zip((HEIR, OTHER), both, strict=True) if each.running]
    assert [each.lease for each in adopted.running] == [Lease(heir, 2)]
    assert adopted.delivering == {2}
    with pytest.raises(LeaseLost):
        await store.tasks.succeed(task, "spark-1", CENT, "https://spark/1.png", NOW)
    with pytest.raises(LeaseLost):
        await store.deliveries.end(job, 500, 600, [1], NOW)


async def test_who_has_been_taken_over_from_hears_it_when_it_renews(database: Database, store: Store) -> None:
    await registered(store, OWNER, HEIR)
    assert await store.workers.renew(OWNER, A_MINUTE)
    await over(database, OWNER)
    assert await store.workers.renew(OWNER, A_MINUTE)  # late, and nobody has seen it
    assert not (await store.workers.news(HEIR)).any_gone
    await over(database, OWNER)
    await store.workers.adopt(HEIR, NOW)
    assert not await store.workers.renew(OWNER, A_MINUTE)


async def test_one_that_leaves_is_taken_over_from_at_once(store: Store) -> None:
    await registered(store, OWNER, HEIR)
    await reach(store, 1, TaskState.RUNNING)
    await store.workers.leave(OWNER)
    assert (await store.workers.news(HEIR)).any_gone
    adopted = await store.workers.adopt(HEIR, NOW)
    assert [each.lease for each in adopted.running] == [Lease(HEIR, 2)]


async def test_one_that_is_known_to_be_gone_is_not_waited_for(store: Store) -> None:
    await registered(store, OWNER, HEIR)
    await reach(store, 1, TaskState.RUNNING)
    adopted = await store.workers.adopt(HEIR, NOW, gone=[OWNER])
    assert [each.lease for each in adopted.running] == [Lease(HEIR, 2)]


async def test_the_eldest_whose_lease_holds_does_what_is_done_once(database: Database, store: Store) -> None:
    await registered(store, OWNER, HEIR)
    assert [await store.workers.leads(owner) for owner in (OWNER, HEIR)] == [True, False]
    assert (await store.workers.news(HEIR)).others == 1
    await over(database, OWNER)
    assert [await store.workers.leads(owner) for owner in (OWNER, HEIR)] == [False, True]
    assert (await store.workers.news(HEIR)).others == 0


async def test_nobody_adopts_from_itself(database: Database, store: Store) -> None:
    await registered(store, OWNER)
    await reach(store, 1, TaskState.RUNNING)
    await over(database, OWNER)  # the database was away for longer than a lease
    assert not (await store.workers.news(OWNER)).any_gone
    assert (await store.workers.adopt(OWNER, NOW)).running == ()


async def test_what_is_handed_over_goes_to_the_others_at_once_but_for_what_is_being_posted(store: Store) -> None:
    await registered(store, OWNER, HEIR)
    task = await reach(store, 1, TaskState.RUNNING)
    job = await delivering(store, 2)
    await store.workers.hand_over(OWNER, "left behind")
    assert (await store.workers.news(HEIR)).any_gone
    adopted = await store.workers.adopt(HEIR, NOW)
    assert [each.lease for each in adopted.running] == [Lease(HEIR, 3)]
    assert adopted.delivering == frozenset()
    with pytest.raises(LeaseLost):
        await store.tasks.succeed(task, "spark-1", CENT, "https://spark/1.png", NOW)
    await store.deliveries.end(job, 500, 600, [1], NOW)


async def test_what_waits_is_seen_by_the_others(store: Store) -> None:
    await registered(store, OWNER, HEIR)
    assert not (await store.workers.news(HEIR)).any_queued
    await reach(store, 1, TaskState.QUEUED)
    assert (await store.workers.news(HEIR)).any_queued


async def test_a_notification_is_heard_by_who_listens(store: Store) -> None:
    await registered(store, OWNER, HEIR)
    heard: asyncio.Queue[None] = asyncio.Queue()
    listening = asyncio.create_task(store.workers.listen(lambda: heard.put_nowait(None)))
    try:
        await heard.get()  # what was told before
        await store.workers.leave(OWNER)
        await heard.get()
    finally:
        listening.cancel()


async def test_an_event_that_two_hear_is_answered_by_one(store: Store) -> None:
    assert [await store.events.take(7, NOW) for _ in range(2)] == [True, False]
    await reach(store, 8, TaskState.QUEUED)
    assert not await store.events.take(8, NOW)  # its job tells how it goes on
    assert await store.events.forget(NOW + 1) == 1
    assert await store.events.take(7, NOW)
