import asyncio
from typing import Any

import pytest

from bot.domain.states import JobState
from sandbox.discord import Interaction, Kind, Message, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.pressing import NOBODYS
from tests.e2e.talking import say

HEAD_EDIT = r"/webhooks/\d+/[^/]+/messages/\d+"
CANCELLED = "✖️ Cancelled **a red fox**\n-# Nothing was charged."


async def _start(harness: Harness) -> None:
    """Start the bot with one place at Spark, which ends no task by itself."""
    harness.spark.trouble.add(SparkTrouble("submit", "never", times=None))
    await harness.start(spark={"max_in_flight": 1})
    await harness.ready()


async def _busy(harness: Harness) -> Interaction:
    """Have bob's picture take the only place."""
    await _start(harness)
    asked = await harness.imagine(harness.bob, prompt="bob's")
    await harness.logged("task.running")
    return asked


def _buttons(message: Message) -> list[str]:
    return [button["label"] for row in message.components for button in row["components"]]


async def _waiting(harness: Harness, **options: Any) -> tuple[Interaction, Message]:
    """Ask for something that has to wait, and give its status message."""
    asked = await harness.imagine(**options)
    assert asked.response is not None
    status_message = asked.response
    await harness.until(lambda: _buttons(status_message) == ["Cancel"])
    return asked, status_message


async def test_what_waits_is_cancelled_by_its_owner(harness: Harness) -> None:
    await _busy(harness)
    asked, status_message = await _waiting(harness)
    assert status_message.content.startswith("⏳ Waiting to paint **a red fox**\n-# next in turn · ready <t:")
    shown = len(harness.discord.visible(harness.general, harness.alice))

    click = await harness.click(harness.alice, status_message, "Cancel")
    await harness.until(lambda: status_message.content == CANCELLED)

    assert status_message.components == []
    assert click.followups == []
    assert len(harness.discord.visible(harness.general, harness.alice)) == shown
    assert (await harness.books.job(asked.id)).state is JobState.CANCELLED
    assert await harness.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert await harness.books.today(harness.alice, harness.guild) == ("0", "0")
    harness.finish()
    await harness.done(tick=1)
    assert [submit.params["prompt"] for submit in harness.submits] == ["bob's"]


async def test_somebody_elses_is_not_cancelled(harness: Harness) -> None:
    await _busy(harness)
    asked, status_message = await _waiting(harness)
    click = await harness.click(harness.bob, status_message, "Cancel")
    text = await harness.refused(click)
    assert text.splitlines() == [
        "**This one is somebody else's.**",
        "Make your own with /imagine.",
    ]
    assert harness.discord.visible(harness.general, harness.alice)[-1] is status_message
    assert _buttons(status_message) == ["Cancel"]
    harness.finish()
    await harness.logged("task.running", times=2, tick=1)
    harness.finish()
    assert (await harness.posted(asked, tick=1)).attachments


async def test_two_clicks_at_once_cancel_once(harness: Harness) -> None:
    await _busy(harness)
    asked, status_message = await _waiting(harness, count=3)
    clicks = await asyncio.gather(*(harness.click(harness.alice, status_message, "Cancel") for _ in range(2)))
    await harness.until(lambda: status_message.content == CANCELLED)
    told = await harness.until(lambda: [m.content for click in clicks for m in click.followups])
    assert told == ["**It is cancelled already.**\nNothing was charged."]
    kinds = [kind for _, kind, _ in await harness.books.entries(asked.id)]
    assert kinds == ["reserve"] * 3 + ["release"] * 3


async def test_a_click_too_late_says_that_it_will_be_charged(harness: Harness) -> None:
    await _busy(harness)
    asked, status_message = await _waiting(harness)
    refused = harness.discord.trouble.add(Trouble("PATCH", HEAD_EDIT, status=403, code=50001))
    harness.finish()
    await harness.logged("task.running", times=2, tick=1)
    await harness.until(lambda: refused.times == 0)
    # the button still stands, since Discord did not take the edit
    click = await harness.click(harness.alice, status_message, "Cancel")
    assert (await harness.refused(click)).splitlines() == [
        "**Too late to cancel: Spark is at it already.**",
        "It comes here when it is ready, and costs about $0.03.",
    ]
    harness.finish()
    await harness.posted(asked, tick=1)
    assert await harness.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_a_click_after_the_end_says_what_it_has_cost(harness: Harness) -> None:
    await _busy(harness)
    asked, status_message = await _waiting(harness)
    harness.discord.trouble.add(Trouble("PATCH", HEAD_EDIT, status=403, code=50001, times=9))
    harness.finish()
    await harness.logged("task.running", times=2, tick=1)
    harness.finish(where=lambda submit: submit.params["prompt"] == "a red fox")
    await harness.posted(asked, tick=1)
    click = await harness.click(harness.alice, status_message, "Cancel")
    assert await harness.refused(click) == "**Too late to cancel: it is done already.**\nIt cost $0.0065."


async def test_the_button_goes_when_the_work_begins(harness: Harness) -> None:
    await _busy(harness)
    _, status_message = await _waiting(harness)
    harness.finish()
    await harness.until(lambda: status_message.content.startswith("🎨 Painting"), tick=1)
    assert status_message.components == []


async def test_it_works_after_a_restart(harness: Harness) -> None:
    await _busy(harness)
    asked, status_message = await _waiting(harness)
    await harness.stop()
    await harness.start(spark={"max_in_flight": 1})
    await harness.ready()
    await harness.click(harness.alice, status_message, "Cancel")
    await harness.until(lambda: status_message.content == CANCELLED)
    assert (await harness.books.job(asked.id)).state is JobState.CANCELLED


async def test_what_spark_does_not_take_now_can_be_cancelled(harness: Harness) -> None:
    busy = SparkTrouble("submit", "answer", status=429, headers={"Retry-After": "60"}, body="{}")
    harness.spark.trouble.add(busy)
    await _start(harness)
    asked, status_message = await _waiting(harness)
    await harness.click(harness.alice, status_message, "Cancel")
    await harness.until(lambda: status_message.content == CANCELLED)
    await harness.clock.advance(120)
    await harness.done()
    assert await harness.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert harness.bill == "0"


async def test_a_status_message_that_discord_does_not_take_says_so_later(harness: Harness) -> None:
    await _busy(harness)
    _, status_message = await _waiting(harness)
    harness.discord.trouble.add(Trouble("PATCH", HEAD_EDIT, Kind.RESET, times=6))
    await harness.click(harness.alice, status_message, "Cancel")
    await harness.logged("job.cancelled")
    assert status_message.content.startswith("⏳")
    await harness.until(lambda: status_message.content == CANCELLED, tick=5)
    assert status_message.components == []


async def test_a_status_message_that_was_not_reached_before_an_end_says_so_after_it(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await _busy(harness)
    _, status_message = await _waiting(harness)
    hanging = harness.discord.trouble.add(Trouble("PATCH", HEAD_EDIT, Kind.HANG))
    await harness.click(harness.alice, status_message, "Cancel")
    await hanging.reached.wait()
    await harness.stop()
    await harness.start()
    await harness.ready()
    await harness.until(lambda: status_message.content == CANCELLED, tick=1)


async def test_what_a_message_asked_for_is_cancelled_under_the_bots_reply(harness: Harness) -> None:
    await _start(harness)
    picture = await harness.imagine(prompt="a red fox")
    await harness.logged("task.running")
    harness.finish()
    result = await harness.posted(picture, tick=1)
    await harness.imagine(harness.bob, prompt="bob's")
    await harness.logged("task.running", times=2)
    said = await say(harness, "make it night", reply_to=result)
    status_message = await harness.until(
        lambda: next((m for m in harness.posts() if m.nonce == f"{said.id}-head"), None)
    )
    await harness.until(lambda: _buttons(status_message) == ["Cancel"])

    await harness.refused(await harness.click(harness.bob, status_message, "Cancel"))
    await harness.click(harness.alice, status_message, "Cancel")
    await harness.until(lambda: status_message.content.startswith("✖️ Cancelled"))

    assert status_message.components == []
    assert await harness.books.entries(said.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]


@pytest.mark.parametrize("job_id", NOBODYS)
async def test_a_job_that_there_is_not_is_not_cancelled(harness: Harness, job_id: int) -> None:
    await _busy(harness)
    _, status_message = await _waiting(harness)
    status_message.components[0]["components"][0]["custom_id"] = f"cancel:{job_id}"
    text = await harness.refused(await harness.click(harness.alice, status_message, "Cancel"))
    assert text.startswith("**I no longer know this picture.**")
