"""Drivers of tasks, and a Spark that answers every submit with the finished picture."""

import random
from dataclasses import dataclass, field
from typing import cast

import spark
from bot.domain.jobs import Job, Task
from bot.domain.pictures.sources import InputImage
from bot.jobs.driving import Driver, Patience
from bot.jobs.estimates import Estimates
from bot.jobs.ports import InputAddresses
from bot.jobs.requests import Requests
from bot.store import Store
from sandbox.clock import MovableClock
from tests.store.scenes import NO_CEILINGS, OWNER


@dataclass
class Finished:
    """Stands for a Spark that answers every submit with the finished picture."""

    requests: list[spark.Request] = field(default_factory=list)

    async def submit(self, request: spark.Request) -> spark.Task:
        self.requests.append(request)
        image = spark.ResultImage("https://spark/1.png")
        return spark.Task("spark-1", request.name, spark.TaskStatus.COMPLETED, "completed", images=(image,))


class NoAddresses:
    """Is never asked: nothing here works on a picture."""

    async def of(self, job: Job, image: InputImage) -> str:
        raise AssertionError((job.id, image.sha256))


def driver_of(
    store: Store,
    estimates: Estimates,
    clock: MovableClock,
    heard: list[Task],
    *,
    server: Finished | None = None,
    addresses: InputAddresses | None = None,
) -> Driver:
    """Drive tasks through a Spark that answers at once."""
    client = cast("spark.Client", server or Finished())
    return Driver(
        store,
        client,
        spark.Poller(client, spark.GrowingIntervals(), clock),
        Requests(store, addresses or NoAddresses()),
        estimates,
        Patience(900, 86400),
        NO_CEILINGS,
        clock,
        random.Random(1),
        OWNER,
        heard.append,
    )
