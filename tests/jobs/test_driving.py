import asyncio
import random
from typing import cast

import spark
from bot.domain.jobs import Job, Task
from bot.domain.pictures.sources import InputImage
from bot.domain.states import TaskState
from bot.jobs.driving import Driver, Patience
from bot.jobs.estimates import Estimates
from bot.jobs.requests import Requests
from bot.store import Store
from sandbox.clock import MovableClock
from tests.store.scenes import CENT, NO_CEILINGS, OWNER, reach


class Finished:
    """Stands for a Spark that answers every submit with the finished picture."""

    async def submit(self, request: spark.Request) -> spark.Task:
        image = spark.ResultImage("https://spark/1.png")
        return spark.Task("spark-1", request.name, spark.TaskStatus.COMPLETED, "completed", images=(image,))


class NoAddresses:
    """Is never asked: nothing here works on a picture."""

    async def of(self, job: Job, image: InputImage) -> str:
        raise AssertionError((job.id, image.sha256))


class Broken(Estimates):
    """Has a bug where it learns."""

    def learn(self, task: Task) -> None:
        raise ZeroDivisionError(task.name)


def driver_of(store: Store, estimates: Estimates, clock: MovableClock, heard: list[Task]) -> Driver:
    """Drive tasks through a Spark that answers at once."""
    client = cast("spark.Client", Finished())
    return Driver(
        store,
        client,
        spark.Poller(client, spark.GrowingIntervals(), clock),
        Requests(store, NoAddresses()),
        estimates,
        Patience(900, 86400),
        NO_CEILINGS,
        clock,
        random.Random(1),
        OWNER,
        heard.append,
    )


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
