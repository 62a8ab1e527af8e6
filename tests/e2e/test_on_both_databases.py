from decimal import Decimal

import pytest

from sandbox.discord import Kind, Trouble
from sandbox.spark.latency import Latency
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.photos import photo

DAY = 24 * 3600


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


async def test_two_people_ask_and_each_pays_their_own(bot: Harness) -> None:
    first = await bot.imagine(bot.alice, prompt="alice's", count=3)
    second = await bot.imagine(bot.bob, prompt="bob's", size="hd")
    assert len((await bot.posted(first, tick=1)).attachments) == 3
    assert len((await bot.posted(second, tick=1)).attachments) == 1
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0195", "0")
    assert await bot.books.today(bot.bob, bot.guild) == ("0.013", "0")
    assert bot.bill == "0.0325"


async def test_an_edit_is_paid_for_and_its_picture_kept_once(bot: Harness) -> None:
    picture = photo()
    first = await bot.command("/edit", prompt="make it night", image=picture, seed=2**31 - 1)
    second = await bot.command("/edit", prompt="make it day", image=picture, model="structure")
    for asked in (first, second):
        [file] = (await bot.posted(asked, tick=1)).attachments
        assert file.size is not None

    jobs = [await bot.books.job(asked.id) for asked in (first, second)]
    [one], [other] = (job.tasks for job in jobs)
    assert (one.model, one.seed, one.width, one.height) == ("spark_edit_3_0", 2**31 - 1, 640, 800)
    assert (other.model, other.width, other.height) == ("spark_i2i_3_0", 1104, 1472)
    assert one.image_sha256 == other.image_sha256
    [kept] = await bot.books.images()
    assert (kept.sha256, kept.data, kept.format) == (one.image_sha256, picture.content, "PNG")
    for job in jobs:
        assert job.source is not None
        assert (job.source.filename, job.source.message_id, job.parent) == (picture.filename, None, None)
        assert await bot.books.entries(job.id) == [(1, "reserve", "0.03"), (1, "settle", "0.008")]
    assert await bot.books.today(bot.alice, bot.guild) == ("0.016", "0")
    assert bot.bill == "0.016"


async def test_a_limit_refuses(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal(0)})
    await harness.ready()
    text = await harness.refused(await harness.imagine())
    assert "today" in text
    assert await harness.books.jobs() == []
    assert await harness.books.today(harness.alice, harness.guild) == ("0", "0")


async def test_a_lost_answer_is_released_after_a_day_and_tried_again_by_hand(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "reset", accepted=True))
    asked = await bot.imagine()
    notice = await bot.posted(asked)
    again = await bot.click(bot.alice, notice, "Try again")
    await bot.posted(again, tick=1)
    await bot.clock.advance(DAY)
    await bot.logged("task.released", tick=60)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert await bot.books.entries(again.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_a_lost_post_is_found_and_an_event_that_comes_twice_is_one_job(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", r"/channels/\d+/messages", Kind.RESET, applied=True))
    asked = await bot.imagine()
    bot.discord.replay(asked)
    await bot.posted(asked, tick=1)
    assert len(bot.posts()) == 1
    assert len(bot.submits) == 1


async def test_a_restart_goes_on_where_it_was(bot: Harness) -> None:
    asked = await bot.imagine()
    await bot.logged("task.running")
    await bot.stop()
    await bot.start()
    await bot.ready()
    posted = await bot.posted(asked, tick=1)
    assert bot.posts() == [posted]
    assert len(bot.submits) == 1


async def test_what_failed_is_released_beside_what_was_made(bot: Harness) -> None:
    failing = SparkTrouble("submit", "fail", code="003001098", where=lambda params: params["seed"] == 51)
    bot.spark.trouble.add(failing)
    asked = await bot.imagine(seed=50, count=2)
    posted = await bot.posted(asked, tick=1)
    assert len(posted.attachments) == 1
    assert sorted((await bot.books.entries(asked.id))[2:]) == [(1, "settle", "0.0065"), (2, "release", "0.03")]
