# KILL_JOBS and KILL_TIMES in the environment make a longer run, KILL_SEED the same one again. A long run needs
# more than two minutes: KILL_JOBS=300 KILL_TIMES=60 .venv/bin/pytest -s --timeout 0 tests/kill/test_fuzz.py

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

import pytest

from bot.domain.states import JobState
from sandbox.discord import DiscordSandbox
from sandbox.discord.http.trouble import Kind
from sandbox.discord.http.trouble import Trouble as DiscordTrouble
from sandbox.spark.latency import Latency
from sandbox.spark.server import SparkSandbox
from sandbox.spark.trouble import On
from sandbox.spark.trouble import Trouble as SparkTrouble
from sandbox.stage import Stage
from spark.clock import SystemClock
from tests.kill.crowd import FOR_EVER, Crowd
from tests.kill.lives import Lives, quick_stage

JOBS = int(os.environ.get("KILL_JOBS", "12"))
TIMES = int(os.environ.get("KILL_TIMES", "4"))
_SETTINGS = {
    "LIMITS_USER_DAY_USD": "1000",
    "LIMITS_USER_MONTH_USD": "1000",
    "LIMITS_EVERYWHERE_DAY_USD": "none",
    "LIMITS_EVERYWHERE_MONTH_USD": "none",
    "LIMITS_TOTAL_DAY_USD": "none",
    "LIMITS_TOTAL_MONTH_USD": "none",
    "LIMITS_USER_QUEUED": "1000",
    "SPARK_MAX_IN_FLIGHT": "3",  # so that some work waits, and can be cancelled
}
_PATHS = {
    "defer": ("POST", r"/interactions/\d+/[^/]+/callback"),
    "thread": ("POST", r"/channels/\d+/messages/\d+/threads"),
    "message": ("POST", r"/channels/\d+/messages"),
    "status message": ("PATCH", r"/webhooks/\d+/[^/]+/messages/\d+"),
    "look": ("GET", r"/channels/\d+/messages"),
    "fetch": ("GET", r"/channels/\d+/messages/\d+"),
    "reply's status message": ("PATCH", r"/channels/\d+/messages/\d+"),
    "removal": ("DELETE", r"/channels/\d+/messages/\d+"),
    "private word": ("POST", r"/webhooks/\d+/[^/]+"),
    "own answer": ("PATCH", r"/webhooks/\d+/[^/]+/messages/@original"),
}
_SPARK_STEPS: tuple[On, ...] = ("submit", "status", "file")


@pytest.fixture
async def stage(rng: random.Random) -> AsyncIterator[Stage]:
    async with quick_stage(SystemClock(), rng, Latency(mean=1.0, spread=0.6)) as stage:
        yield stage


class Fate:
    """Draws the moments of death: after so many requests, or in the midst of a certain one."""

    def __init__(self, stage: Stage, rng: random.Random) -> None:
        self._discord: DiscordSandbox = stage.discord
        self._spark: SparkSandbox = stage.spark
        self._rng = rng

    def draw(self) -> tuple[str, Callable[[], Awaitable[object]]]:
        """Draw a moment: what it is, and what waits for it."""
        kind = self._rng.choice(("discord requests", "spark requests", "discord hangs", "spark hangs"))
        match kind:
            case "discord requests":
                count = self._rng.randint(1, 40)
                until = len(self._discord.requests) + count
                return f"{count} {kind}", lambda: self._discord.wait_for(
                    lambda: len(self._discord.requests) >= until, FOR_EVER
                )
            case "spark requests":
                count = self._rng.randint(1, 12)
                seen = len(self._spark.requests) + count
                return f"{count} {kind}", lambda: self._spark.wait_for(
                    lambda spark: len(spark.requests) >= seen, FOR_EVER
                )
            case "discord hangs":
                name, (method, path) = self._rng.choice(list(_PATHS.items()))
                applied = self._rng.random() < 0.5
                trouble = self._discord.trouble.add(DiscordTrouble(method, path, Kind.HANG, applied=applied))
                return f"{name} hangs, applied={applied}", trouble.reached.wait
            case _:
                step = self._rng.choice(_SPARK_STEPS)
                accepted = self._rng.random() < 0.5
                hang = self._spark.trouble.add(SparkTrouble(step, "hang", accepted=accepted))
                return f"{step} hangs, accepted={accepted}", hang.reached.wait


# invariant I10
async def test_killed_at_random_moments(lives: Lives, stage: Stage, rng: random.Random, seed: int) -> None:
    sys.stdout.write(f"KILL_SEED={seed}\n")
    crowd, fate = Crowd(stage.discord, stage.member.guild, stage.general, rng), Fate(stage, rng)
    for left in range(TIMES, 0, -1):
        moment, comes = fate.draw()
        missing = JOBS - await wanted_jobs(lives)
        sys.stdout.write(f"killed at: {moment}\n")
        await one_life(lives, crowd, -(-missing // (left + 1)), comes())
    await lives.begin(**_SETTINGS)
    while (missing := JOBS - await wanted_jobs(lives)) > 0:
        await crowd.ask(missing)
        await lives.settled(patience=FOR_EVER)
    await lives.settled(patience=FOR_EVER)
    await lives.end()
    await lives.begin(**_SETTINGS)  # what it was looking at as it ended may be a job now
    await lives.end_and_prove()
    assert_looked_before_posting_again(stage.discord)


async def wanted_jobs(lives: Lives) -> int:
    books = await lives.books()
    return sum(job.state is not JobState.CANCELLED for job in books.jobs.values())


async def one_life(lives: Lives, crowd: Crowd, asks: int, moment: Awaitable[object]) -> None:
    """Let the bot live until its moment comes, or until it has no work left."""

    async def work() -> None:
        await lives.begin(**_SETTINGS)
        await crowd.ask(asks)
        await lives.settled(patience=FOR_EVER)

    working = asyncio.ensure_future(work())
    coming = asyncio.ensure_future(moment)
    await asyncio.wait([working, coming], return_when=asyncio.FIRST_COMPLETED)
    for each in (working, coming):
        each.cancel()
    with suppress(asyncio.CancelledError):
        await coming
    with suppress(asyncio.CancelledError):
        await working
    await lives.kill()


def assert_looked_before_posting_again(discord: DiscordSandbox) -> None:
    """Check that a job's message that stood in Discord was found there: no memory of nonces was needed."""
    posted = {
        message.nonce: message.created_at
        for channel in discord.world.channels.values()
        for message in channel.messages.values()
        if str(message.nonce).endswith(("-done", "-note"))
    }
    posts = discord.requests.matching(*_PATHS["message"])
    assert [each for each in posts if each.when > posted.get(each.body["nonce"], each.when)] == []
