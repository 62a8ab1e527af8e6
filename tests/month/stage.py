"""The bot without Discord: the real store, ordering, worker and client, before the sandbox's Spark."""

import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

import discord

import spark
from bot.domain.access import Access
from bot.domain.pictures.sources import InputImage
from bot.domain.privacy import Keeping
from bot.interactions.ordering import Ordering
from bot.interactions.owner_answers import OwnerAnswers
from bot.interactions.ownership import PictureOwners
from bot.interactions.pending import Pending
from bot.jobs.driving import Patience
from bot.jobs.estimates import Estimates
from bot.jobs.fleet import Fleet
from bot.jobs.requests import Requests
from bot.jobs.result_pictures import ResultPictures
from bot.jobs.service import JobService
from bot.jobs.worker import Rules, Worker
from bot.metrics import Metrics
from bot.store import Capacity, Database, Store, Terms
from sandbox.clock import MovableClock
from sandbox.spark.server import SparkSandbox
from tests.month.letters import Letters
from tests.month.owners import Album, Questions, Shown, Warnings

HOUR = 3600.0
DAY = 24 * HOUR
OVERDUE = 900.0
HOLD = DAY
KEEPING = Keeping(results=7 * DAY, inputs=7 * DAY, prompts=10 * DAY)
CAPACITY = Capacity(total=20, per_person=3, unpriced=1000)
TOO_LOW = 5_000_000
"""Below what Spark charges, in nano-dollars: costs above their estimates are a part of the month."""


@dataclass
class Running:
    """The bot while it is open."""

    database: Database
    store: Store
    worker: Worker
    service: JobService
    ordering: Ordering
    answers: OwnerAnswers


class Bot:
    """Opens and closes the bot over one database, as restarts do."""

    def __init__(
        self,
        url: str,
        terms: Terms,
        clock: MovableClock,
        sandbox: SparkSandbox,
        rng: random.Random,
        image: InputImage,
        image_url: str,
        shown: Sequence[Shown],
    ) -> None:
        """Build with what Spark gets for each picture that was shown, and where it stands."""
        self.letters = Letters(image_url)
        self._album = Album(image, shown)
        self._url = url
        self._terms = terms
        self._clock = clock
        self._sandbox = sandbox
        self._rng = rng
        self._resources = AsyncExitStack()

    async def start(self, access: Access) -> Running:
        stack = self._resources
        database = Database(self._url)
        await database.open()
        stack.push_async_callback(database.close)
        store = Store.over(database)
        client = await stack.enter_async_context(
            spark.Client(
                "sandbox-key",
                self._sandbox.base_url,
                clock=self._clock,
                rng=self._rng,
                timeouts=spark.Timeouts(submit=300),
            )
        )
        poller = await stack.enter_async_context(
            spark.Poller(client, spark.GrowingIntervals(), clock=self._clock, slow_after=OVERDUE)
        )
        estimates = Estimates(lambda *_: TOO_LOW, self._clock)
        fleet = Fleet(store, self._clock)
        worker = Worker(
            store,
            client,
            poller,
            Requests(store, self.letters),
            self.letters,
            ResultPictures(store, client, await stack.enter_async_context(spark.Stamper()), self._clock),
            spark.Previewer(),
            estimates,
            Rules(CAPACITY, Patience(OVERDUE, HOLD), self._terms.ceilings, KEEPING),
            fleet,
            Metrics(self._clock).jobs,
            self._clock,
            self._rng,
        )
        service = JobService(store, worker, estimates, self._terms, self._clock, self._rng, None)
        questions = Questions(store, self.letters)
        ordering = Ordering(
            service,
            self._album,
            PictureOwners(discord.Client(intents=discord.Intents(guilds=True)), store),
            questions,
            Pending(store.pending),
            Warnings(service, self._clock, self.letters),
            access,
            self._clock,
            copies_have_a_channel=True,
        )
        answers = OwnerAnswers(store, questions, ordering, fleet.leads, self._clock)
        await worker.start()
        stack.push_async_callback(worker.stop, 10)
        answers.start()
        stack.push_async_callback(answers.stop)
        return Running(database, store, worker, service, ordering, answers)

    async def stop(self) -> None:
        await self._resources.aclose()
