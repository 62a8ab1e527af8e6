import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.jobs.fair_slots import FairSlots

ALICE, BOB, CAROL = 1, 2, 3


class Work:
    """Things that people have under way, each of which ends when the test says so."""

    def __init__(self, slots: int) -> None:
        self.begun: list[str] = []
        self._slots = FairSlots(slots)
        self._ends: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def ask(self, person: int, *names: str) -> None:
        for name in names:
            self._ends[name] = asyncio.Event()
            self._tasks[name] = asyncio.create_task(self._do(person, name))
        await self.settle()

    async def end(self, *names: str) -> None:
        for name in names:
            self._ends[name].set()
            await self._tasks[name]
        await self.settle()

    async def cancel(self, name: str) -> None:
        self._tasks[name].cancel()
        await asyncio.gather(self._tasks[name], return_exceptions=True)
        await self.settle()

    def cancel_as_it_begins(self, ended: str, name: str) -> None:
        self._tasks[name].cancel()
        self._ends[ended].set()

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    @staticmethod
    async def settle() -> None:
        for _ in range(5):
            await asyncio.sleep(0)

    async def _do(self, person: int, name: str) -> None:
        async with self._slots.turn_of(person):
            self.begun.append(name)
            await self._ends[name].wait()


@asynccontextmanager
async def working(slots: int) -> AsyncIterator[Work]:
    work = Work(slots)
    yield work
    await work.close()


async def test_another_person_need_not_wait_for_all_that_came_before() -> None:
    async with working(2) as work:
        await work.ask(ALICE, "a1", "a2", "a3")
        await work.ask(BOB, "b1")
        assert work.begun == ["a1", "b1"]


async def test_slots_go_round_between_people() -> None:
    async with working(1) as work:
        await work.ask(ALICE, "a1", "a2", "a3")
        await work.ask(BOB, "b1", "b2")
        await work.ask(CAROL, "c1")
        for name in ("a1", "a2", "b1", "c1", "a3"):
            await work.end(name)
        assert work.begun == ["a1", "a2", "b1", "c1", "a3", "b2"]


async def test_one_thing_of_a_person_is_done_at_a_time() -> None:
    async with working(2) as work:
        await work.ask(ALICE, "a1", "a2")
        assert work.begun == ["a1"]
        await work.end("a1")
        assert work.begun == ["a1", "a2"]


async def test_no_more_than_the_slots_are_at_work() -> None:
    async with working(2) as work:
        for person, name in ((ALICE, "a1"), (BOB, "b1"), (CAROL, "c1")):
            await work.ask(person, name)
        assert work.begun == ["a1", "b1"]
        await work.end("b1")
        assert work.begun == ["a1", "b1", "c1"]


@pytest.mark.parametrize("at_once", [True, False])
async def test_whoever_gives_up_keeps_no_slot(*, at_once: bool) -> None:
    async with working(1) as work:
        await work.ask(ALICE, "a1")
        await work.ask(BOB, "b1")
        await work.ask(CAROL, "c1")
        if at_once:
            work.cancel_as_it_begins("a1", "b1")
            await work.settle()
        else:
            await work.cancel("b1")
            await work.end("a1")
        assert work.begun == ["a1", "c1"]


async def test_what_breaks_gives_its_slot_back() -> None:
    slots = FairSlots(1)
    with pytest.raises(ZeroDivisionError):
        async with slots.turn_of(ALICE):
            raise ZeroDivisionError
    async with slots.turn_of(ALICE):
        pass
