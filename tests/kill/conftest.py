"""The bot as a process of its own, cut off at every step and begun again: nothing is lost, posted or paid twice.

Plays against the sandbox's Discord and Spark, on both databases. Needs the bot installed (`make install`),
PostgreSQL for half of them, else these are skipped, and a quiet machine; takes many minutes.
"""

import os
import random
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest

from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox
from sandbox.spark.latency import Latency
from sandbox.spark.server import SparkSandbox
from sandbox.stage import Stage
from tests.databases import BundledServer, PostgreSQL, bundled_server_or_skip
from tests.kill.lives import Lives, quick_stage, still_clock


@pytest.fixture
def clock() -> MovableClock:
    return still_clock()


@pytest.fixture
def seed() -> int:
    # for what is played at random
    return int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(2**32))


@pytest.fixture
def rng(seed: int) -> random.Random:
    return random.Random(seed)


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


@pytest.fixture(scope="session")
def falling_server() -> Iterator[BundledServer]:
    """Run a PostgreSQL for those alone who have it fall, and who ask for its every moment."""
    with bundled_server_or_skip() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test pulls the plug
            connection.execute("ALTER SYSTEM SET wal_level = logical")
        server.crash()
        server.start()
        yield server


@pytest.fixture
def falling_url(falling_server: BundledServer) -> Iterator[str]:
    with PostgreSQL.at(falling_server.url) as server, server.fresh() as url:
        yield url
