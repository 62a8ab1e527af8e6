"""What is read only when Prometheus asks: how all stands in the database and at Discord, and what is wrong now."""

import asyncio
import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.domain.budgets import Budget
from bot.domain.limits import Ceilings
from bot.domain.money import usd_from_nano
from bot.domain.shards import serves_everybody, unserved
from bot.domain.states import RESERVED, JobState, TaskState
from bot.domain.troubles import Trouble
from bot.jobs.background import Background
from bot.store import DatabaseAway, Group, KnownWorker, Overview, OverviewStore, WorkerStore
from spark.clock import Clock

_LOOKED_EVERY: Final = 5.0
"""Seconds for which a look at the database is good, however many ask."""
_PATIENCE: Final = 1.0
"""Real seconds that whoever asks waits for it."""
_KNOWN_FOR: Final = 60.0
"""Seconds after which what was seen is told no more."""
_STATES: Final = (*RESERVED, TaskState.UNKNOWN)
_NOTHING: Final = Group(0, 0, None, None)


@dataclass(frozen=True, slots=True)
class _Seen:
    at: float
    """On the monotonic clock."""
    now: int
    """Unix milliseconds."""
    overview: Overview
    workers: Sequence[KnownWorker]


class Gauges(Collector):
    """Looks at the database for all who ask, seldom and never for long; tells what was seen last, and when."""

    def __init__(
        self,
        overviews: OverviewStore,
        workers: WorkerStore,
        connections: Callable[[], Sequence[float | None]],
        troubles: Callable[[], Collection[Trouble]],
        ceilings: Ceilings,
        places: int,
        clock: Clock,
    ) -> None:
        """Build with what tells each shard's latency and what is wrong now; `places` are those at Spark."""
        self._overviews = overviews
        self._workers = workers
        self._connections = connections
        self._troubles = troubles
        self._ceilings = ceilings
        self._places = places
        self._clock = clock
        self._begun_at = clock.monotonic()
        self._looked_at = -math.inf
        self._seen: _Seen | None = None
        self._connected: Sequence[float | None] = ()
        self._wrong: Collection[Trouble] = ()
        self._looks = Background()
        self._look: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """See how everything stands; what the database does not answer soon is seen by a later call."""
        self._connected, self._wrong = self._connections(), self._troubles()
        now = self._clock.monotonic()
        if not self._looks.busy and now - self._looked_at >= _LOOKED_EVERY:
            self._looked_at = now
            self._look = self._looks.spawn(self._look_at_the_database(), "overview")
        if self._look is not None:
            await asyncio.wait([self._look], timeout=_PATIENCE)

    async def stop(self) -> None:
        """Look no more."""
        await self._looks.cancel()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give what was seen."""
        yield from _of_connections(self._connected)
        wrong = ((kind, float(kind in self._wrong)) for kind in Trouble)
        yield _by_label("spark_bot_trouble", "Whether there is such trouble now.", "kind", wrong)
        yield GaugeMetricFamily("spark_bot_spark_places", "How many tasks may be at Spark.", self._places)
        yield GaugeMetricFamily(
            "spark_bot_overview_age_seconds", "How old is what was seen in the database.", self._age
        )
        if (seen := self._seen) is not None and self._age < _KNOWN_FOR:
            yield from _of_work(seen.overview, seen.now)
            yield from _of_money(seen.overview.budgets)
            yield from _of_workers(seen.workers)

    @property
    def _age(self) -> float:
        """Seconds since the database was seen, or since this began."""
        return self._clock.monotonic() - (self._begun_at if self._seen is None else self._seen.at)

    async def _look_at_the_database(self) -> None:
        at, now = self._clock.monotonic(), self._clock.now_ms()
        try:
            overview = await self._overviews.at(now, self._ceilings)
            self._seen = _Seen(at, now, overview, await self._workers.known())
        except DatabaseAway:
            return  # whoever needs it says so; the age tells it here


def _of_work(overview: Overview, now: int) -> Iterator[GaugeMetricFamily]:
    jobs = {JobState.OPEN: overview.open, JobState.DELIVERING: overview.delivering}
    yield _by_label("spark_bot_jobs", "Jobs that have not ended.", "state", jobs.items())
    groups = {state: overview.tasks.get(state, _NOTHING) for state in _STATES}
    counts = {state: group.count for state, group in groups.items()}
    yield _by_label("spark_bot_tasks", "Tasks whose money is reserved.", "state", counts.items())
    # of those that were not sent, since they were asked for
    since = {state: group.submitted_at or group.asked_at for state, group in groups.items()}
    ages = {state: _seconds_since(at, now) for state, at in since.items()}
    yield _by_label(
        "spark_bot_oldest_task_age_seconds",
        "Since the first was asked for, or sent.",
        "state",
        ages.items(),
    )
    yield GaugeMetricFamily(
        "spark_bot_oldest_delivery_age_seconds",
        "For how long the oldest delivery has been under way, or has waited for Discord.",
        _seconds_since(overview.delivering_since, now),
    )
    yield GaugeMetricFamily("spark_bot_kept_pictures", "Pictures that Discord has not taken yet.", overview.kept)


def _of_money(budgets: Iterable[Budget]) -> Iterator[GaugeMetricFamily]:
    amounts = GaugeMetricFamily(
        "spark_bot_ledger_usd", "What this day and this month cost.", labels=["window", "amount"]
    )
    limits = GaugeMetricFamily("spark_bot_ledger_limit_usd", "What they may cost.", labels=["window"])
    for each in budgets:
        amounts.add_metric([each.window.period, "settled"], float(usd_from_nano(each.spent)))
        amounts.add_metric([each.window.period, "reserved"], float(usd_from_nano(each.reserved)))
        if each.limit is not None:
            limits.add_metric([each.window.period], float(usd_from_nano(each.limit)))
    yield amounts
    yield limits


def _of_workers(workers: Iterable[KnownWorker]) -> Iterator[GaugeMetricFamily]:
    at_work = [each for each in workers if each.at_work]
    yield GaugeMetricFamily("spark_bot_workers_at_work", "Workers whose lease holds.", len(at_work))
    served = [each.shards for each in at_work if each.shards is not None]
    missing = [len(ids) for ids in unserved(served).values()]
    yield GaugeMetricFamily(
        "spark_bot_unserved_shards",
        "Shards that no process serves.",
        0 if serves_everybody(served) else min(missing, default=1),
    )


def _of_connections(connections: Sequence[float | None]) -> Iterator[GaugeMetricFamily]:
    connected = [latency for latency in connections if latency is not None]
    yield GaugeMetricFamily("spark_bot_shards", "Shards of this process.", len(connections))
    yield GaugeMetricFamily("spark_bot_connected_shards", "Those that are connected to Discord.", len(connected))
    if known := [latency for latency in connected if math.isfinite(latency)]:
        yield GaugeMetricFamily(
            "spark_bot_gateway_latency_seconds", "How long Discord's gateway took to answer, at worst.", max(known)
        )


def _seconds_since(at: int | None, now: int) -> float:
    return 0.0 if at is None else (now - at) / 1000


def _by_label(name: str, text: str, label: str, values: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text, labels=[label])
    for value, number in values:
        family.add_metric([value], number)
    return family
