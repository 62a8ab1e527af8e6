import asyncio
from typing import Any

import pytest

from bot.domain.jobs import Task
from bot.store import TaskStore
from sandbox.discord import Interaction, Message
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness

DAY = 24 * 3600
LOST = "Spark gave no clear answer. $0.03 stays set aside for it"


async def _lost(bot: Harness) -> tuple[Interaction, Message]:
    """Have Spark take a task, and its answer be lost."""
    bot.spark.trouble.add(Trouble("submit", "reset", accepted=True))
    asked = await bot.imagine(prompt="a lost fox", seed=8)
    return asked, await bot.posted(asked)


async def test_a_lost_answer_is_told_and_its_money_stays_reserved(bot: Harness) -> None:
    asked, notice = await _lost(bot)
    assert notice.pinged == {bot.alice.id}
    assert notice.content.startswith(
        f"{bot.alice.mention} nobody knows yet whether your picture was made.\n> a lost fox\n"
    )
    assert LOST in notice.content
    until = int(bot.clock.time()) + DAY
    assert f"$0.03 stays set aside for it until <t:{until}:f>" in notice.content
    assert bot.status_message(asked).startswith(
        "❓ Nobody knows yet whether Spark made **a lost fox**\n"
        "-# Nothing is charged until that is clear · [what you can do]("
    )
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03")]
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0.03")


# invariant I1
async def test_a_lost_answer_is_never_sent_again_by_itself(bot: Harness) -> None:
    await _lost(bot)
    await bot.clock.advance(3600)
    await bot.posted(await bot.imagine(bot.bob))
    assert [submit.params.get("seed") == 8 for submit in bot.submits] == [True, False]


@pytest.mark.parametrize("answer", [{"kind": "junk"}, {"kind": "answer", "status": 502, "body": "<html>"}])
async def test_an_answer_that_says_nothing_leaves_it_unknown(bot: Harness, answer: dict[str, Any]) -> None:
    bot.spark.trouble.add(Trouble("submit", accepted=True, **answer))
    notice = await bot.posted(await bot.imagine())
    assert LOST in notice.content
    assert len(bot.submits) == 1


async def test_try_again_after_a_lost_answer_is_a_new_job(bot: Harness) -> None:
    asked, notice = await _lost(bot)
    again = await bot.click(bot.alice, notice, "Try again")
    posted = await bot.posted(again)
    first, second = (submit.params for submit in bot.submits)
    assert first == second
    assert "A new picture, paid for separately." in posted.content
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03")]
    assert await bot.books.entries(again.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0.03")


# invariant I7
async def test_what_stays_unknown_is_released_after_a_day(bot: Harness) -> None:
    asked, _ = await _lost(bot)
    await bot.clock.advance(DAY - 300)
    for _ in range(3):
        await bot.clock.advance(60)
        await bot.posted(await bot.imagine(bot.bob))  # meanwhile the bot has looked for what it may release
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03")]
    await bot.logged("task.released", tick=60)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")


async def test_when_its_money_is_released_the_owner_is_told(bot: Harness) -> None:
    asked, notice = await _lost(bot)
    await bot.clock.advance(DAY)
    _, told = await bot.until(lambda: bot.posts(asked) if len(bot.posts(asked)) == 2 else None, tick=60)
    await bot.done(tick=60)
    assert told.channel is notice.channel
    assert told.pinged == {bot.alice.id}
    assert "nothing came of it after all." in told.content
    assert "Spark never gave a clear answer. The $0.03 set aside for it are yours again." in told.content
    await bot.clock.advance(DAY)
    await bot.posted(await bot.imagine(bot.bob), tick=60)
    assert len(bot.posts(asked)) == 2


async def test_part_of_a_job_may_be_unknown(bot: Harness) -> None:
    trouble = Trouble("submit", "reset", accepted=True, where=lambda params: params["seed"] == 21)
    bot.spark.trouble.add(trouble)
    asked = await bot.imagine(seed=20, count=2)
    posted = await bot.posted(asked)
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert f"Picture 2 of 2: {LOST}" in posted.content
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0.03")


async def test_an_answer_that_comes_after_a_minute_still_brings_the_picture(bot: Harness) -> None:
    hanging = bot.spark.trouble.add(Trouble("submit", "hang", accepted=True))
    asked = await bot.imagine(prompt="a late fox")
    await hanging.reached.wait()
    await bot.clock.advance(61)
    notice = await bot.posted(asked)
    assert LOST in notice.content

    hanging.release()
    late = await bot.until(lambda: bot.posts(asked)[1:], tick=1)
    await bot.done(tick=1)
    (message,) = late
    assert [file.filename for file in message.attachments] == [f"{asked.id}-1.png"]
    assert message.content.startswith(f"{bot.alice.mention} this picture came late, but it came.\n> a late fox\n")
    assert message.pinged == {bot.alice.id}
    assert message.channel is notice.channel
    assert len(bot.submits) == 1
    assert "$0.0065" in bot.status_message(asked)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_an_answer_that_comes_while_it_is_given_up_still_brings_the_picture(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = bot.spark.trouble.add(Trouble("submit", "hang", accepted=True))
    mark_unknown = TaskStore.mark_unknown

    async def answered_meanwhile(store: TaskStore, task: Task, now: int) -> Task:
        hanging.release()
        await asyncio.wait([each for each in asyncio.all_tasks() if each.get_name() == f"submit {task.name}"])
        return await mark_unknown(store, task, now)

    monkeypatch.setattr(TaskStore, "mark_unknown", answered_meanwhile)
    asked = await bot.imagine(prompt="a late fox")
    await hanging.reached.wait()
    await bot.clock.advance(61)
    await bot.until(lambda: any(post.attachments for post in bot.posts(asked)), tick=1)
    await bot.done(tick=1)
    assert len(bot.submits) == 1
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_an_answer_that_comes_when_the_money_is_released_is_too_late(bot: Harness) -> None:
    hanging = bot.spark.trouble.add(Trouble("submit", "hang", accepted=True))
    asked = await bot.imagine()
    await hanging.reached.wait()
    await bot.clock.advance(61)
    await bot.posted(asked)
    await bot.clock.advance(DAY)
    await bot.logged("task.released", tick=60)
    hanging.release()
    await bot.logged("task.lost", tick=1)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    await bot.until(lambda: len(bot.posts(asked)) > 1, tick=1)
    assert [post.attachments for post in bot.posts(asked)] == [[], []]  # the notice, and that nothing came
