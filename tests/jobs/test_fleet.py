import asyncio
import os
import sys
from functools import partial

import pytest

from bot.domain.shards import Shards
from bot.jobs.fleet import Fleet
from bot.store import Store, WorkerStore
from sandbox.clock import MovableClock
from tests.store.scenes import NOW

SERVED = Shards(4, (0, 1))


async def shards(store: Store) -> list[Shards | None]:
    return [each.shards for each in await store.workers.known()]


async def test_a_worker_writes_down_the_shards_that_it_has_heard_of(store: Store) -> None:
    fleet = Fleet(store, MovableClock(NOW / 1000))
    await fleet.begin()
    await fleet.write_shards()
    assert await shards(store) == [None]
    fleet.shards = SERVED
    await fleet.write_shards()
    assert await shards(store) == [SERVED]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_one_that_others_took_for_gone_writes_them_down_again(store: Store) -> None:
    fleet = Fleet(store, MovableClock(NOW / 1000))
    await fleet.begin()
    fleet.shards = SERVED
    await store.workers.adopt("another worker", NOW, gone=[fleet.owner])
    await fleet.write_shards()
    assert await shards(store) == []
    await fleet.renew()
    assert await shards(store) == [SERVED]


async def test_of_two_that_are_written_at_once_the_newer_come_last(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, written = asyncio.Event(), []

    async def serve(_store: WorkerStore, _owner: str, shards: Shards) -> None:
        if shards == SERVED:
            await goes_on.wait()
        written.append(shards)

    monkeypatch.setattr(WorkerStore, "serve", serve)
    fleet = Fleet(store, MovableClock(NOW / 1000))
    writing = []
    for shards in (SERVED, Shards(4, (0, 1, 2))):
        fleet.shards = shards
        writing.append(asyncio.create_task(fleet.write_shards()))
        await asyncio.sleep(0)
    goes_on.set()
    await asyncio.gather(*writing)
    assert written == [SERVED, Shards(4, (0, 1, 2))]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_whose_process_was_on_this_machine_and_is_gone_is_not_waited_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await ended.wait()
    written = []
    for pid in (ended.pid, os.getpid()):
        fleet = Fleet(store, MovableClock(NOW / 1000))
        with monkeypatch.context() as there:
            there.setattr("os.getpid", partial(int, pid))
            await fleet.begin()
        written.append(fleet.owner)
    assert await Fleet(store, MovableClock(NOW / 1000)).begin() == {written[0]}
