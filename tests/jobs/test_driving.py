import asyncio

import pytest

from bot.domain.jobs import Task
from bot.domain.states import TaskState
from bot.jobs.driving import without_words
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


@pytest.mark.parametrize(("exact", "reserved"), [(False, CENT), (True, 3 * CENT)], ids=["expected", "known"])
async def test_a_price_that_is_only_expected_raises_no_reservation_of_a_process_that_knew_better(
    store: Store, exact: bool, reserved: int
) -> None:
    clock = MovableClock()
    estimates = Estimates(lambda *_: 3 * CENT, clock, exact=exact)
    driver = driver_of(store, estimates, clock, [])
    task = await reach(store, 1, TaskState.CLAIMED)
    await driver.drive(task)
    assert (await store.tasks.get(task)).estimate_nano == reserved


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("“a red fox” is not allowed", "“…” is not allowed"),
        ("“A RED FOX” is not allowed", "“…” is not allowed"),
        ("do not say marmalade, or Marmalades", "do not say …, or …s"),
        ("402: no credit", "402: no credit"),
        ("(.*) is no pattern here", "… is no pattern here"),
    ],
)
def test_a_quoted_text_loses_a_persons_words(said: str, left: str) -> None:
    for prompt in ("a red fox", "marmalade", "(.*)"):
        said = without_words(said, {"prompt": prompt, "seed": 402})
    assert said == left
    assert without_words("nothing was said", {"prompt": "", "seed": 7}) == "nothing was said"
