"""What a job costs in time of the processor: everybody's /imagine at once, beside a bot that keeps nothing.

The bot's whole process family counts, by `/proc/PID/stat`; Discord, Spark and a PostgreSQL server do not. Counted
is from the first command until the last answer shows its picture; start and the first jobs are over then. All work
at the same time, so that whatever else befalls the machine befalls all of them; the median of some rounds counts.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Final, TypeAlias

from benchmarks.databases import NO_POSTGRESQL, postgresql
from benchmarks.rows import Row, Scale
from benchmarks.stage import BOT, CARELESS, Bots, Contestant, contestants
from sandbox.spark.latency import TYPICAL

_GOALS: Final = {"SQLite": 3.0, "PostgreSQL": 4.0}
_YARDSTICK: Final = "keeping nothing"
_ROUNDS: Final = 3
_WARM: Final = 10
_PATIENCE: Final = 300.0
_SETTLING: Final = 2.0
"""Seconds after the last answer, in which is written down what a bot still writes down."""


@dataclass(frozen=True, slots=True)
class Cost:
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


Costs: TypeAlias = Mapping[str, Cost]
"""What it cost each of the bots."""


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Measure the bot on both databases."""
    bots: Bots = {_YARDSTICK: ((CARELESS,), {}), "SQLite": ((BOT,), {})}
    missing = ""
    async with AsyncExitStack() as resources:
        try:
            [url] = await resources.enter_async_context(postgresql(1))
            bots = {**bots, "PostgreSQL": ((BOT,), {"DATABASE_URL": url})}
        except NO_POSTGRESQL as error:
            missing = f"no PostgreSQL here: {error!r}"
        async with contestants(bots) as running:
            rounds = await measured(running, scale.jobs)
    for name, goal in _GOALS.items():
        what = f"CPU per job, {scale.jobs} in flight, {name}, beside one that keeps nothing"
        if name not in bots:
            yield Row(what, None, goal, "x", missing)
            continue
        yield compared(what, goal, rounds, name, _YARDSTICK)


def compared(what: str, goal: float, rounds: Sequence[Costs], name: str, yardstick: str) -> Row:
    """Build the row of a bot beside another: the median of all rounds."""
    times = sorted((each[name].cpu / each[yardstick].cpu, n) for n, each in enumerate(rounds))
    median, chosen = times[len(times) // 2]
    spread = f"{times[0][0]:.2f} to {times[-1][0]:.2f} in {len(times)} rounds"
    beside = f"{spread}; {rounds[chosen][name]}; {yardstick}: {rounds[chosen][yardstick]}"
    return Row(what, median, goal, "x", beside)


async def measured(running: Mapping[str, Contestant], jobs: int) -> Sequence[Costs]:
    """Have bots work at the same time, in some rounds; give what a job cost each of them in each."""
    for contestant in running.values():
        await warm(contestant)
        contestant.spark.latency = TYPICAL
    return [await _round(running, jobs) for _ in range(_ROUNDS)]


async def _round(running: Mapping[str, Contestant], jobs: int) -> Costs:
    """Have all of them work at the same time."""
    costs = await asyncio.gather(*(_cost(contestant, jobs) for contestant in running.values()))
    return dict(zip(running, costs, strict=True))


async def _cost(contestant: Contestant, jobs: int) -> Cost:
    discord, spark = contestant.discord, contestant.spark
    asked = len(discord.requests), len(spark.requests)
    cpu = contestant.cpu()
    await _work(contestant, jobs)
    return Cost(
        (contestant.cpu() - cpu) / jobs,
        (len(discord.requests) - asked[0]) / jobs,
        (len(spark.requests) - asked[1]) / jobs,
    )


async def warm(contestant: Contestant) -> None:
    """Have a bot do its first jobs, from which it knows the price."""
    await _work(contestant, _WARM)


async def _work(contestant: Contestant, jobs: int) -> None:
    """Have so many people ask at once, and wait until all have their pictures."""
    asked = [await contestant.imagines(member) for member in contestant.people(jobs)]
    await contestant.delivers(asked, _PATIENCE)
    await asyncio.sleep(_SETTLING)
