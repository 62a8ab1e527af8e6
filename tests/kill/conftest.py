"""The bot as a process of its own, cut off at every step and begun again: nothing is lost, posted or paid twice.

Plays against the sandbox's Discord and Spark, on both databases. Needs the bot installed (`make install`),
PostgreSQL for half of them, else these are skipped, and a quiet machine; takes many minutes.
"""

import random
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox
from sandbox.spark.latency import Latency
from sandbox.spark.server import SparkSandbox
from sandbox.stage import Stage
from tests.kill.lives import Lives, quick_stage, still_clock


@pytest.fixture
def clock() -> MovableClock:
    return still_clock()


@pytest.fixture
async def stage(clock: MovableClock) -> AsyncIterator[Stage]:
    rng = random.Random(7)
    async with quick_stage(clock, rng, Latency.fixed(60)) as stage:
        yield stage


@pytest.fixture
def discord(stage: Stage) -> DiscordSandbox:
    return stage.discord


@pytest.fixture
def spark(stage: Stage) -> SparkSandbox:
    return stage.spark


@pytest.fixture
async def lives(stage: Stage, database_url: str, tmp_path: Path) -> AsyncIterator[Lives]:
    lives = Lives(stage, database_url, tmp_path)
    yield lives
    sys.stdout.write(await lives.close())  # pytest shows it where the test failed
