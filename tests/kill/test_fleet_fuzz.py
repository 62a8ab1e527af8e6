# KILL_JOBS, KILL_TIMES and KILL_PROCESSES in the environment make a longer run, KILL_SEED draws the same again:
# KILL_JOBS=2000 KILL_TIMES=300 KILL_PROCESSES=3 .venv/bin/pytest -s --timeout 0 tests/kill/test_fleet_fuzz.py

import asyncio
import math
import os
import random
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from decimal import Decimal

import psycopg
import pytest

from bot.domain.money import nano_from_usd
from sandbox.spark.latency import Latency
from sandbox.stage import Stage
from spark.clock import SystemClock
from tests.databases import BundledServer
from tests.kill.crowd import FOR_EVER, Crowd
from tests.kill.fleet import LEASE, fleet, next_shard
from tests.kill.havoc import Havoc
from tests.kill.limits import Limits, assert_held_at_every_moment
from tests.kill.lives import Lives, quick_stage
from tests.kill.moments import recorded
from tests.kill.processes import Conditions

JOBS = int(os.environ.get("KILL_JOBS", "12"))
TIMES = int(os.environ.get("KILL_TIMES", "6"))
PROCESSES = int(os.environ.get("KILL_PROCESSES", "2"))
AT_SPARK, PER_PERSON, DOLLARS = 4, 2, Decimal(1000)
WRONG_CLOCKS = {1: 420.0, 2: -260.0}
"""Seconds by which the clocks of some processes are ahead."""
_SETTINGS = {
    "SPARK_MAX_IN_FLIGHT": str(AT_SPARK),
    "LIMITS_USER_RUNNING": str(PER_PERSON),
    "LIMITS_USER_QUEUED": "1000",
    "LIMITS_USER_DAY_USD": str(DOLLARS),
    "LIMITS_USER_MONTH_USD": str(DOLLARS),
    "LIMITS_EVERYWHERE_DAY_USD": str(DOLLARS),
    "LIMITS_EVERYWHERE_MONTH_USD": str(DOLLARS),
    "LIMITS_TOTAL_DAY_USD": str(DOLLARS),
    "LIMITS_TOTAL_MONTH_USD": str(DOLLARS),
}
_UNANSWERED = 5.0
"""Real seconds after which people do something else: nobody may have heard what they did."""
_WANTED = "SELECT count(*) FROM jobs WHERE state <> 'cancelled'"


@pytest.fixture
async def stage(rng: random.Random) -> AsyncIterator[Stage]:
    async with quick_stage(SystemClock(), rng, Latency(mean=1.0, spread=0.6)) as stage:
        yield stage


@pytest.fixture
def database_url(falling_url: str) -> str:
    return falling_url


class People:
    """Crowds, one in a server of each shard, that do what there is to be done, whoever has time."""

    def __init__(self, stage: Stage, servers: int, rng: random.Random) -> None:
        self._to_do: asyncio.Queue[None] = asyncio.Queue()
        first = stage.member.guild
        guilds = [first]
        for _ in range(servers - 1):
            guilds.append(stage.discord.add_guild("Beyond", guild_id=next_shard(guilds[-1].id)))
        self._crowds = [
            Crowd(
                stage.discord,
                guild,
                stage.general if guild is first else stage.discord.add_channel(guild, "general"),
                random.Random(rng.random()),
            )
            for guild in guilds
        ]

    def ask(self, times: int) -> None:
        """Have something be done so many times."""
        for _ in range(times):
            self._to_do.put_nowait(None)

    async def done(self) -> None:
        """Wait until everything is done."""
        await self._to_do.join()

    async def live(self) -> None:
        """Do what there is to be done, for ever."""
        async with asyncio.TaskGroup() as crowds:
            for crowd in self._crowds:
                crowds.create_task(self._live(crowd))

    async def _live(self, crowd: Crowd) -> None:
        while True:
            await self._to_do.get()
            with suppress(TimeoutError):
                async with asyncio.timeout(_UNANSWERED):
                    await crowd.ask(1)
            self._to_do.task_done()


async def wanted_jobs(url: str) -> int:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        found = await (await connection.execute(_WANTED)).fetchone()
    assert found is not None
    return int(found[0])


async def test_a_server_that_falls_takes_nothing_along(
    lives: Lives, falling_url: str, falling_server: BundledServer, stage: Stage
) -> None:
    beyond = stage.discord.add_guild("Beyond", guild_id=next_shard(stage.member.guild.id))
    bea = stage.discord.add_member(beyond, "Bea")
    places = {stage.member: stage.general, bea: stage.discord.add_channel(beyond)}
    async with fleet(lives, falling_url, 2, {}):
        before = [await lives.imagine_as(member, "a fox", place) for member, place in places.items()]
        await lives.submitted(2)
        await asyncio.to_thread(falling_server.crash)
        await asyncio.to_thread(falling_server.start)
        after = [await lives.imagine_as(member, "a dog", place) for member, place in places.items()]
        await lives.end_and_prove(*before, *after)


# invariant I10, I11
async def test_a_fleet_under_fire(
    lives: Lives, falling_url: str, falling_server: BundledServer, stage: Stage, rng: random.Random, seed: int
) -> None:
    sys.stdout.write(f"KILL_SEED={seed}\n")
    people = People(stage, PROCESSES, rng)
    with recorded(falling_url) as moments:
        async with (
            fleet(lives, falling_url, PROCESSES, WRONG_CLOCKS, **_SETTINGS) as seats,
            asyncio.TaskGroup() as tasks,
        ):
            living = tasks.create_task(people.live())
            await Havoc(seats, falling_server, rng).play(TIMES, lambda: people.ask(math.ceil(JOBS / TIMES)))
            await people.done()
            while (missing := JOBS - await wanted_jobs(falling_url)) > 0:
                people.ask(missing)
                await people.done()
                await lives.settled(patience=FOR_EVER)
            living.cancel()
            await lives.settled(patience=FOR_EVER)
            await lives.end()
            await lives.begin(Conditions(LEASE), **_SETTINGS)  # what they were looking at may be a job now
            await lives.end_and_prove()
        limits = Limits(AT_SPARK, PER_PERSON, person_day=nano_from_usd(DOLLARS), total_day=nano_from_usd(DOLLARS))
        sys.stdout.write(f"{assert_held_at_every_moment(moments.read(), limits)}\n")
