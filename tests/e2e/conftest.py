"""The whole bot in one process, before the sandbox's Discord and Spark: what people do, and what they see of it.

Plays over real sockets, the clock moved by hand; afterwards the books must be true. Needs PostgreSQL for three of
its files, else that half of them is skipped; takes a third of the whole.
"""

import asyncio
import logging
import os
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar, Self

import discord
import pytest
import sqlalchemy as sa
import structlog

from bot.domain.pictures.ownership import PictureRule
from bot.gateway.discord_internals import Gateway
from bot.store.schema import server_rules
from sandbox.clock import MovableClock
from sandbox.discord import DiscordSandbox
from sandbox.spark.latency import Latency
from sandbox.spark.order import Paint
from sandbox.spark.painter import swatch
from sandbox.spark.server import SparkSandbox
from spark.images import standing
from tests.databases import outside
from tests.e2e.books import Books
from tests.e2e.harness import Harness
from tests.spark.images.here import worked_on_here


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


class _LastingWorker(standing._Worker):
    """A worker that stands by for the next test's bot, too; one that is ended at its work has to go.

    The same is done with the same pictures once for all tests.
    """

    idle: ClassVar[dict[Sequence[str], standing._Worker]] = {}
    done: ClassVar[dict[bytes, tuple[Mapping[str, Any], bytes]]] = {}

    def __new__(cls, program: Sequence[str]) -> Self:
        lasting = cls.idle.pop(program, None)
        return lasting if isinstance(lasting, cls) else super().__new__(cls)

    def __init__(self, program: Sequence[str]) -> None:
        if not hasattr(self, "_process"):
            super().__init__(program)
            self._works = False

    def exchange(self, asked: object, files: Sequence[bytes]) -> tuple[Mapping[str, Any], bytes]:
        work = sha256(repr((self._program, asked)).encode() + b"".join(sha256(file).digest() for file in files))
        if (before := self.done.get(work.digest())) is not None:
            return before
        self._works = True
        answer = self.done[work.digest()] = super().exchange(asked, files)
        self._works = False
        return answer

    def end(self) -> None:
        if self._works or self._program in self.idle:
            super().end()
        else:
            self.idle[self._program] = self


@pytest.fixture(scope="session", autouse=True)
def _one_worker_for_each_kind_of_work() -> Iterator[None]:
    """Have one process do for all tests what results need: starting it takes longer than most of them."""
    with pytest.MonkeyPatch.context() as meanwhile:
        meanwhile.setattr(standing, "_Worker", _LastingWorker)
        yield
    for worker in _LastingWorker.idle.values():
        standing._Worker.end(worker)


@pytest.fixture(autouse=True)
def _pictures_are_worked_on_here() -> Iterator[None]:
    """Have no process started for each picture; the rooms `kill` and `page` do, with whole bots, and `spark`."""
    with worked_on_here():
        yield


@pytest.fixture(autouse=True)
def _discord_py_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what `point_discord_at` sets for the whole process put back afterwards."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(discord.shard, "DiscordWebSocket", discord.shard.DiscordWebSocket)
    monkeypatch.setattr(Gateway, "address", Gateway.address)


@pytest.fixture
def pictures() -> PictureRule:
    """Let anybody work on others' pictures, as most tests are not about whose they are."""
    return PictureRule.ANYONE


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
    pictures: PictureRule,
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
        with outside(url) as connection:
            rules = {"guild_id": harness.guild.id, "replies": True, "pictures": pictures}
            connection.execute(sa.insert(server_rules).values(rules))
        yield harness
        await harness.stop()
        problems = await harness.books.problems()
        await harness.books.close()
        _keep_log(discord_, request.node.nodeid)
        _keep_files(discord_)
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


def _keep_files(sandbox: DiscordSandbox) -> None:
    """Write what files the bot posted, where somebody wants to read what they tell (`tests.posted_files`)."""
    if folder := os.environ.get("DISCORD_POSTED_FILES_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for file in (file for request in sandbox.requests for file in request.files):
            # tests put megabytes of nothing behind a PNG, which exiftool would search
            content = file.content.rstrip(b"\0") if file.content.startswith(b"\x89PNG") else file.content
            Path(folder, f"{sha256(content).hexdigest()[:16]}-{file.filename}").write_bytes(content)


def _keep_log(sandbox: DiscordSandbox, test: str) -> None:
    """Write what the bot asked of Discord, where somebody wants to check it against the official description."""
    if folder := os.environ.get("DISCORD_REQUEST_LOG_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "_", test.rpartition("/")[2])[:150]
        sandbox.requests.write(Path(folder, f"{name}.jsonl"))
