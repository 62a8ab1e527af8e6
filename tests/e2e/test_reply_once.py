import asyncio

import pytest

from bot.domain.states import JobState
from sandbox.discord import Kind, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.talking import (
    at,
    edited,
    heard_out,
    note_to,
    photo,
    say,
    status_of,
)

MESSAGES = r"/channels/\d+/messages"


async def test_a_repeated_event_brings_about_nothing_more(bot: Harness) -> None:
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    refused = await say(bot, at(bot, "x" * 801), files=[photo()])
    await note_to(bot, refused)
    await edited(bot, said)
    status_messages = bot.discord.requests.matching("POST", MESSAGES)
    for message in (said, refused):
        bot.discord.replay(message)
    await heard_out(bot)
    assert (
        len(bot.discord.requests.matching("POST", MESSAGES)) == len(status_messages) + 1
    )  # the note of `heard_out`
    assert len(bot.submits) == 1

    await bot.stop()
    await bot.start()
    await bot.ready()
    bot.discord.replay(said)
    await bot.logged("message.replayed")
    assert len(bot.submits) == 1


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("away", [5.0, 600.0])
async def test_a_status_message_that_is_cut_off_is_made_by_the_next_start_once(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, *, applied: bool, away: float
) -> None:
    bot = harness
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await bot.start()
    await bot.ready()
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    hanging = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    await bot.until(hanging.reached.is_set)
    await bot.logged("task.running")
    await bot.stop()
    assert (await bot.books.job(said.id)).status_message_id is None
    bot.discord.trouble.clear()
    await bot.clock.advance(away)  # after ten minutes Discord has forgotten the nonce
    await bot.start()
    await bot.ready()
    bot.finish()
    posted = await edited(bot, said, tick=1)
    status_message = status_of(bot, said)
    assert posted.channel is status_message.thread
    assert "see it" in status_message.content
    assert (await bot.books.job(said.id)).state is JobState.DELIVERED
    assert len(bot.submits) == 1


async def test_a_message_that_is_deleted_before_its_status_message_is_made_is_painted_all_the_same(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await bot.start()
    await bot.ready()
    hanging = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    await bot.until(hanging.reached.is_set)
    await bot.logged("task.succeeded")  # an end before Spark's answer would leave that unknown
    await bot.stop()
    bot.discord.delete(said)
    await bot.start()
    await bot.ready()
    assert (await edited(bot, said)).channel is status_of(bot, said).thread
    assert status_of(bot, said).reference is None


async def test_an_end_waits_for_the_message_that_is_being_answered(bot: Harness) -> None:
    asked = await bot.imagine()
    await bot.posted(asked)
    assert asked.response is not None
    hanging = bot.discord.trouble.add(Trouble("GET", rf"{MESSAGES}/\d+", Kind.HANG))
    said = await say(bot, at(bot, "make it night"), reply_to=asked.response)
    await bot.until(hanging.reached.is_set)
    stopping = asyncio.create_task(bot.stop())
    await bot.logged("stopping")
    hanging.release()
    await stopping
    assert said.id in await bot.books.jobs()
    await bot.start()
    await bot.ready()
    await edited(bot, said)
