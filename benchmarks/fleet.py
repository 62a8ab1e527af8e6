"""Several processes on one PostgreSQL: what a job costs beside one process, and what people notice of an end.

One process ends by a kill, and the others go on with its tasks; or in order, when a new one has taken its place
already. On SQLite the new one waits for the file instead, and nobody answers for a while.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Final

import psycopg

from benchmarks import cpu_per_job
from benchmarks.databases import NO_POSTGRESQL, postgresql
from benchmarks.processes import Program
from benchmarks.rows import Row, Scale
from benchmarks.stage import BOT, Bots, Contestant, contestant, contestants
from sandbox.discord import Interaction
from sandbox.spark.latency import Latency

_ONE: Final = "one process"
_SHARDS: Final = 3
_FLEET: Final = f"{_SHARDS} processes"
_CPU_GOAL: Final = 1.2
_ADOPTED_GOAL: Final = 20.0
_ANSWER_GOAL: Final = 3_000.0
"""Milliseconds after which Discord says that the application did not respond."""
_FOR_EVER: Final = Latency.fixed(24 * 3600)
_DEPLOYED: Final = Latency(mean=30.0)
_PATIENCE: Final = 300.0
_LOOKING: Final = 60.0
_SETTLING: Final = 2.0
"""Seconds in which the bot writes down what Spark has answered."""
_BETWEEN: Final = 0.1
"""Seconds between what people type during a deploy."""
_AFTER: Final = 3.0
"""Seconds for which they go on typing when it is over."""
_HELD: Final = "SELECT spark_id FROM tasks JOIN workers ON workers.id = tasks.owner WHERE pid = %s"


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Measure the cost, a kill, and a deploy on both databases."""
    async with AsyncExitStack() as resources:
        try:
            urls = await resources.enter_async_context(postgresql(4))
        except NO_POSTGRESQL as error:
            yield Row(f"all about {_FLEET}", None, None, "", f"no PostgreSQL here: {error!r}")
        else:
            async for row in _on_postgresql(urls, scale):
                yield row
    async with contestant((BOT,), {}) as bot:
        yield await _deployed_after(bot, scale.deployed)


async def _on_postgresql(urls: Sequence[str], scale: Scale) -> AsyncIterator[Row]:
    one, fleet, killed, deployed = ({"DATABASE_URL": url} for url in urls)
    shards = {"DISCORD_SHARD_COUNT": str(_SHARDS)}
    yield await _cost(scale.jobs, {_ONE: ((BOT,), one), _FLEET: ((BOT,), fleet | shards)})
    async with contestant((BOT,), killed | shards) as bot:
        yield await _killed(bot, scale.jobs)
    async with contestant((BOT,), deployed) as bot:
        yield await _deployed_beside(bot, scale.deployed)


async def _cost(jobs: int, bots: Bots) -> Row:
    async with contestants(bots) as running:
        rounds = await cpu_per_job.measured(running, jobs)
    what = f"CPU per job, {jobs} in flight, {_FLEET} on one PostgreSQL, beside one"
    return cpu_per_job.compared(what, _CPU_GOAL, rounds, _FLEET, _ONE)


async def _killed(bot: Contestant, count: int) -> Row:
    """Kill one of the processes, and see when all of its tasks have been looked at by others."""
    await bot.start()
    await cpu_per_job.warm(bot)
    before, bot.spark.latency = len(bot.spark.tasks), _FOR_EVER
    asked = [await bot.imagines(member) for member in bot.people(count)]
    what = f"one of {_FLEET} is killed: until others look at all of its tasks"
    try:
        await bot.spark.wait_for(lambda spark: len(spark.tasks) >= before + len(asked), _PATIENCE)
    except TimeoutError:
        came = len(bot.spark.tasks) - before
        return Row(what, math.inf, _ADOPTED_GOAL, "s", f"only {came} of {count} came to Spark")
    await asyncio.sleep(_SETTLING)
    held = await asyncio.to_thread(_held_by, bot.database_url, bot.program)
    await bot.program.kill()
    killed, looks_before = bot.clock.time(), len(bot.spark.requests)

    def seen() -> dict[str, float]:
        looks = ((each.path.rpartition("/")[2], each.when) for each in reversed(bot.spark.requests[looks_before:]))
        return {name: when - killed for name, when in looks if name in held}

    with suppress(TimeoutError):
        await bot.spark.wait_for(lambda _: seen().keys() == held, _LOOKING)
    looked = seen()
    seconds = max(looked.values(), default=0.0) if looked.keys() == held else math.inf
    beside = f"it held {len(held)} of {count}; {len(looked)} were looked at, the first after "
    return Row(what, seconds, _ADOPTED_GOAL, "s", f"{beside}{min(looked.values(), default=math.inf):.1f} s")


def _held_by(url: str, program: Program) -> set[str]:
    with psycopg.connect(url) as connection:
        return {name for (name,) in connection.execute(_HELD, [program.pid])}


async def _deployed_beside(bot: Contestant, count: int) -> Row:
    """Start a new process beside the old one, and end the old one when the new one hears."""
    await bot.start()
    await cpu_per_job.warm(bot)
    old = bot.program

    async def deploy() -> None:
        await bot.add()
        await old.end()

    asked, meanwhile = await _deploy(bot, count, deploy)
    what = f"deploy on PostgreSQL with {count} running: the longest wait for an answer"
    waits = bot.waits(meanwhile)
    longest = math.inf if _unanswered(meanwhile) or _undelivered([*asked, *meanwhile]) else max(waits)
    return Row(what, longest * 1000, _ANSWER_GOAL, "ms", _told(asked, meanwhile))


async def _deployed_after(bot: Contestant, count: int) -> Row:
    """Start a new process, which waits for the file, and end the old one."""
    await bot.start()
    await cpu_per_job.warm(bot)
    old = bot.program

    async def deploy() -> None:
        starting = asyncio.create_task(bot.add())
        await old.end()
        await starting

    asked, meanwhile = await _deploy(bot, count, deploy)
    what = f"deploy on SQLite with {count} running: nobody was answered for"
    deaf = [each.created_at for each in _unanswered(meanwhile)]
    seconds = max(deaf) - min(deaf) + _BETWEEN if deaf else 0.0
    return Row(what, math.inf if _undelivered(asked) else seconds, None, "s", _told(asked, meanwhile))


async def _deploy(
    bot: Contestant, count: int, deploy: Callable[[], Coroutine[None, None, None]]
) -> tuple[Sequence[Interaction], Sequence[Interaction]]:
    """Deploy while so many are at Spark and people go on typing; give what they had asked, and ask meanwhile."""
    before, bot.spark.latency = len(bot.spark.tasks), _DEPLOYED
    asked = [await bot.imagines(member) for member in bot.people(count)]
    await bot.spark.wait_for(lambda spark: len(spark.tasks) >= before + count, _PATIENCE)
    meanwhile: list[Interaction] = []

    async def type_on() -> None:
        while True:
            [member] = bot.people(1)
            meanwhile.append(await bot.imagines(member))
            await asyncio.sleep(_BETWEEN)

    typing = asyncio.create_task(type_on())
    await deploy()
    await asyncio.sleep(_AFTER)
    typing.cancel()
    await asyncio.gather(typing, return_exceptions=True)
    await asyncio.sleep(_ANSWER_GOAL / 1000)  # the last may still be answered
    answered = [each for each in meanwhile if each.callback is not None]
    with suppress(TimeoutError):
        await bot.delivers([*asked, *answered], _PATIENCE)
    return asked, meanwhile


def _unanswered(interactions: Sequence[Interaction]) -> Sequence[Interaction]:
    return [each for each in interactions if each.callback is None]


def _undelivered(interactions: Sequence[Interaction]) -> Sequence[Interaction]:
    """Give those that were answered, and whose thread has no result or more than one."""
    return [each for each in interactions if each.callback is not None and _results(each) != 1]


def _results(interaction: Interaction) -> int:
    answer = interaction.response
    if answer is None or answer.thread is None:
        return 0
    return sum(bool(each.attachments) for each in answer.thread.messages.values())


def _told(asked: Sequence[Interaction], meanwhile: Sequence[Interaction]) -> str:
    wrong = len(_undelivered([*asked, *meanwhile]))
    unanswered = len(_unanswered(meanwhile))
    return (
        f"{len(meanwhile)} asked meanwhile, {unanswered} of them unanswered; "
        f"{wrong} of the {len(asked) + len(meanwhile) - unanswered} answered without exactly one result"
    )
