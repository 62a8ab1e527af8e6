"""The log as production writes it, read back: each line that is about a job names it, and in full."""

import io
import json
import logging
import sys
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
import structlog

from bot.logs import configure_logging
from bot.settings import LogSettings
from sandbox.discord import Kind, Trouble
from sandbox.spark.latency import Latency
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness

STATUS_MESSAGE = r"/webhooks/\d+/[^/]+/messages/.+"
MESSAGES = r"/channels/\d+/messages"
CALLBACK = r"/interactions/\d+/[^/]+/callback"
OURS = ("bot.", "spark.")


class _Entries(io.StringIO):
    """What is written line by line as JSON, read back into `entries`."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[MutableMapping[str, Any]] = []

    def write(self, text: str) -> int:
        self.entries.extend(map(json.loads, text.splitlines()))
        return len(text)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[MutableMapping[str, Any]]]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    written = _Entries()
    monkeypatch.setattr(sys, "stderr", written)
    configure_logging(LogSettings(level="debug", format="json"))
    yield written.entries
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


async def test_every_line_of_a_job_names_it_whatever_goes_wrong_on_its_way(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "answer", status=429, headers={"Retry-After": "1"}, body="{}"))
    bot.spark.trouble.add(SparkTrouble("status", "answer", status=500, body="no"))
    bot.spark.trouble.add(SparkTrouble("file", "answer", status=503, body="no", times=9))
    bot.discord.trouble.add(Trouble("PATCH", STATUS_MESSAGE, status=403, code=50001, times=2))
    bot.discord.trouble.add(Trouble("POST", MESSAGES, status=403, code=50013, times=2))
    asked = await bot.imagine(count=2)
    await bot.posted(asked, tick=30)

    events = [line["event"].partition(" ")[0] for line in bot.log]
    lines = bot.log[events.index("job.accepted") : events.index("job.delivered") + 1]
    assert {
        "task.requeued",
        "task.running",
        "looking",
        "task.succeeded",
        "head.not_shown",
        "job.not_delivered",
        "place.lost",
    } <= set(events)
    assert [line for line in lines if line["logger"].startswith(OURS) and line.get("job") != str(asked.id)] == []


async def test_what_ordering_tells_names_the_job_too(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.RESET))
    asked = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    await bot.logged("interaction.not_acknowledged")
    lines = [line for line in bot.log if line["event"].startswith("interaction.")]
    assert {line["job"] for line in lines} == {str(asked.id)}
