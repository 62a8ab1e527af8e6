"""The sandbox's Spark: its endpoints, its rules, its prices and its trouble.

Plays plain requests over sockets. Needs nothing; takes about half of `tests/sandbox/`'s time.
"""

import io
import json
import random
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from PIL import Image

from sandbox.clock import MovableClock
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.spark.server import SparkSandbox


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def rng() -> random.Random:
    return random.Random(7)


@pytest.fixture
async def spark(clock: MovableClock, rng: random.Random) -> AsyncIterator[SparkSandbox]:
    latency = Latency.fixed(10)
    async with SparkSandbox(clock=clock, rng=rng, latency=latency, paint=swatch) as sandbox:
        yield sandbox


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": "Bearer sandbox-key"}
    timeout = aiohttp.ClientTimeout(total=20)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout) as session:
        yield session


@pytest.fixture
def post(
    session: aiohttp.ClientSession, spark: SparkSandbox
) -> Callable[..., Coroutine[Any, Any, tuple[int, Any]]]:
    async def post(model: str, **params: Any) -> tuple[int, Any]:
        body = {"model": model, "input": [{"params": params}]}
        data = io.BytesIO(json.dumps(body).encode())  # aiohttp warns of bodies in one large piece
        async with session.post(f"{spark.base_url}/model/v1/generation", data=data) as answer:
            return answer.status, await answer.json()

    return post


@pytest.fixture
def look(
    session: aiohttp.ClientSession, spark: SparkSandbox
) -> Callable[..., Coroutine[Any, Any, tuple[int, Any]]]:
    async def look(task_id: str) -> tuple[int, Any]:
        async with session.get(f"{spark.base_url}/model/v1/generation/task/{task_id}") as answer:
            return answer.status, await answer.json()

    return look


@pytest.fixture
def fetch(session: aiohttp.ClientSession) -> Callable[[str], Coroutine[Any, Any, tuple[int, bytes]]]:
    async def fetch(url: str) -> tuple[int, bytes]:
        async with session.get(url) as answer:
            return answer.status, await answer.read()

    return fetch


@pytest.fixture
def picture() -> Callable[..., bytes]:
    def make(width: int = 640, height: int = 800, kind: str = "PNG", mode: str = "RGB") -> bytes:
        file = io.BytesIO()
        Image.new(mode, (width, height)).save(file, kind)
        return file.getvalue()

    return make
