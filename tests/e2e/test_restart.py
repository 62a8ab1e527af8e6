import asyncio

import pytest

from bot.domain.states import JobState, TaskState
from sandbox.discord import Interaction, Kind, Trouble
from sandbox.spark.latency import Latency
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness

MESSAGES = r"/channels/\d+/messages"
CALLBACK = r"/interactions/\d+/[^/]+/callback"


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


async def _stopping(harness: Harness) -> asyncio.Task[None]:
    """Tell the bot to end, and wait until it has begun to."""
    stopping = asyncio.create_task(harness.stop())
    await harness.logged("stopping")
    return stopping


async def _start_again(harness: Harness) -> None:
    await harness.start()
    await harness.ready()


async def _delivered_once(harness: Harness, asked: Interaction) -> None:
    await harness.posted(asked, tick=1)
    (posted,) = harness.posts()
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert posted.channel.parent is harness.general
    assert len(harness.submits) == 1
    assert "see it" in harness.status_message(asked)
    assert await harness.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_an_end_waits_for_the_answer_to_a_submit(bot: Harness) -> None:
    hanging = bot.spark.trouble.add(SparkTrouble("submit", "hang", accepted=True))
    asked = await bot.imagine()
    await hanging.reached.wait()
    stopping = await _stopping(bot)
    hanging.release()
    await stopping
    (task,) = (await bot.books.job(asked.id)).tasks
    assert (task.state, task.spark_id) == (TaskState.RUNNING, bot.submits[0].task_id)

    await _start_again(bot)
    await _delivered_once(bot, asked)


async def test_an_end_waits_for_the_command_that_is_being_answered(bot: Harness) -> None:
    hanging = bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.HANG))
    asked = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    await hanging.reached.wait()
    stopping = await _stopping(bot)
    hanging.release()
    await stopping
    assert (await bot.books.job(asked.id)).state is JobState.OPEN
    await _start_again(bot)
    await _delivered_once(bot, asked)


async def test_an_answer_that_does_not_come_before_the_end_is_unknown_afterwards(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await _start_again(bot)
    hanging = bot.spark.trouble.add(SparkTrouble("submit", "hang", accepted=True))
    asked = await bot.imagine()
    await hanging.reached.wait()
    await bot.stop()
    await _start_again(bot)
    notice = await bot.posted(asked)
    assert "Spark gave no clear answer" in notice.content
    assert len(bot.submits) == 1
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0.03")


async def test_what_runs_at_spark_is_looked_at_again_by_the_next_start(bot: Harness) -> None:
    asked = await bot.imagine()
    await bot.logged("task.running")
    await bot.stop()
    await bot.clock.advance(600)
    await _start_again(bot)
    await _delivered_once(bot, asked)


async def test_what_waits_in_the_queue_is_sent_by_the_next_start(harness: Harness) -> None:
    await harness.start(limits={"user_running": 1})
    await harness.ready()
    asked = await harness.imagine(count=2, seed=1)
    await harness.logged("task.running")
    await harness.stop()
    assert len(harness.submits) == 1
    await _start_again(harness)
    posted = await harness.posted(asked, tick=1)
    assert len(posted.attachments) == 2
    assert [submit.params["seed"] for submit in harness.submits] == [1, 2]


async def test_an_end_waits_for_a_delivery(bot: Harness) -> None:
    posting = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG))
    asked = await bot.imagine()
    await bot.until(posting.reached.is_set, tick=1)
    stopping = await _stopping(bot)
    posting.release()
    await stopping
    assert (await bot.books.job(asked.id)).state is JobState.DELIVERED
    (posted,) = bot.posts()
    assert str(posted.id) in bot.status_message(asked)


@pytest.mark.parametrize("applied", [True, False])
async def test_a_delivery_that_is_cut_off_is_finished_by_the_next_start(
    bot: Harness, monkeypatch: pytest.MonkeyPatch, *, applied: bool
) -> None:
    await bot.stop()
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await _start_again(bot)
    posting = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=applied))
    asked = await bot.imagine()
    await bot.until(posting.reached.is_set, tick=1)
    await bot.stop()
    assert (await bot.books.job(asked.id)).state is JobState.DELIVERING
    await bot.clock.advance(3600)  # by now Discord has forgotten the nonce
    await _start_again(bot)
    await _delivered_once(bot, asked)


async def test_a_button_works_after_a_restart(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001095"))
    notice = await bot.posted(await bot.imagine(), tick=1)
    await bot.stop()
    await _start_again(bot)
    again = await bot.click(bot.alice, notice, "Try again")
    posted = await bot.posted(again, tick=1)
    assert len(posted.attachments) == 1


async def test_prices_that_were_learned_outlive_a_restart(bot: Harness) -> None:
    await bot.posted(await bot.imagine(), tick=1)
    await bot.stop()
    await _start_again(bot)
    asked = await bot.imagine()
    await bot.posted(asked, tick=1)
    assert (await bot.books.entries(asked.id))[0] == (1, "reserve", "0.0065")


async def test_a_notice_without_a_file_that_was_not_recorded_is_found_and_not_posted_twice(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.stop()
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await _start_again(bot)
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    hanging = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=True))
    asked = await bot.imagine()
    await bot.until(hanging.reached.is_set, tick=60)  # overdue: a notice, and nothing to try again yet
    await bot.stop()
    hanging.release()
    await bot.clock.advance(600)  # Discord has forgotten the nonce
    await _start_again(bot)
    await bot.logged("job.delivered", times=1)
    assert len(bot.posts(asked)) == 1


async def test_what_tasks_took_before_the_restart_is_known_after_it(harness: Harness) -> None:
    await _start_again(harness)
    for _ in range(4):
        await harness.posted(await harness.imagine(), tick=1)
    await harness.stop()

    before = _looks(harness)
    await _start_again(harness)
    await harness.posted(await harness.imagine(), tick=1)
    assert _looks(harness) - before <= 3


def _looks(harness: Harness) -> int:
    asked = [request.path for request in harness.spark.requests if request.method == "GET"]
    return sum("/task/" in path and not path.endswith("-probe") for path in asked)
