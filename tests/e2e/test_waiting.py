"""What a status message says of the time, and of a Spark that is away; and what that asks of Discord."""

import re

import pytest

from sandbox.discord import Interaction
from sandbox.spark.latency import Latency
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness

AWAY = "Spark cannot be reached; yours is kept"


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(12)


def _edits(bot: Harness, asked: Interaction) -> int:
    assert asked.response is not None
    return len(bot.discord.requests.matching("PATCH", rf"/webhooks/\d+/[^/]+/messages/{asked.response.id}"))


def _shown(bot: Harness, asked: Interaction) -> int:
    """Give the moment that a status message shows, which is never past."""
    found = re.search(r"ready <t:(\d+):R>", bot.status_message(asked))
    return int(found[1]) if found else 0


async def test_a_picture_that_comes_in_time_costs_no_edit_but_the_first_and_the_last(bot: Harness) -> None:
    asked = await bot.imagine()
    await bot.first_status(asked)
    assert _shown(bot, asked) > bot.clock.time() + 12
    await bot.posted(asked, tick=1)
    assert _edits(bot, asked) == 2


async def test_no_time_is_shown_that_is_past(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine(prompt="a slow fox")
    await bot.first_status(asked)
    await bot.logged("task.running")
    for _ in range(40):
        shown = _shown(bot, asked)
        assert shown == 0 or shown >= bot.clock.time()
        await bot.clock.advance(1)
        if 0 < shown <= bot.clock.time() + 1:
            await bot.until(lambda: not _shown(bot, asked))
    assert bot.status_message(asked) == "🎨 Painting **a slow fox**\n-# any moment now"
    assert _edits(bot, asked) == 2
    bot.finish()
    await bot.posted(asked, tick=1)
    assert _edits(bot, asked) == 3


async def test_spark_away_is_said_soon_and_all_goes_on_soon_after_its_return(bot: Harness) -> None:
    running = await bot.imagine(prompt="a red fox")
    await bot.logged("task.running")
    await bot.spark.go_away()
    waiting = await bot.imagine(prompt="a grey fox")
    gone_at = bot.clock.time()
    await bot.until(lambda: AWAY in bot.status_message(waiting), tick=1)
    await bot.until(lambda: AWAY in bot.status_message(running), tick=1)
    assert bot.clock.time() - gone_at <= 20
    assert bot.status_message(waiting).endswith(f"{AWAY}, nothing is charged")
    assert bot.status_message(running).endswith(AWAY)  # which is at Spark
    edits = _edits(bot, waiting)
    await bot.logged("task.requeued", times=15, tick=1)
    assert _edits(bot, waiting) == edits

    later = await bot.imagine(prompt="a white fox")
    await bot.logged("task.requeued", times=16, tick=1)
    await bot.spark.come_back()
    back_at = bot.clock.time()
    await bot.until(lambda: bot.posts(running), tick=0.5)
    await bot.until(lambda: len(bot.submits) == 3, tick=0.5)
    assert bot.clock.time() - back_at <= 10
    assert [each.params["prompt"] for each in bot.submits] == ["a red fox", "a grey fox", "a white fox"]
    for asked in (waiting, later):
        await bot.posted(asked, tick=1)
