"""The client of Spark, what each model takes, and the workers that read strangers' pictures.

Plays the client before a scripted server, and the workers as the confined processes that they are; what becomes of
a picture is played in this process. Needs nothing; takes a minute.
"""

import random
from collections.abc import AsyncIterator

import pytest

from spark import Client, Timeouts
from spark.clock import Clock
from tests.spark.scripted import ScriptedServer

KEY = "sk-very-secret-key"


class HurriedClock(Clock):
    """Sleeps by moving its own time on at once; keeps what it was asked for."""

    def __init__(self) -> None:
        self.now = 1_000_000_000.0
        self.slept: list[float] = []

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def hurried() -> HurriedClock:
    return HurriedClock()


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer() as scripted:
        yield scripted


def client_of(
    base_url: str,
    clock: Clock | None = None,
    *,
    timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
) -> Client:
    return Client(KEY, base_url, clock=clock, rng=random.Random(7), timeouts=timeouts)


@pytest.fixture
async def client(server: ScriptedServer, hurried: HurriedClock) -> AsyncIterator[Client]:
    async with client_of(server.url, hurried) as opened:
        yield opened
