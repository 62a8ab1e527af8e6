"""Two processes of the bot on one database, as during a deploy: both hear everything, and do it once."""

import asyncio
from decimal import Decimal

import pytest
import sqlalchemy as sa

from bot.app import _deafened
from bot.store.schema import tasks
from sandbox.discord import Interaction, Kind, Message, Trouble
from sandbox.spark.latency import Latency
from tests.databases import outside
from tests.e2e.harness import Harness
from tests.e2e.talking import at, edited, note_to, photo, result, say

MESSAGES = r"/channels/\d+/messages"


@pytest.fixture
def url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


def said_to(interaction: Interaction) -> list[Message]:
    """List what only its person sees, and still stands."""
    said = [interaction.response, *interaction.followups]
    return [message for message in said if message is not None and message.ephemeral]


async def test_a_command_is_one_job_and_one_result(bot: Harness) -> None:
    async with bot.another():
        asked = await bot.imagine(count=3)
        posted = await bot.posted(asked, tick=1)
        await bot.rest()
        assert bot.posts() == [posted]
        assert len(bot.submits) == 3
        assert len(posted.attachments) == 3
        assert said_to(asked) == []
        assert "see it" in bot.status_message(asked)


async def test_a_refusal_is_said_once(harness: Harness) -> None:
    limits = {"user_day_usd": Decimal(0)}
    await harness.start(limits=limits)
    await harness.ready()
    async with harness.another(limits=limits):
        asked = await harness.imagine()
        await harness.refused(asked)
        await harness.rest()
        assert len(said_to(asked)) == 1


async def test_a_price_is_asked_about_once(harness: Harness) -> None:
    limits = {"confirm_above_usd": Decimal("0.001")}
    await harness.start(limits=limits)
    await harness.ready()
    async with harness.another(limits=limits):
        asked = await harness.imagine()
        question = await harness.refused(asked)
        await harness.rest()
        assert [each.content for each in said_to(asked)] == [question]
        assert asked.followups == []


async def test_a_private_page_is_shown_once(bot: Harness) -> None:
    async with bot.another():
        asked = await bot.command("/usage")
        await bot.until(lambda: bot.private_answer(asked))
        await bot.rest()
        assert len(said_to(asked)) == 1
        assert [e for e in bot.log if "incident" in e] == []


async def test_a_reply_is_one_edit(bot: Harness) -> None:
    async with bot.another():
        picture = await result(bot)
        said = await say(bot, at(bot, "make it night"), reply_to=picture)
        await edited(bot, said, tick=1)
        await bot.rest()
        assert len(bot.submits) == 2


async def test_what_is_unclear_is_asked_once(bot: Harness) -> None:
    async with bot.another():
        said = await say(bot, at(bot, ""), files=[photo()])
        note = await note_to(bot, said)
        await bot.rest()
        assert [m for m in bot.posts() if m.nonce == note.nonce] == [note]


async def test_who_ends_hands_over_what_runs_while_it_still_posts(bot: Harness) -> None:
    posting = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    first = await bot.imagine(bot.alice)
    await bot.until(posting.reached.is_set, tick=1)
    second = await bot.imagine(bot.bob, count=2)
    await bot.logged("task.running", times=3)
    async with bot.another() as other:
        stopping = asyncio.create_task(bot.stop())
        await bot.logged("worker.adopted")
        assert not stopping.done()
        posting.release()
        await stopping
        bot.goes_on_as(other)
        posted = await bot.posted(second, tick=1)
        assert len(posted.attachments) == 2
        assert len(bot.submits) == 3
        assert len(bot.posts(first)) == 1


async def test_what_waits_behind_the_limit_of_all_is_begun_when_the_other_has_a_place(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.fleet._NEWS_EVERY", 3600.0)  # it is told, not found
    spark = {"max_in_flight": 1}
    first = await harness.start(spark=spark)
    await harness.ready()
    running = await harness.imagine(harness.alice)
    await harness.logged("task.running")
    async with harness.another(spark=spark):
        await _deafened(first.client, first.gateway)
        waiting = await harness.imagine(harness.bob)
        await harness.rest()
        assert len(harness.submits) == 1
        await harness.posted(running, tick=1)
        await harness.posted(waiting, tick=1)
        assert len(harness.submits) == 2


async def test_what_nobody_holds_is_taken_up_within_a_minute(bot: Harness, url: str) -> None:
    asked = await bot.imagine()
    await bot.logged("task.running")
    with outside(url) as connection:  # as one that is claimed while its worker is taken for gone
        connection.execute(sa.update(tasks).values(owner="nobody", fence=tasks.c.fence + 1))
    await bot.clock.advance(61)
    await bot.posted(asked, tick=1)
    assert len(bot.submits) == 1


async def test_a_server_is_greeted_once(bot: Harness) -> None:
    async with bot.another():
        bot.discord.remove_bot(bot.guild)
        await bot.clock.advance(60)
        bot.discord.invite_bot(bot.guild)
        await bot.until(bot.posts)
        await bot.rest()
        # not by its nonce, which Discord knows for minutes only
        assert len([each for each in bot.discord.requests if each.path.endswith("/messages")]) == 1
