"""The composition root: opens everything in order, hands it on, and closes it in reverse."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog

import spark
from bot.delivery.discord_delivery import DiscordDelivery
from bot.delivery.files import Shrinking, kept_files
from bot.delivery.links import InputLinks
from bot.delivery.log_channel import DiscordLogChannel
from bot.delivery.posted_pictures import PostedPictures
from bot.domain.health import Health
from bot.features.account.services import AccountServices
from bot.features.generation.consent import consent_view
from bot.features.generation.owner_buttons import question_view
from bot.features.generation.replies.edits import MessageEdits
from bot.features.generation.replies.hearing import MessageHearing
from bot.features.generation.replies.notes import Notes
from bot.features.generation.services import GenerationServices
from bot.features.generation.which_picture import which_picture_view
from bot.features.moderation.complaints import answer_buttons
from bot.features.moderation.services import ModerationServices
from bot.features.moderation.welcome import Welcoming
from bot.features.remedies import RemedyButtons
from bot.features.results.rows import ResultRows
from bot.features.results.services import ResultServices
from bot.gateway.client import BotClient
from bot.gateway.discord_internals import point_discord_at
from bot.health.database_probe import DatabaseProbe
from bot.health.spark_probe import SparkProbe
from bot.health.troubles import Troubles
from bot.interactions.finder import PictureFinder
from bot.interactions.guard import Guard
from bot.interactions.limit_warnings import LimitWarnings
from bot.interactions.ordering import Ordering
from bot.interactions.owner_answers import OwnerAnswers
from bot.interactions.owner_questions import OwnerQuestions
from bot.interactions.ownership import PictureOwners
from bot.interactions.pending import Pending
from bot.interactions.reach import Reach
from bot.interactions.rights import Rights
from bot.jobs.background import Background
from bot.jobs.driving import Patience
from bot.jobs.estimates import Estimates
from bot.jobs.fair_slots import FairSlots
from bot.jobs.fleet import Fleet
from bot.jobs.history import History
from bot.jobs.inputs import Inputs
from bot.jobs.privacy import Privacy
from bot.jobs.requests import Requests
from bot.jobs.result_pictures import ResultPictures
from bot.jobs.service import JobService
from bot.jobs.worker import Rules, Worker
from bot.metrics import Metrics
from bot.moderation.complaints import Complaints
from bot.moderation.disputes import Disputes
from bot.moderation.journal import Journal
from bot.moderation.server_check import ServerCheck
from bot.moderation.service import Moderation
from bot.operator.high_water import HighWater
from bot.settings import Settings, required
from bot.sheets.folder import StyleFolder
from bot.store import Capacity, Database, DatabaseInUse, OverviewStore, Store, Terms
from bot.usage.csv_export import CsvExport
from bot.usage.drawing import Drawing
from bot.usage.personal_data import PersonalData
from bot.usage.reporting import Reporting
from bot.web.gauges import Gauges
from bot.web.server import health_handlers, metrics_handler, serving
from bot.wording.text import seconds_text
from spark.clock import Clock, SystemClock

_log = structlog.get_logger()
_STOP_GRACE = 10.0
"""Seconds for each of what ends when the process is told to: interactions, submits, deliveries."""
_HANDED_OVER_WITHIN = 60.0
"""Real seconds for the process before this one to let go of its SQLite file."""
_STOPPED_AGAIN = 0.5
"""Real seconds until the gateway is told again to stop."""
_UNPRICED_AT_ONCE = 2
"""How many tasks of a model and size are at Spark while no price of such a picture is known."""
_DECODERS = 2
"""How many pictures are worked on at a time, each in a process that may take some hundred megabytes."""
_ANSWER_TIMEOUT = 300.0
"""Seconds for which a submit's answer is still listened to, after its task was given up as unknown."""


@dataclass(frozen=True, slots=True)
class App:
    """The running bot, as its caller may look at it."""

    fleet: Fleet
    worker: Worker
    client: BotClient
    gateway: asyncio.Task[None]
    """Ends only where Discord will not have the bot, or it is closed."""


@asynccontextmanager
async def opened(settings: Settings, clock: Clock, rng: random.Random) -> AsyncIterator[App]:
    """Open the bot and let it work while the block runs.

    Raises `SettingsInvalid`, `DatabaseInUse`, `DatabaseAway`, `DatabaseUnusable`, `DatabaseOlder`, `NotListening`,
    `DiscordRefuses` where it cannot start.
    """
    token = required(settings.discord.token, "discord", "token")
    api_key = required(settings.spark.api_key, "spark", "api_key")
    point_discord_at(settings.discord.api_url, settings.discord.gateway_url)
    async with AsyncExitStack() as resources:
        troubles = Troubles(clock)
        metrics = Metrics(SystemClock())  # Discord counts in its own time
        database_probe, spark_probe = DatabaseProbe(troubles, clock), SparkProbe(troubles, clock)
        database = Database(settings.database.url, on_step=metrics.store.stepped, on_outage=database_probe.failed)
        await _opened(database)
        resources.push_async_callback(database.close)
        high_water = HighWater(database)
        await high_water.require_reached()
        store = Store.over(database)
        await resources.enter_async_context(database_probe.watching(store.workers))

        def heard(outcome: spark.Outcome) -> None:
            spark_probe.heard(outcome)
            metrics.spark.heard(outcome)

        spark_client = await resources.enter_async_context(
            spark.Client(
                api_key,
                str(settings.spark.base_url),
                clock=clock,
                rng=rng,
                timeouts=spark.Timeouts(submit=_ANSWER_TIMEOUT),
                on_outcome=heard,
            )
        )
        await resources.enter_async_context(spark_probe.watching(spark_client))
        poller = await resources.enter_async_context(
            spark.Poller(
                spark_client,
                spark.LearntIntervals(rng),
                clock=clock,
                requests_per_second=settings.spark.requests_per_second,
                slow_after=settings.spark.task_timeout,
            )
        )

        client = BotClient(
            store,
            clock,
            settings.discord.shard_count,
            settings.discord.shard_ids,
            metrics.discord,
            troubles,
            message_content=settings.discord.message_content,
        )
        finder = PictureFinder(client, store, settings.discord.cdn_hosts)
        links = InputLinks(client, store, clock, finder.in_message, settings.discord.assets_channel_id)
        hold = float(settings.limits.unknown_hold)
        decoders = FairSlots(_DECODERS)
        shrinking = Shrinking(decoders)
        estimates = Estimates(settings.estimates.first_price, clock, exact=settings.estimates.exact)
        fleet = Fleet(store, SystemClock())  # leases count in the database's time
        stamper = await resources.enter_async_context(spark.Stamper())
        pictures = ResultPictures(store, spark_client, stamper, clock)
        worker = Worker(
            store,
            spark_client,
            poller,
            Requests(store, links),
            DiscordDelivery(client, store, shrinking, ResultRows(), clock, hold),
            pictures,
            await resources.enter_async_context(spark.Previewer()),
            estimates,
            _rules(settings),
            fleet,
            metrics.jobs,
            clock,
            rng,
        )
        confirm_above = settings.limits.confirm_above
        service = JobService(store, worker, estimates, _terms(settings), clock, rng, confirm_above)
        pending = Pending(store.pending)
        inputs = await resources.enter_async_context(Inputs(settings.discord.cdn_hosts, decoders, clock))
        limit_warnings = LimitWarnings(service, clock)
        access, edit_model = settings.who_may, settings.spark.edit_model
        guard = Guard(
            pending,
            fleet.may_answer,
            access,
            consent_view,
            RemedyButtons(pending, service.price).view,
            which_picture_view,
            metrics.refusals,
        )
        questions = OwnerQuestions(client, store, clock, question_view)
        ordering = Ordering(
            service,
            inputs,
            PictureOwners(client, store),
            questions,
            pending,
            limit_warnings,
            access,
            clock,
            copies_have_a_channel=settings.discord.assets_channel_id is not None,
        )
        answers = OwnerAnswers(store, questions, ordering, fleet.leads, clock)
        history = History(store, worker.queue_forecast, pictures, clock, float(settings.privacy.keep_results))
        journal = Journal(store, DiscordLogChannel(client, answer_buttons), clock)
        moderation = Moderation(store, settings.limits.ceilings, clock, journal.wake)
        reporting = Reporting(store, service, history, moderation, Drawing(), clock)
        sheets = StyleFolder(settings.styles_folder)
        generation = GenerationServices(
            service, finder, estimates, pending, store.preferences, sheets, rng, edit_model
        )
        edits = MessageEdits(client, ordering, generation, moderation, access, clock)
        notes = Notes(clock)
        services = (
            guard,
            ordering,
            answers,
            Reach(service),
            Rights(client, moderation),
            generation,
            edits,
            notes,
            ResultServices(service, moderation, store.favourites, clock),
            AccountServices(
                service,
                estimates,
                edit_model,
                history,
                PostedPictures(client, finder.in_message, clock),
                partial(kept_files, shrinking),
                reporting,
                Privacy(store, settings.privacy.keeping, clock, rng),
                PersonalData(store, clock),
                store.preferences,
            ),
            ModerationServices(
                service,
                moderation,
                Disputes(store, moderation),
                Complaints(store, journal, clock),
                reporting,
                CsvExport(store, clock),
                pending,
                history,
                partial(kept_files, shrinking),
                ServerCheck(moderation, service, estimates, spark_client),
            ),
            Welcoming(store.welcomes, access, clock),
        )
        messages = MessageHearing(client, edits, notes, store.hints, metrics.refusals, clock)

        async def health() -> Health:
            writable = await database_probe.goes_well()
            return Health(
                rounds_go_on=worker.rounds.go_on,
                rounds_go_well=worker.rounds.go_well,
                claimed_ago=worker.claimed_ago,
                database=writable and not database_probe.is_in_trouble,
                database_well_for=database_probe.well_for,
                discord=client.hears,
                written_ago=database_probe.written_ago,
                answered_ago=spark_probe.answered_ago,
                troubles=troubles.now(),
            )

        gauges = Gauges(
            OverviewStore(database),
            store.workers,
            lambda: client.connections,
            troubles.now,
            settings.limits.ceilings,
            settings.spark.max_in_flight,
            clock,
        )
        metrics.add(gauges)
        resources.push_async_callback(gauges.stop)

        async def exposition() -> bytes:
            await gauges.look()
            return await asyncio.to_thread(metrics.text)

        resources.enter_context(metrics.watching_the_loop())
        handlers = {**health_handlers(health), "/metrics": metrics_handler(exposition)}
        await resources.enter_async_context(serving(settings.web, handlers))
        resources.push_async_callback(client.close)
        await client.log_in(token)
        registering = Background()
        resources.push_async_callback(registering.cancel)
        marking = Background()
        marking.spawn(high_water.keep(clock), "high-water mark")
        resources.push_async_callback(marking.cancel)
        await worker.start()
        resources.push_async_callback(worker.stop, _STOP_GRACE)
        answers.start()
        resources.push_async_callback(answers.stop)
        journal.start()
        resources.push_async_callback(journal.stop, _STOP_GRACE)
        resources.push_async_callback(limit_warnings.close)
        resources.push_async_callback(guard.finished, _STOP_GRACE)
        resources.push_async_callback(messages.finished, _STOP_GRACE)

        registering.spawn(client.register(), "registering the commands")
        # the last to open is the first to close: nothing new is heard while the rest ends
        gateway = asyncio.create_task(client.hear(services, messages, worker.serve), name="gateway")
        resources.push_async_callback(_deafened, client, gateway)
        try:
            yield App(fleet, worker, client, gateway)
        finally:
            _log.info("stopping")


def _rules(settings: Settings) -> Rules:
    return Rules(
        capacity=Capacity(settings.spark.max_in_flight, settings.limits.user_running, _UNPRICED_AT_ONCE),
        patience=Patience(float(settings.spark.task_timeout), float(settings.limits.unknown_hold)),
        ceilings=settings.limits.ceilings,
        keeping=settings.privacy.keeping,
    )


def _terms(settings: Settings) -> Terms:
    limits = settings.limits
    return Terms(limits.ceilings, limits.user_running + limits.user_queued, settings.access.words)


async def _opened(database: Database) -> None:
    """Open the database, waiting for a process that may be about to hand its file over."""
    try:
        await database.open(wait=0)
    except DatabaseInUse:
        _log.warning("database.in_use", waits=seconds_text(_HANDED_OVER_WITHIN))
        await database.open(wait=_HANDED_OVER_WITHIN)


async def _deafened(client: BotClient, gateway: asyncio.Task[None]) -> None:
    """Leave the gateway: what people do from now on is not for this process."""
    gateway.cancel()
    await client.stop_hearing()
    while not gateway.done():  # on Python 3.11 the `wait_for` of discord.py may lose a cancellation
        gateway.cancel()
        await asyncio.wait([gateway], timeout=_STOPPED_AGAIN)
