"""No model is documented to give more than one picture of a task; should one do, nothing paid is lost."""

import pytest

from bot.domain.pictures.lifetimes import RESULT_LIFE
from sandbox.discord import Kind, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.markup import as_shown
from tests.e2e.photos import picture_of
from tests.e2e.pressing import chosen, private, submitted
from tests.e2e.styles import choose_picture, styled
from tests.e2e.talking import edited, say

MESSAGES = r"/channels/\d+/messages"


def _bringing(bot: Harness, pictures: int, times: int = 1) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "pictures", pictures=pictures, times=times))


async def test_all_are_shown_in_one_message_and_the_cost_is_settled_once(bot: Harness) -> None:
    _bringing(bot, 3)
    asked = await bot.imagine(seed=50)
    posted = await bot.posted(asked)

    assert bot.posts() == [posted]
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-{n}.png" for n in ("1", "1b", "1c")]
    assert len({file.content for file in posted.attachments}) == 3
    assert posted.content.splitlines()[0] == f"{bot.alice.mention} here are your 3 pictures."
    assert "3 pictures · $0.0065" in bot.status_message(asked)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    assert await bot.books.today(bot.alice, bot.guild) == (bot.bill, "0")


async def test_they_stand_beside_those_of_the_other_tasks(bot: Harness) -> None:
    _bringing(bot, 2)
    asked = await bot.imagine(count=2)
    posted = await bot.posted(asked)
    names = {tuple(file.filename.removeprefix(f"{asked.id}-") for file in posted.attachments)}
    assert names <= {("1.png", "1b.png", "2.png"), ("1.png", "2.png", "2b.png")}


async def test_what_has_no_room_in_the_message_comes_in_another_one(bot: Harness) -> None:
    _bringing(bot, 4, times=4)
    asked = await bot.imagine(count=4)
    posted = await bot.posted(asked)
    first, *more = bot.posts()
    assert posted is first
    assert [len(message.attachments) for message in bot.posts()] == [8, 4, 4]
    assert "8 more follow" in as_shown(first.content)
    assert all("here is more of it." in message.content for message in more)
    shown = [file.filename for message in bot.posts() for file in message.attachments]
    assert shown == [f"{asked.id}-{n}{letter}.png" for n in (1, 2, 3, 4) for letter in ("", "b", "c", "d")]
    assert await bot.books.today(bot.alice, bot.guild) == (bot.bill, "0")


async def test_more_than_a_message_takes_are_told_of(bot: Harness) -> None:
    _bringing(bot, 12)
    posted = await bot.posted(await bot.imagine())
    assert len(posted.attachments) == 10
    assert "Spark made 12 pictures of it, of which 10 are here" in posted.content


async def test_they_are_kept_over_a_restart_for_longer_than_spark_gives_them_out(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    harness.discord.trouble.add(Trouble("POST", MESSAGES, status=403, code=50001, times=1000))
    _bringing(harness, 3)
    asked = await harness.imagine()
    await harness.until(lambda: "is kept for you" in harness.status_message(asked))
    assert await harness.books.kept(asked.id) == [1, 5, 9]
    await harness.stop()
    await harness.clock.advance(RESULT_LIFE)
    harness.discord.trouble.clear()
    await harness.start(seed=12)
    await harness.ready()
    posted = await harness.posted(asked, tick=5)
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-{n}.png" for n in ("1", "1b", "1c")]
    assert await harness.books.kept(asked.id) == []


async def test_a_message_whose_answer_was_lost_is_found_again(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await harness.start()
    await harness.ready()
    lost = harness.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=True))
    _bringing(harness, 2)
    asked = await harness.imagine()
    await harness.until(lost.reached.is_set)
    await harness.stop()
    harness.discord.trouble.clear()
    await harness.clock.advance(3600)  # by now Discord has forgotten the nonce
    await harness.start(seed=12)
    await harness.ready()
    await harness.done(tick=1)
    [posted] = harness.posts()
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-{n}.png" for n in ("1", "1b")]


async def test_late_ones_come_together(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    [task] = bot.spark.tasks.values()
    task.count = 2
    await bot.posted(asked, tick=60)
    bot.finish()
    await bot.until(lambda: len(bot.posts()) == 2, tick=30)
    await bot.done(tick=1)
    late = bot.posts()[1]
    assert [file.filename for file in late.attachments] == [f"{asked.id}-{n}.png" for n in ("1", "1b")]
    assert "these pictures came late, but they came." in late.content


async def test_a_form_and_a_style_reach_the_chosen_one(bot: Harness) -> None:
    _bringing(bot, 2)
    posted = await bot.posted(await bot.imagine())
    opened = await bot.click(bot.alice, posted, "Edit")
    sent = await submitted(bot, opened, **{"Which picture": "5", "What to change": "make it night"})
    await bot.posted(sent)
    assert picture_of(bot.submits[-1]) == posted.attachments[1].content
    job = await bot.books.job(sent.id)
    assert job.parent is not None
    assert job.parent.position == 5

    offered = await private(bot, await bot.click(bot.bob, posted, "Style"))
    await choose_picture(bot, bot.bob, offered, "Picture 1b")
    await bot.posted(await styled(bot, bot.bob, offered, "Anime Style"))
    assert picture_of(bot.submits[-1]) == posted.attachments[1].content


async def test_a_reply_names_the_one_it_means(bot: Harness) -> None:
    _bringing(bot, 2)
    posted = await bot.posted(await bot.imagine())
    await edited(bot, await say(bot, "make the second one dark", reply_to=posted))
    assert picture_of(bot.submits[-1]) == posted.attachments[1].content


async def test_what_discord_does_not_take_is_shown_by_history(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", MESSAGES, status=403, code=50001, times=1000))
    _bringing(bot, 2)
    asked = await bot.imagine()
    await bot.until(lambda: "is kept for you" in bot.status_message(asked))
    history = await private(bot, await bot.command("/history"))
    await chosen(bot, bot.alice, history, "Open one…", "1. a red fox")
    await bot.until(lambda: "Show" in str(history.components))
    shown = await private(bot, await bot.click(bot.alice, history, "Show"))
    assert [file.filename for file in shown.attachments] == [f"{asked.id}-{n}.png" for n in ("1", "1b")]
