import asyncio

from bot.domain.jobs import Task
from bot.domain.states import TaskState
from bot.jobs.estimates import Estimates
from bot.store import Store
from sandbox.clock import MovableClock
from tests.jobs.drivers import driver_of
from tests.store.scenes import CENT, reach


class Broken(Estimates):
    """Has a bug where it learns."""

    def learn(self, task: Task) -> None:
        raise ZeroDivisionError(task.name)


async def test_a_bug_after_a_tasks_end_does_not_keep_its_job_waiting(store: Store) -> None:
    clock = MovableClock()
    heard: list[Task] = []
    driver = driver_of(store, Broken(lambda *_: CENT, clock), clock, heard)
    driving = asyncio.create_task(driver.drive(await reach(store, 1, TaskState.CLAIMED)))
    while not driving.done():
        asleep = asyncio.create_task(clock.sleeper())
        await asyncio.wait({driving, asleep}, return_when=asyncio.FIRST_COMPLETED)
        asleep.cancel()
        await clock.advance(60)
    assert [task.state for task in heard] == [TaskState.SUCCEEDED]
