import pytest

from bot.wording.text import seconds_text
from sandbox.discord import Interaction, Message
from sandbox.discord import Trouble as DiscordTrouble
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness

QUARTER = 15 * 60
HOUR = 3600
DAY = 24 * 3600
SEED = 60


async def _overdue(bot: Harness, *, count: int = 1) -> tuple[Interaction, Message]:
    """Have Spark take a quarter of an hour for the first picture of a job, and not be done with it."""
    bot.spark.trouble.add(Trouble("submit", "never", where=lambda params: params["seed"] == SEED))
    asked = await bot.imagine(prompt="a slow fox", seed=SEED, count=count)
    await bot.logged("task.running")
    await bot.logged("task.succeeded", times=count - 1)
    await bot.until(lambda: "Painting" in bot.status_message(asked))  # the last edit before the clock jumps
    await bot.clock.advance(QUARTER)
    return asked, await bot.posted(asked, tick=1)


async def test_after_a_quarter_of_an_hour_the_owner_is_told(bot: Harness) -> None:
    asked, notice = await _overdue(bot)
    assert notice.pinged == {bot.alice.id}
    assert notice.content.startswith(f"{bot.alice.mention} your picture is late.\n> a slow fox\n")
    assert (
        "If it still comes, it comes here and is charged then. $0.03 stays set aside for it until "
        in notice.content
    )
    [[button]] = [row["components"] for row in notice.components]
    assert button["disabled"]  # it may still come: there is nothing to try again
    assert bot.status_message(asked).startswith(
        "⌛ **a slow fox** takes much longer than usual\n"
        "-# It comes here if Spark still makes it · [how it stands]("
    )
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0.03")


async def test_a_late_picture_is_a_message_of_its_own_and_is_settled(bot: Harness) -> None:
    asked, notice = await _overdue(bot)
    await bot.clock.advance(HOUR)
    bot.finish()
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=10)
    await bot.done(tick=1)
    _, late = bot.posts(asked)
    assert [file.filename for file in late.attachments] == [f"{asked.id}-1.png"]
    assert "this picture came late, but it came." in late.content
    [task] = (await bot.books.job(asked.id)).tasks
    took = ((task.ended_at or 0) - (task.submitted_at or 0)) / 1000  # until it was looked at, a little later
    assert QUARTER + HOUR <= took < QUARTER + HOUR + QUARTER
    assert f"· {seconds_text(took)} ·" in late.content
    assert late.channel is notice.channel
    assert late.pinged == {bot.alice.id}
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    assert bot.status_message(asked).startswith("🖼️ **a slow fox**\n-# 1 picture · $0.0065")
    assert len(bot.submits) == 1


async def test_a_late_picture_is_kept_beyond_the_day_for_which_spark_gives_it_out(bot: Harness) -> None:
    asked, _ = await _overdue(bot)
    away = bot.discord.trouble.add(DiscordTrouble("POST", r"/channels/\d+/messages", status=503, times=10_000))
    bot.finish()
    await bot.logged("late.not_delivered", tick=1)
    assert await bot.books.kept(asked.id) == [1]
    await bot.clock.advance(2 * DAY)
    away.times = 0
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=60)
    await bot.done(tick=1)
    assert len(bot.posts(asked)[1].attachments) == 1
    assert await bot.books.kept(asked.id) == []


async def test_what_is_there_is_not_kept_waiting_longer_and_the_rest_follows(bot: Harness) -> None:
    asked, posted = await _overdue(bot, count=2)
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-2.png"]
    assert "Picture 1 of 2: Spark is not done with it yet." in posted.content
    bot.finish()
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=10)
    await bot.done(tick=1)
    _, late = bot.posts(asked)
    assert [file.filename for file in late.attachments] == [f"{asked.id}-1.png"]
    assert late.channel is posted.channel
    assert "2 pictures · $0.013" in bot.status_message(asked)
    assert await bot.books.today(bot.alice, bot.guild) == ("0.013", "0")


async def test_the_status_message_is_edited_with_the_bots_token_once_the_interactions_is_dead(
    bot: Harness,
) -> None:
    asked, _ = await _overdue(bot)
    assert asked.response is not None
    edits = bot.discord.requests.matching("PATCH", rf"/channels/{bot.general.id}/messages/{asked.response.id}")
    assert {edit.status for edit in edits} == {200}
    late = [
        r for r in bot.discord.requests if r.path.startswith("/webhooks/") and r.when >= asked.created_at + 880
    ]
    assert late == []


async def test_a_late_failure_is_released(bot: Harness) -> None:
    asked, _ = await _overdue(bot)
    (task,) = bot.spark.tasks.values()
    task.failure = "003001095"
    bot.finish()
    await bot.until(lambda: "Nothing was charged" in bot.status_message(asked), tick=10)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]


async def test_a_late_failure_is_told_to_its_owner_and_may_be_tried_again(bot: Harness) -> None:
    asked, notice = await _overdue(bot)
    (task,) = bot.spark.tasks.values()
    task.failure = "003001095"
    bot.finish()
    _, told = await bot.until(lambda: bot.posts(asked) if len(bot.posts(asked)) == 2 else None, tick=10)
    await bot.done(tick=1)
    assert told.channel is notice.channel
    assert told.pinged == {bot.alice.id}
    assert told.content.splitlines()[:2] == [
        f"{bot.alice.mention} nothing came of it after all.",
        "> a slow fox",
    ]
    assert "Spark's text to image failed while it made the picture." in told.content
    assert told.content.endswith("-# Nothing was charged.")
    again = await bot.click(bot.alice, told, "Try again")
    assert (await bot.posted(again, tick=1)).attachments


@pytest.mark.usefixtures("prices_known")
async def test_late_failures_of_one_job_are_told_together_once_nothing_more_can_come(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never", times=2, where=lambda params: params["seed"] < SEED + 2))
    asked = await bot.imagine(prompt="slow foxes", seed=SEED, count=3)
    await bot.logged("task.running", times=2)
    await bot.logged("task.succeeded")
    await bot.until(lambda: "Painting" in bot.status_message(asked))  # the last edit before the clock jumps
    await bot.clock.advance(QUARTER)
    await bot.posted(asked, tick=1)
    for task in bot.spark.tasks.values():
        task.failure = "003001095"
    bot.finish(where=lambda submit: submit.params["seed"] == SEED)
    await bot.logged("task.failed", tick=10)
    await bot.done(tick=1)
    assert len(bot.posts(asked)) == 1
    bot.finish(where=lambda submit: submit.params["seed"] == SEED + 1)
    await bot.logged("task.failed", times=2, tick=10)
    _, told = await bot.until(lambda: posts if len(posts := bot.posts(asked)) > 1 else None, tick=1)
    assert told.content.startswith(f"{bot.alice.mention} the rest never came.\n")
    assert told.content.endswith("-# What was not made was not charged.")


async def test_what_never_comes_is_released_after_a_day(bot: Harness) -> None:
    asked, _ = await _overdue(bot)
    await bot.clock.advance(DAY)
    await bot.logged("task.abandoned", tick=60)
    await bot.until(lambda: "Nothing was charged" in bot.status_message(asked), tick=1)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]


@pytest.mark.parametrize("stopped_for", [QUARTER + 60, DAY - 60, DAY + 60, 3 * DAY])
async def test_what_ended_while_the_bot_was_stopped_for_long_is_looked_at_before_it_is_called_late(
    bot: Harness, stopped_for: float
) -> None:
    bot.spark.trouble.add(Trouble("submit", "never"))
    asked = await bot.imagine(prompt="a slow fox")
    await bot.logged("task.running")
    await bot.stop()
    await bot.clock.advance(stopped_for)
    bot.finish()
    await bot.start()
    await bot.ready()
    posted = await bot.posted(asked, tick=1)
    await bot.done(tick=1)
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert bot.posts(asked) == [posted]
    assert not {"task.overdue", "task.abandoned"} & {entry["event"] for entry in bot.log}
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


async def test_a_late_picture_that_came_while_the_bot_was_stopped_is_looked_at_before_it_is_given_up(
    bot: Harness,
) -> None:
    asked, _ = await _overdue(bot)
    await bot.stop()
    await bot.clock.advance(2 * DAY)
    bot.finish()
    await bot.start()
    await bot.ready()
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=1)
    await bot.done(tick=1)
    assert "task.abandoned" not in {entry["event"] for entry in bot.log}
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
