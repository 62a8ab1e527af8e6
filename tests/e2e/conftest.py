"""The whole bot in one process, before the sandbox's Discord and Spark: what people do, and what they see of it.

Plays over real sockets, the clock moved by hand; afterwards the books must be true. Needs PostgreSQL for two of
its files, else that half of them is skipped; takes a third of the whole.
"""

import asyncio
import logging
import os
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, ClassVar, Self

import discord
import pytest
import structlog

from bot.gateway.discord_internals import Gateway
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox
from sandbox.spark.latency import Latency
from sandbox.spark.order import Paint
from sandbox.spark.painter import swatch
from sandbox.spark.server import SparkSandbox
from spark.images import fitting, previews, workshop
from spark.images.headers import Header
from spark.images.workshop import File
from tests.e2e.books import Books
from tests.e2e.harness import Harness


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def latency() -> Latency:
    return Latency.instant()


@pytest.fixture
def paint() -> Paint:
    return swatch


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


_SMALL = 200_000
"""Bytes of a picture that is kept for other tests; few work on the same large one."""


class _LastingWorker(previews._Worker):
    """A worker for previews that the next test's bot goes on with; one that is ended at its work has to go.

    The same pictures are shrunk once for all tests.
    """

    idle: ClassVar[Self | None] = None
    done: ClassVar[dict[bytes, tuple[str, bytes | None]]] = {}

    def __new__(cls) -> Self:
        lasting, cls.idle = cls.idle, None
        return super().__new__(cls) if lasting is None else lasting

    def __init__(self) -> None:
        if not hasattr(self, "_process"):
            super().__init__()
            self._works = False

    def exchange(self, files: Sequence[bytes]) -> tuple[str, bytes | None]:
        pictures = sha256(b"".join(sha256(file).digest() for file in files)).digest()
        if (before := self.done.get(pictures)) is not None:
            return before
        self._works = True
        answer = self.done[pictures] = super().exchange(files)
        self._works = False
        return answer

    def end(self) -> None:
        if self._works or type(self).idle is not None:
            super().end()
        else:
            type(self).idle = self


@pytest.fixture(scope="session", autouse=True)
def _one_worker_for_previews() -> Iterator[None]:
    """Have one process make the previews of all tests: starting it takes longer than most of them."""
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(previews, "_Worker", _LastingWorker)
        yield
    if (worker := _LastingWorker.idle) is not None:
        previews._Worker.end(worker)


@pytest.fixture(scope="session", autouse=True)
def _each_picture_is_worked_on_once() -> Iterator[None]:
    """Have the same work on the same picture done once for all tests: it starts a process each time."""
    done: dict[tuple[bytes, str, str], tuple[dict[str, Any], bytes]] = {}

    async def worked(file: File, header: Header, task: str, parameter: str = "") -> tuple[dict[str, Any], bytes]:
        picture = file if isinstance(file, bytes) else await asyncio.to_thread(_read, file)
        work = (sha256(picture).digest(), task, parameter)
        if (before := done.get(work)) is not None:
            return before
        told, made = await workshop.worked(file, header, task, parameter)
        if len(made) <= _SMALL:
            done[work] = told, made
        return told, made

    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(fitting, "worked", worked)
        yield


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


@pytest.fixture(autouse=True)
def _discord_py_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what `point_discord_at` sets for the whole process put back afterwards."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(discord.shard, "DiscordWebSocket", discord.shard.DiscordWebSocket)
    monkeypatch.setattr(Gateway, "address", Gateway.address)


class _OnTheClock:
    """Stands for the module `asyncio` in discord.py, whose own waits would take real seconds."""

    def __init__(self, clock: MovableClock) -> None:
        self.sleep: Callable[[float], Awaitable[None]] = clock.sleep

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)


@pytest.fixture
def discord_py_on_the_clock(clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (discord.http, discord.webhook.async_):
        monkeypatch.setattr(module, "asyncio", _OnTheClock(clock))


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    with structlog.testing.capture_logs() as entries:
        yield entries


@pytest.fixture
def bugs(log: list[MutableMapping[str, Any]], caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which something broke that nobody foresaw, wherever it was logged."""
    yield
    assert [entry for entry in log if "incident" in entry] == []
    broken = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR and r.exc_info]
    assert [record.getMessage() for record in broken] == []


@pytest.fixture
async def harness(
    clock: MovableClock,
    latency: Latency,
    paint: Paint,
    url: str,
    log: list[MutableMapping[str, Any]],
    bugs: None,  # noqa: ARG001 - looked for after the bot has stopped
    request: pytest.FixtureRequest,
) -> AsyncIterator[Harness]:
    """Give the stage without the bot; afterwards the books must be true, whatever happened."""
    rng = random.Random(7)
    async with (
        DiscordSandbox(clock=clock, rate_limits=False) as discord_,
        SparkSandbox(clock=clock, rng=rng, latency=latency, paint=paint) as spark,
    ):
        harness = Harness(clock, discord_, spark, Books(url, clock), url, log)
        await harness.books.open()
        yield harness
        await harness.stop()
        problems = await harness.books.problems()
        await harness.books.close()
        _keep_log(discord_, request.node.nodeid)
    assert problems == ()


@pytest.fixture
def prices_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have as many tasks sent at once as if such pictures had been paid for before."""
    monkeypatch.setattr("bot.app._UNPRICED_AT_ONCE", 1000)


@pytest.fixture
def ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an ending bot not wait for what hangs, which it would for ten real seconds."""
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.1)


@pytest.fixture
async def bot(harness: Harness) -> Harness:
    """Give the stage with the bot on it."""
    await harness.start()
    await harness.ready()
    return harness


def _keep_log(sandbox: DiscordSandbox, test: str) -> None:
    """Write what the bot asked of Discord, where somebody wants to check it against the official description."""
    if folder := os.environ.get("DISCORD_REQUEST_LOG_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "_", test.rpartition("/")[2])[:150]
        sandbox.requests.write(Path(folder, f"{name}.jsonl"))
