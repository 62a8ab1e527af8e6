import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
import sqlalchemy as sa

from bot.domain.troubles import Trouble
from bot.health.database_probe import DatabaseProbe
from bot.health.troubles import Troubles
from bot.store import Database, DatabaseAway, Store, WorkerStore
from bot.store.schema import workers
from sandbox.clock import MovableClock
from tests.databases import outside, rows
from tests.jobs.proxy import Proxy


@pytest.fixture
def probe(troubles: Troubles, clock: MovableClock) -> DatabaseProbe:
    return DatabaseProbe(troubles, clock)


@asynccontextmanager
async def opened(url: str, probe: DatabaseProbe) -> AsyncIterator[Database]:
    database = Database(url, on_outage=probe.failed)
    await database.open()
    async with probe.watching(Store.over(database).workers):
        yield database
    await database.close()


async def test_a_probe_leaves_nothing_behind(database_url: str, probe: DatabaseProbe, clock: MovableClock) -> None:
    async with opened(database_url, probe) as database:
        assert await probe.goes_well()
        await clock.advance(7)
        assert (probe.written_ago, probe.is_in_trouble) == (7.0, False)
        assert await rows(database, sa.select(workers)) == []


async def test_a_server_that_does_not_answer_keeps_nobody_waiting(
    postgresql_url: str, probe: DatabaseProbe, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Proxy(postgresql_url) as proxy, opened(proxy.url, probe) as database:
        assert await probe.goes_well()
        await clock.advance(100)
        assert probe.well_for == 100.0
        proxy.fall_silent()
        monkeypatch.setattr("bot.health.database_probe._PATIENCE", 0.05)
        hanging = asyncio.create_task(database.read(lambda _: None))
        assert [await probe.goes_well() for _ in range(3)] == [False] * 3
        assert (probe.well_for, probe.written_ago) == (0.0, 100.0)
        proxy.mend()
        await hanging
        while not await probe.goes_well():
            pass
        assert probe.written_ago == 0.0


async def test_a_server_that_is_cut_off_is_away_until_a_probe_goes_well(
    postgresql_url: str, probe: DatabaseProbe, troubles: Troubles, clock: MovableClock
) -> None:
    async with Proxy(postgresql_url) as proxy, opened(proxy.url, probe) as database:
        proxy.cut()
        with pytest.raises(DatabaseAway):
            await database.read(lambda _: None)
        assert troubles.now() == {Trouble.DATABASE_AWAY: 0.0}
        assert not await probe.goes_well()
        proxy.mend()
        while probe.is_in_trouble:
            await clock.advance(5)
            await probe.goes_well()
        assert troubles.now() == {}


async def test_steps_that_stand_still_hold_up_no_probe(postgresql_url: str, probe: DatabaseProbe) -> None:
    async with opened(postgresql_url, probe) as database:
        with outside(postgresql_url) as other:
            other.execute(sa.text("LOCK TABLE jobs"))
            steps = [asyncio.create_task(Store.over(database).jobs.unfinished()) for _ in range(8)]
            assert await probe.goes_well()
            assert not any(step.done() for step in steps)
        await asyncio.gather(*steps)


async def test_it_is_over_only_when_nothing_else_fails(
    sqlite_url: str, probe: DatabaseProbe, clock: MovableClock
) -> None:
    async with opened(sqlite_url, probe):
        assert await probe.goes_well()
        probe.failed(DatabaseAway("locked"))
        assert await probe.goes_well()
        assert probe.is_in_trouble
        await clock.advance(4)
        probe.failed(DatabaseAway("locked"))
        await clock.advance(4)
        assert await probe.goes_well()
        assert probe.is_in_trouble
        await clock.advance(1)
        assert await probe.goes_well()
        assert not probe.is_in_trouble


async def test_those_who_ask_at_once_share_a_probe(sqlite_url: str, probe: DatabaseProbe) -> None:
    async def asks_again_and_again() -> list[bool]:
        return [await probe.goes_well() for _ in range(5)]

    async with opened(sqlite_url, probe):
        assert await asyncio.gather(*[asks_again_and_again() for _ in range(3)]) == [[True] * 5] * 3


class Slow:
    """Stands for a database that takes a moment for a probe."""

    ended = False

    async def probe(self) -> None:
        for _ in range(100):
            await asyncio.sleep(0)
        self.ended = True


async def test_at_the_end_a_probe_under_way_is_waited_for(probe: DatabaseProbe) -> None:
    slow = Slow()
    async with probe.watching(cast("WorkerStore", slow)):
        asking = asyncio.create_task(probe.goes_well())
        await asyncio.sleep(0)
    assert slow.ended
    assert await asking
