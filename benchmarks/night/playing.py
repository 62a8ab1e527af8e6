"""Plays a night: people type an order a second, whatever befalls the bots; in the morning the books are proved.

The processes are those of `spark-bot run`, each with its shard, under a supervisor that starts them again. Discord
enforces its rate limits, and pictures have previews. What is seen goes to `bench-report/night.csv` while the night
lasts, and to `bench-report/night.png` at its end.
"""

import asyncio
import random
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import psycopg

from benchmarks.databases import NO_POSTGRESQL, postgresql_that_falls
from benchmarks.lateness import Beats
from benchmarks.lookalikes import drawing
from benchmarks.night.chart import draw
from benchmarks.night.morning import Morning
from benchmarks.night.seats import Seat
from benchmarks.night.troubles import troubles
from benchmarks.night.watching import Watch
from benchmarks.processes import running
from benchmarks.rows import Row, Scale
from benchmarks.stage import BOT, Contestant, contestant
from sandbox.discord import Interaction, Upload
from sandbox.spark.latency import TYPICAL
from tests.databases import BundledServer
from tests.kill.books import read_books
from tests.spark.images.pictures import encoded

SERIES: Final = Path("bench-report/night.csv")
PICTURE: Final = SERIES.with_suffix(".png")
_COLOURS: Final = 64
"""Of the picture, so that it is small."""
_PROCESSES: Final = 2
_APART: Final = 1.0
"""Seconds between what people type."""
_MEMBERS: Final = 200
_EDITS: Final = 5
"""Every which order works on a picture that is sent along."""
_SAMPLES: Final = 720
_SAMPLED: Final = 1.0
"""The fewest seconds between two samples."""
_START: Final = 120.0
_DONE: Final = 900.0
"""The most seconds until all is delivered, once nobody types any more."""
_LOOK: Final = 1.0
_PLENTY: Final = "100000"
_SETTINGS: Final[Mapping[str, str]] = {
    "DISCORD_SHARD_COUNT": str(_PROCESSES),
    "SPARK_MAX_IN_FLIGHT": "50",
    "LIMITS_USER_DAY_USD": _PLENTY,
    "LIMITS_USER_MONTH_USD": _PLENTY,
    "LIMITS_EVERYWHERE_DAY_USD": _PLENTY,
    "LIMITS_EVERYWHERE_MONTH_USD": _PLENTY,
}
_UNFINISHED: Final = "SELECT count(*) FROM jobs WHERE state IN ('open', 'delivering') OR NOT head_final"


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Play the night, and tell what came of it."""
    async with AsyncExitStack() as resources:
        try:
            server, [url] = await resources.enter_async_context(postgresql_that_falls(1))
        except NO_POSTGRESQL as error:
            yield Row("all about a night", None, None, "", f"no PostgreSQL here: {error!r}")
            return
        morning = await _night(scale.minutes, server, url)
        _say(f"\n{morning.told()}\n")
        for row in morning.rows():
            yield row


async def _night(minutes: float, server: BundledServer, url: str) -> Morning:
    settings = {**_SETTINGS, "DATABASE_URL": url}
    async with contestant((BOT,), settings, rate_limits=True) as bot:
        bot.spark.latency = TYPICAL
        beats = bot.folder / "idle.txt"
        seats = [Seat(bot, shard) for shard in range(_PROCESSES)]
        planned = troubles(minutes, bot, server, seats)
        asked: list[Interaction] = []
        watch = Watch(url, seats, Beats(beats), lambda: len(asked), SERIES)
        idle = running(("benchmarks.yardsticks.idle", str(beats)), {}, bot.folder)
        async with idle, _kept(bot, seats), _watched(watch, minutes):
            async with asyncio.TaskGroup() as night:
                night.create_task(_ask(bot, asked, minutes))
                for trouble in planned:
                    night.create_task(trouble.befall(_say))
            await _all_done(url)
        draw(watch.samples, planned).quantize(_COLOURS).save(PICTURE, optimize=True)
        return Morning.proved(minutes, asked, watch, await read_books(url), bot)


@asynccontextmanager
async def _kept(bot: Contestant, seats: list[Seat]) -> AsyncIterator[None]:
    """Have all seats kept while the block runs, and the processes end in order after it."""
    gateway, application = bot.discord.gateway, bot.discord.world.application
    keeping = [asyncio.create_task(seat.keep()) for seat in seats]
    try:
        await bot.discord.wait_for(lambda: gateway.identified >= len(seats) and application.commands, _START)
        yield
    finally:
        for task in keeping:
            task.cancel()
        await asyncio.gather(*keeping, return_exceptions=True)
        for seat in seats:
            if seat.program is not None:
                await seat.program.end()


@asynccontextmanager
async def _watched(watch: Watch, minutes: float) -> AsyncIterator[None]:
    watching = asyncio.create_task(watch.run(max(_SAMPLED, minutes * 60 / _SAMPLES), _say))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.wait([watching])
    if not watching.cancelled():
        watching.result()


async def _ask(bot: Contestant, asked: list[Interaction], minutes: float) -> None:
    """Have somebody type an order each second."""
    rng, members, loop = random.Random(1), bot.people(_MEMBERS), asyncio.get_running_loop()
    began = loop.time()
    for number in range(round(minutes * 60 / _APART)):
        await asyncio.sleep(began + number * _APART - loop.time())
        orders = partial(bot.orders, rng.choice(members))
        prompt = f"a fox in the snow, number {number}"
        if number % _EDITS:
            asked.append(await orders("/imagine", {"prompt": prompt}))
        else:
            picture = encoded(drawing(random.Random(number)), "PNG")  # like nobody else's
            asked.append(await orders("/edit", {"prompt": prompt, "image": Upload(0, "drawing.png", picture)}))


async def _all_done(url: str) -> None:
    """Wait until all jobs have ended and their status messages show it, or no more can be waited."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _DONE
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while loop.time() < until:
            row = await (await connection.execute(_UNFINISHED)).fetchone()
            if row == (0,):
                return
            await asyncio.sleep(_LOOK)
    _say(f"not all is done {_DONE:.0f} s after the last order: {row}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
