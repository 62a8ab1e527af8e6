"""Thousands of tasks at Spark: how late the loop is, how much memory it takes, how soon a new life looks at them.

The jobs are written straight into the database, each another person's and none with an interaction's token, so
that Discord has no part in it; the bot claims and sends them itself. Spark says "running" to all of them. The
bot's loop is watched from inside (`benchmarks.watched`), beside a loop of a process of its own that does nothing:
what befalls that one is the machine's doing.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks import lateness
from benchmarks.processes import running
from benchmarks.rows import Row, Scale
from benchmarks.stage import BOT, Contestant, contestant, percentile
from bot.domain.budgets import Account
from bot.domain.jobs import Order, Origin, Place, TaskOrder
from bot.domain.limits import Ceilings
from bot.store import Capacity, Database, Store, Terms
from sandbox.spark.latency import Latency

_LATE_GOAL: Final = 50.0
_MEMORY_GOAL: Final = 250.0
_RESUMED_GOAL: Final = 40.0
_RESUMED: Final = 0.95
_RAMP: Final = 300.0
"""Seconds for the bot to send everything to Spark."""
_LOOKING: Final = 90.0
"""Seconds for a new life to look at everything."""
_ACCEPTED_AT_ONCE: Final = 200
_WATCHED: Final = 30.0
_SETTLING: Final = 5.0
_BEATS: Final = "beats.txt"
_FOR_EVER: Final = Latency.fixed(24 * 3600)

_PICTURE: Final = TaskOrder("spark_t2i_3_0", {"prompt": "a red fox in snow"}, 1328, 1328)
_PRICE: Final = 6_500_000
_NO_CEILINGS: Final = Ceilings(None, None, None, None, None, None)
_PLENTY: Final = Capacity(total=1, per_person=1, unpriced=1)


@dataclass(frozen=True, slots=True)
class _Watch:
    """What was seen of the bot's loop and memory, and of the idle loop beside it."""

    late: Sequence[float]
    idle: Sequence[float]
    megabytes: float

    def milliseconds(self, share: float) -> tuple[float, float]:
        """Give by how much both were late at most in so large a share of the time."""
        return percentile(self.late, share) * 1000, percentile(self.idle, share) * 1000


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Measure a kill, then the loop with more and more in flight."""
    async with contestant((BOT,), {"BEATS": _BEATS}) as bot:
        bot.spark.latency = _FOR_EVER
        yield await _resumed(bot, scale.resumed)
        what = f"worst stall of the loop in {_WATCHED:.0f} s, {scale.stalls:,} in flight"
        if (seen := await _in_flight(bot, scale.stalls)) is None:
            yield Row(what, math.inf, _LATE_GOAL, "ms", _unsent(bot, scale.stalls))
        else:
            worst, idle = seen.milliseconds(1.0)
            yield Row(what, worst, _LATE_GOAL, "ms", f"an idle loop: {idle:.0f} ms; {seen.megabytes:.0f} MB")
        if (crowd := scale.crowd) is None:
            return
        late, memory = f"loop late, p99, {crowd:,} in flight", f"memory, {crowd:,} in flight"
        if (seen := await _in_flight(bot, crowd)) is None:
            yield Row(late, math.inf, _LATE_GOAL, "ms", _unsent(bot, crowd))
            yield Row(memory, math.inf, _MEMORY_GOAL, "MB", _unsent(bot, crowd))
        else:
            p99, idle = seen.milliseconds(0.99)
            worst, _ = seen.milliseconds(1.0)
            yield Row(late, p99, _LATE_GOAL, "ms", f"an idle loop: {idle:.1f} ms; worst {worst:.0f} ms")
            yield Row(memory, seen.megabytes, _MEMORY_GOAL, "MB", "the most that the bot's own process held")


async def _resumed(bot: Contestant, count: int) -> Row:
    """Kill the bot with so many running, and see when its next life has looked at nearly all of them."""
    what = f"kill with {count:,} running: until {_RESUMED:.0%} are looked at"
    if not await _sent(bot, count):
        return Row(what, math.inf, _RESUMED_GOAL, "s", _unsent(bot, count))
    await bot.program.kill()
    known, before = set(bot.spark.tasks), len(bot.spark.requests)
    began = bot.clock.time()
    await bot.start()
    heard = bot.clock.time() - began
    wanted = math.ceil(count * _RESUMED)
    looked: dict[str, float] = {}
    while len(looked) < wanted and bot.clock.time() - began < _LOOKING:
        await asyncio.sleep(1)
        for request in bot.spark.requests[before:]:
            if request.method == "GET" and (task := request.path.rpartition("/")[2]) in known:
                looked.setdefault(task, request.when - began)
    beside = f"since the process began; its gateway was up after {heard:.1f} s; {len(looked):,} looked at"
    seconds = sorted(looked.values())[wanted - 1] if len(looked) >= wanted else math.inf
    return Row(what, seconds, _RESUMED_GOAL, "s", beside)


async def _in_flight(bot: Contestant, count: int) -> _Watch | None:
    """Bring so many to Spark, and watch; None where they do not get there."""
    await bot.program.end()
    if not await _sent(bot, count):
        return None
    file = bot.folder / "idle.txt"
    async with running(("benchmarks.yardsticks.idle", str(file)), {}, bot.folder):
        await asyncio.sleep(_SETTLING)
        since, megabytes = time.perf_counter(), 0.0
        while time.perf_counter() < since + _WATCHED:
            megabytes = max(megabytes, bot.program.megabytes())
            await asyncio.sleep(1)
        until = time.perf_counter()
        await asyncio.sleep(2 * lateness.WRITTEN_EVERY)
    return _Watch(lateness.read(bot.folder / _BEATS, since, until), lateness.read(file, since, until), megabytes)


async def _sent(bot: Contestant, count: int) -> bool:
    """Start the bot with as many more jobs as are missing; whether it gets all of them to Spark in time."""
    await _accept(bot, count - len(bot.spark.tasks))
    await bot.start()
    try:
        await bot.spark.wait_for(lambda spark: len(spark.tasks) >= count, _RAMP)
    except TimeoutError:
        return False
    await asyncio.sleep(_SETTLING)
    return True


def _unsent(bot: Contestant, count: int) -> str:
    return f"only {len(bot.spark.tasks):,} of {count:,} were at Spark after {_RAMP:.0f} s"


async def _accept(bot: Contestant, count: int) -> None:
    """Write so many jobs into the database of a bot that does not run; their price is known."""
    database = Database(bot.database_url)
    await database.open()
    try:
        store = Store.over(database)
        if not bot.spark.tasks:
            await _make_known(store, bot)
        for first in range(0, count, _ACCEPTED_AT_ONCE):
            some = range(min(_ACCEPTED_AT_ONCE, count - first))
            await asyncio.gather(*(_accept_one(store, bot) for _ in some))
    finally:
        await database.close()


async def _make_known(store: Store, bot: Contestant) -> None:
    """Take one picture through all its steps, so that the price of its like is known."""
    job_id = await _accept_one(store, bot)
    now = bot.clock.now_ms()
    [task] = (await store.tasks.claim("bench", _PLENTY, now)).tasks
    task = await store.tasks.begin_submit(task, _PRICE, _NO_CEILINGS, now)
    task = await store.tasks.start(task, "spark-1")
    await store.tasks.succeed(task, "spark-1", _PRICE, "https://spark/1.png", now)
    if (job := await store.deliveries.begin(job_id, "bench", now)) is None:
        raise AssertionError("its only task has ended")
    job = await store.deliveries.end(job, bot.place[1], job_id, [1], now)
    await store.jobs.record_status_message_final(job)


async def _accept_one(store: Store, bot: Contestant) -> int:
    ids = bot.discord.world.ids
    guild_id, channel_id = bot.place
    origin = Origin(
        id=ids.new(),
        account=Account(guild_id, ids.new()),
        role_ids=frozenset(),
        channel_id=channel_id,
        parent_channel_id=None,
        place=Place.CHANNEL,
        upload_limit=10 * 2**20,
        application_id=bot.discord.world.application.id,
        interaction_token=None,
        asked_at=bot.clock.now_ms(),
    )
    order = Order("imagine", "a red fox in snow", (_PICTURE,))
    await store.jobs.accept(origin, order, [_PRICE], Terms(_NO_CEILINGS, unfinished=1))
    return origin.id
