"""A person is told once that most of their limit is used, and once that all of it is."""

from decimal import Decimal

import pytest

from sandbox.discord import Interaction, Kind, Message, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.talking import edited, result, say

WEBHOOK = r"/webhooks/\d+/[^/]+"
DAY = 24 * 3600


async def _start(harness: Harness, **limits: str) -> None:
    """Start with a price that is known before: what a picture really costs."""
    amounts = {name: Decimal(amount) for name, amount in limits.items()}
    await harness.start(limits=amounts, estimates={"spark_t2i_3_0": Decimal("0.0065")})
    await harness.ready()


async def _told(bot: Harness, asked: Interaction) -> Message:
    told = await bot.until(lambda: asked.followups, tick=1)
    assert [each.ephemeral for each in told] == [True]
    return told[0]


async def _imagined(bot: Harness) -> Interaction:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running", times=len(await bot.books.jobs()))
    return asked


@pytest.fixture
async def frugal(harness: Harness) -> Harness:
    """Give a bot that lets everybody spend ten cents a day, at about one for each picture."""
    settings = {"user_day_usd": Decimal("0.10"), "user_running": 20, "user_queued": 20}
    await harness.start(limits=settings, estimates={"spark_t2i_3_0": Decimal("0.01")})
    await harness.ready()
    return harness


@pytest.mark.usefixtures("prices_known")
async def test_most_and_all_of_a_limit_are_told_once_beside_the_answer(frugal: Harness) -> None:
    asked = [await _imagined(frugal) for _ in range(7)]
    eighth = await _imagined(frugal)
    text = (await _told(frugal, eighth)).content
    assert text.startswith("**You have $0.02 left for today.** 80 % of your $0.10 is used")
    assert "🎨" in frugal.status_message(eighth)  # the answer that everybody sees is still the status message
    ninth = await _imagined(frugal)
    tenth = await _imagined(frugal)
    text = (await _told(frugal, tenth)).content
    assert text.startswith("**Your $0.10 for today is used up.**")
    assert [each.followups for each in [*asked, ninth]] == [[]] * 8
    frugal.finish()
    await frugal.done(tick=1)
    assert len(eighth.followups) == len(tenth.followups) == 1


async def test_it_is_not_told_for_all_to_see_before_the_answer_says_anything(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.0065")
    harness.spark.trouble.add(SparkTrouble("submit", "never"))
    status_message = harness.discord.trouble.add(Trouble("PATCH", WEBHOOK + r"/messages/\d+", Kind.HANG))
    asked = await harness.imagine()
    await harness.until(status_message.reached.is_set)
    await harness.clock.advance(5)
    assert asked.response is not None
    assert asked.response.loading
    status_message.release()
    await _told(harness, asked)
    assert "🎨" in harness.status_message(asked)
    await harness.logged("task.running")
    harness.finish()
    await harness.done(tick=1)


async def test_one_order_that_takes_all_is_told_of_that_alone_and_each_day_anew(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.013")
    for _ in range(2):
        asked = await harness.imagine(count=2)
        assert (await _told(harness, asked)).content.startswith("**Your $0.013 for today is used up.**")
        await harness.done(tick=1)
        await harness.clock.advance(DAY)


async def test_the_month_is_told_of_too(harness: Harness) -> None:
    await _start(harness, user_month_usd="0.0065", user_day_usd="1")
    asked = await harness.imagine()
    assert "**Your $0.0065 for this month is used up.**" in (await _told(harness, asked)).content


async def test_what_is_used_over_all_servers_is_told_too(harness: Harness) -> None:
    await _start(harness, everywhere_day_usd="0.013")
    await harness.posted(await harness.imagine())
    asked = await harness.imagine(place=harness.discord.direct_messages(harness.alice))
    assert (await _told(harness, asked)).content == (
        "**Your $0.013 for today over all servers is used up.** /usage shows when you can go on."
    )


async def test_an_order_that_was_too_large_uses_nothing_up(harness: Harness) -> None:
    await _start(harness, user_day_usd="0.02")
    await harness.refused(await harness.imagine(count=4))
    asked = await harness.imagine(count=3)
    assert "97 % of your $0.02 is used" in (await _told(harness, asked)).content


@pytest.mark.parametrize("kind", [Kind.RESET, Kind.ANSWER])
async def test_a_warning_that_is_lost_breaks_nothing(harness: Harness, kind: Kind) -> None:
    await _start(harness, user_day_usd="0.0065")
    harness.discord.trouble.add(Trouble("POST", WEBHOOK, kind, status=404))
    asked = await harness.imagine()
    await harness.logged("warning.not_told", tick=1)
    assert len((await harness.posted(asked, tick=1)).attachments) == 1


async def test_a_reply_is_told_by_direct_message(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.04")})
    await harness.ready()
    posted = await result(harness)
    said = await say(harness, "make it night", reply_to=posted)
    await edited(harness, said)
    private = harness.discord.direct_messages(harness.alice)
    [told] = private.messages.values()
    assert told.content.startswith("**You have $0.0035 left for today.** 91 % of your $0.04")


async def test_who_takes_no_direct_messages_still_gets_the_picture(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.04")})
    await harness.ready()
    posted = await result(harness)
    private = harness.discord.direct_messages(harness.alice)
    harness.discord.trouble.add(Trouble("POST", f"/channels/{private.id}/messages", status=403, code=50007))
    said = await say(harness, "make it night", reply_to=posted)
    await harness.logged("warning.not_told")
    assert (await edited(harness, said)).attachments
