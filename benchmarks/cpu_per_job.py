"""What a job costs in time of the processor: everybody's /imagine at once, beside a bot that keeps nothing.

The bot's whole process family counts, by `/proc/PID/stat`; Discord, Spark and a PostgreSQL server do not. Counted
is from the first command until the last answer shows its picture; start and the first jobs are over then. The
yardstick is measured before and after, so that its two figures show how noisy the machine was.
"""

import asyncio
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Final

from benchmarks.rows import Row, Scale
from benchmarks.stage import BOT, CARELESS, Bots, Contestant, contestants
from sandbox.spark.latency import TYPICAL
from tests.databases import PostgreSQL, bundled_server

_GOALS: Final = {"SQLite": 3.0, "PostgreSQL": 4.0}
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
    sandbox: float
    """The share of a core that Discord and Spark used meanwhile."""

    def __str__(self) -> str:
        return (
            f"{self.cpu * 1000:.1f} ms a job, {self.requests:.1f} requests to Discord, {self.looks:.1f} to Spark "
            f"(sandbox: {self.sandbox:.0%} of a core)"
        )


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Measure the bot on both databases."""
    bots: Bots = {"careless": ((CARELESS,), {}), "SQLite": ((BOT,), {})}
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
            before = await _cost(running["careless"], scale.jobs)
            costs = {name: await _cost(running[name], scale.jobs) for name in bots if name in _GOALS}
            after = await _cost(running["careless"], scale.jobs)
    yardstick = (before.cpu + after.cpu) / 2
    for name, goal in _GOALS.items():
        what = f"CPU per job, {scale.jobs} in flight, {name}, beside one that keeps nothing"
        if (cost := costs.get(name)) is None:
            yield Row(what, None, goal, "x", missing)
        else:
            beside = f"{cost}; keeping nothing: {before}; once more: {after.cpu * 1000:.1f} ms"
            yield Row(what, cost.cpu / yardstick, goal, "x", beside)


async def _cost(contestant: Contestant, jobs: int) -> _Cost:
    discord, spark, program = contestant.discord, contestant.spark, contestant.program
    asked = len(discord.requests), len(spark.requests)
    began, cpu, own = time.perf_counter(), program.cpu(), time.process_time()
    await _work(contestant, jobs)
    return _Cost(
        (program.cpu() - cpu) / jobs,
        (len(discord.requests) - asked[0]) / jobs,
        (len(spark.requests) - asked[1]) / jobs,
        (time.process_time() - own) / (time.perf_counter() - began),
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
