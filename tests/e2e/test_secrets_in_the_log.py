"""Whatever goes wrong, the whole log of the process holds no secret, and none of people's words."""

import asyncio
import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from itertools import product
from typing import Any, Literal

import pytest
import sqlalchemy as sa
import structlog
from PIL import Image

from bot.logs import configure_logging
from bot.settings import LogSettings
from bot.store import Database
from bot.store.database.sqlite import SQLite
from sandbox.discord import Interaction, Kind, Trouble, Upload
from sandbox.spark.trouble import Kind as SparkKind
from sandbox.spark.trouble import On
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.databases import change
from tests.e2e.harness import Harness
from tests.e2e.photos import photo
from tests.e2e.talking import say
from tests.spark.images.pictures import encoded

WORDS = "wombat marmalade"
SECRETS = ("sandbox-token", "sandbox-key", "wombat", "marmalade", "hm=")


@pytest.fixture
def bugs() -> None:
    """Here things break on purpose."""


@pytest.fixture
def form() -> Literal["text", "json"]:
    return "text"


both_forms = pytest.mark.parametrize("form", ["text", "json"])


@pytest.fixture
def written(
    log: list[Any],  # noqa: ARG001 - what it has begun is taken up here
    form: Literal["text", "json"],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[io.StringIO]:
    """Give all that the process logs at the lowest level, every logger's, as it is written."""
    capture = structlog.get_config()["processors"][0]
    names = ("discord.http", "discord.webhook", "asyncio", "alembic", "aiosqlite", "filelock", "discord.gateway")
    loggers = [logging.getLogger(name) for name in ("", *names, "discord.client", "aiohttp.access")]
    before = [(logger, logger.level, logger.handlers) for logger in loggers]
    configure_logging(LogSettings(level="debug", format=form))
    # what is written must not depend on the last resort
    monkeypatch.setattr("bot.logs._Discreet.format", structlog.stdlib.ProcessorFormatter.format)

    def as_well(logger: Any, method: str, event: Any) -> Any:
        try:
            capture(logger, method, dict(event))
        except structlog.DropEvent:
            return event
        raise AssertionError("the entries of a test are not passed on")

    stream = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    structlog.configure(processors=[as_well, *structlog.get_config()["processors"]])
    yield stream
    for logger, level, handlers in before:
        logger.level, logger.handlers = level, handlers


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> list[Database]:
    """Give the bot's database, once it is open."""
    opened: list[Database] = []

    def remembered(url: str, **hear: Any) -> Database:
        opened.append(Database(url, **hear))
        return opened[-1]

    monkeypatch.setattr("bot.app.Database", remembered)
    return opened


@pytest.fixture
async def stage(harness: Harness, database: list[Database], written: io.StringIO) -> Harness:
    assert (database, written.getvalue()) == ([], "")
    await harness.start()
    await harness.ready()
    return harness


def leaks(written: io.StringIO, *asked: Interaction) -> list[str]:
    """Give the lines of the log that hold a secret, people's words, or the signature of an address."""
    secrets = [*SECRETS, *(each.token for each in asked)]
    assert written.getvalue()
    return [line for line in written.getvalue().splitlines() if any(secret in line for secret in secrets)]


def failed(written: io.StringIO) -> bool:
    return "Traceback" in written.getvalue() or "exc_type" in written.getvalue()


# the database


@both_forms
@pytest.mark.parametrize("table", ["jobs", "tasks", "images"])
async def test_a_database_that_refuses_a_row(
    stage: Harness, written: io.StringIO, database: list[Database], table: str
) -> None:
    refuse = f"CREATE TRIGGER refuse BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
    await change(database[0], sa.text(refuse))
    asked = await stage.command("/edit", prompt=WORDS, image=photo())
    await stage.until(lambda: failed(written), tick=1)
    assert leaks(written, asked) == []


async def test_a_step_that_the_database_refuses_later(
    stage: Harness, written: io.StringIO, database: list[Database]
) -> None:
    refuse = "CREATE TRIGGER refuse BEFORE UPDATE ON tasks BEGIN SELECT RAISE(ABORT, 'no'); END"
    await change(database[0], sa.text(refuse))
    asked = await stage.imagine(prompt=WORDS)
    await stage.until(lambda: failed(written), tick=1)
    assert leaks(written, asked) == []
    await change(database[0], sa.text("DROP TRIGGER refuse"))


async def test_a_full_database(stage: Harness, written: io.StringIO, database: list[Database]) -> None:
    await change(database[0], sa.text("PRAGMA max_page_count = 1"))
    noisy = Upload(0, "noise.png", encoded(Image.effect_noise((640, 640), 90), "PNG"))
    asked = await stage.command("/edit", prompt=WORDS, image=noisy)
    await stage.until(lambda: "database_away" in written.getvalue(), tick=1)
    assert "is full" in written.getvalue()
    assert leaks(written, asked) == []


class _Nowhere:
    """Stands for a database whose disk has gone."""

    async def read(self, _step: object) -> None:
        with SQLite.outages():
            sqlite3.connect("/nowhere/bot.db")

    write = write_apart = read


async def test_a_database_that_is_away(
    stage: Harness, written: io.StringIO, database: list[Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(database[0], "_engine", _Nowhere())
        asked = await stage.imagine(prompt=WORDS)
        await stage.until(lambda: "database_away" in written.getvalue(), tick=1)
    await _passed(stage, 60)
    assert leaks(written, asked) == []


# Spark


@pytest.mark.parametrize(
    ("on", "kind", "status", "body"),
    [
        ("submit", "junk", 200, None),
        ("submit", "reset", 200, None),
        ("submit", "answer", 500, f"<html>{WORDS} sandbox-key</html>"),
        ("submit", "answer", 400, json.dumps({"error": {"message": f"“{WORDS}” is not allowed"}})),
        ("submit", "answer", 400, json.dumps({"error": {"message": "do not say Marmalade"}})),
        ("submit", "answer", 200, json.dumps({"error": f"no {WORDS}"})),
        ("status", "answer", 500, "sandbox-key"),
        ("status", "answer", 500, f"no {WORDS}"),
        ("status", "answer", 200, f"no {WORDS}"),
        ("file", "answer", 403, WORDS),
    ],
)
async def test_what_spark_answers(
    stage: Harness, written: io.StringIO, on: On, kind: SparkKind, status: int, body: str | None
) -> None:
    if on == "status":
        stage.spark.trouble.add(SparkTrouble("submit", "never"))
    stage.spark.trouble.add(SparkTrouble(on, kind, times=20, status=status, body=body))
    asked = await stage.imagine(prompt=WORDS)
    await stage.until(lambda: "warning" in written.getvalue(), tick=4)
    await _passed(stage, 40)
    assert leaks(written, asked) == []


# Discord


@pytest.mark.parametrize("status", [0, 401, 500])
@pytest.mark.parametrize(
    "paths",
    [
        (r"/webhooks/\d+/[^/]+(/messages/.*)?",),
        (r"/interactions/\d+/[^/]+/callback", r"/webhooks/\d+/[^/]+(/messages/.*)?"),
        (r"/channels/\d+/messages(/\d+)?", r"/channels/\d+/messages/\d+/threads"),
    ],
    ids=["webhook", "callback", "channel"],
)
@pytest.mark.usefixtures("discord_py_on_the_clock")
async def test_discord_in_trouble(
    stage: Harness, written: io.StringIO, paths: tuple[str, ...], status: int
) -> None:
    for method, path in product(("POST", "PATCH", "GET", "DELETE"), paths):
        trouble = Trouble(method, path, times=20, status=status) if status else Trouble(method, path, Kind.RESET)
        stage.discord.trouble.add(trouble)
    asking = [asyncio.create_task(asked) for asked in (stage.imagine(prompt=WORDS), stage.command("/usage"))]
    await say(stage, f"{stage.discord.world.bot.mention} make it {WORDS}", files=[photo()])
    await _passed(stage, 40)
    stage.discord.trouble.clear()
    await _passed(stage, 40)
    asked = [await each for each in asking]
    assert leaks(written, *asked) == []


@pytest.mark.parametrize("status", [0, 500, 403])
async def test_a_picture_that_discord_does_not_give_out(stage: Harness, written: io.StringIO, status: int) -> None:
    path = r"/(ephemeral-)?attachments/.*"
    for _ in range(9):
        trouble = Trouble("GET", path, status=status) if status else Trouble("GET", path, Kind.RESET)
        stage.discord.trouble.add(trouble)
    asked = await stage.command("/edit", prompt=WORDS, image=photo())
    await _passed(stage, 40)
    assert leaks(written, asked) == []


# bugs


# invariant I14
@pytest.mark.parametrize(
    "broken",
    [
        "bot.jobs.service.JobService.accept",
        "bot.jobs.worker.Worker._sweep",
        "bot.delivery.discord_delivery.DiscordDelivery.post",
        "bot.interactions.finder.PictureFinder.in_message",
        "spark.Client.submit",
    ],
)
async def test_a_bug(stage: Harness, written: io.StringIO, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def buggy(*given: object, **_: object) -> None:
        held = f"sandbox-token {WORDS} {given}"
        raise ValueError(f"a bug met {len(held)} characters")

    monkeypatch.setattr(broken, buggy)
    asked = await stage.imagine(prompt=WORDS)
    await _passed(stage, 20)
    assert leaks(written, asked) == []


async def _passed(stage: Harness, seconds: float) -> None:
    """Let time go by, and all that is due in it be done."""
    end = stage.clock.time() + seconds
    await stage.until(lambda: stage.clock.time() >= end, tick=seconds / 10)
