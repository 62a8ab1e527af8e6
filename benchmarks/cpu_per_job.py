"""What a job costs in time of the processor: everybody's /imagine at once, beside a bot that keeps nothing.

The bot's whole process family counts, by `/proc/PID/stat`; Discord, Spark and a PostgreSQL server do not. Counted
is from the first command until the last answer shows its picture; start and the first jobs are over then. All work
at the same time, so that whatever else befalls the machine befalls all of them; the median of some rounds counts.
"""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks.rows import Row, Scale
from benchmarks.stage import BOT, CARELESS, Bots, Contestant, contestants
from sandbox.spark.latency import TYPICAL
from tests.databases import PostgreSQL, bundled_server

_GOALS: Final = {"SQLite": 3.0, "PostgreSQL": 4.0}
_YARDSTICK: Final = "careless"
_ROUNDS: Final = 3
_WARM: Final = 10
_PATIENCE: Final = 300.0
_SETTLING: Final = 2.0
"""Seconds after the last answer, in which is written down what a bot still writes down."""


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a job cost, on average."""

    cpu: float
    """Seconds."""
    requests: float
    """To Discord."""
    looks: float
    """Requests to Spark."""

    def __str__(self) -> str:
        asked = f"{self.requests:.1f} requests to Discord, {self.looks:.1f} to Spark"
        return f"{self.cpu * 1000:.1f} ms a job, {asked}"


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Measure the bot on both databases."""
    bots: Bots = {_YARDSTICK: ((CARELESS,), {}), "SQLite": ((BOT,), {})}
    missing = ""
    async with _threaded() as resources:
        try:
            url = await asyncio.to_thread(resources.enter_context, _postgresql())
            bots = {**bots, "PostgreSQL": ((BOT,), {"DATABASE_URL": url})}
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            missing = f"no PostgreSQL here: {error!r}"
        async with contestants(bots) as running:
            for contestant in running.values():
                await _work(contestant, _WARM)
                contestant.spark.latency = TYPICAL
            rounds = [await _round(running, scale.jobs) for _ in range(_ROUNDS)]
    for name, goal in _GOALS.items():
        what = f"CPU per job, {scale.jobs} in flight, {name}, beside one that keeps nothing"
        if name not in bots:
            yield Row(what, None, goal, "x", missing)
            continue
        times = sorted((each[name].cpu / each[_YARDSTICK].cpu, n) for n, each in enumerate(rounds))
        median, chosen = times[len(times) // 2]
        spread = f"{times[0][0]:.2f} to {times[-1][0]:.2f} in {len(times)} rounds"
        beside = f"{spread}; {rounds[chosen][name]}; keeping nothing: {rounds[chosen][_YARDSTICK]}"
        yield Row(what, median, goal, "x", beside)


async def _round(running: Mapping[str, Contestant], jobs: int) -> Mapping[str, _Cost]:
    """Have all of them work at the same time."""
    costs = await asyncio.gather(*(_cost(contestant, jobs) for contestant in running.values()))
    return dict(zip(running, costs, strict=True))


async def _cost(contestant: Contestant, jobs: int) -> _Cost:
    discord, spark, program = contestant.discord, contestant.spark, contestant.program
    asked = len(discord.requests), len(spark.requests)
    cpu = program.cpu()
    await _work(contestant, jobs)
    return _Cost(
        (program.cpu() - cpu) / jobs,
        (len(discord.requests) - asked[0]) / jobs,
        (len(spark.requests) - asked[1]) / jobs,
    )


async def _work(contestant: Contestant, jobs: int) -> None:
    """Have so many people ask at once, and wait until all have their pictures."""
    asked = [await contestant.imagines(member) for member in contestant.people(jobs)]
    await contestant.delivers(asked, _PATIENCE)
    await asyncio.sleep(_SETTLING)


@asynccontextmanager
async def _threaded() -> AsyncIterator[ExitStack]:
    """Hold resources that are opened in a thread, and close them in one: each runs a loop of its own meanwhile."""
    resources = ExitStack()
    try:
        yield resources
    finally:
        await asyncio.to_thread(resources.close)


@contextmanager
def _postgresql() -> Iterator[str]:
    """Give the address of an empty database on a server of its own."""
    with bundled_server() as url, PostgreSQL.at(url) as server, server.fresh() as fresh:
        yield fresh
