import pytest

from bot.domain.states import JobState
from sandbox.discord import Interaction, InteractionState, Kind, Permissions, Trouble
from sandbox.discord.rules.nonces import REMEMBERED_SECONDS
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness

CALLBACK = r"/interactions/\d+/[^/]+/callback"
MESSAGES = r"/channels/\d+/messages"
THREADS = r"/channels/\d+/messages/\d+/threads"
HEAD = r"/webhooks/\d+/[^/]+/messages/\d+"


pytestmark = pytest.mark.usefixtures("discord_py_on_the_clock")


async def _one_message_and_settled(bot: Harness, asked: Interaction) -> None:
    (posted,) = bot.posts()
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert posted.pinged == {bot.alice.id}
    assert len(bot.submits) == 1
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


# invariant I10
@pytest.mark.parametrize("status", [500, 503])
async def test_a_result_is_kept_until_discord_takes_it(bot: Harness, status: int) -> None:
    away = bot.discord.trouble.add(Trouble("POST", MESSAGES, status=status, times=12))
    asked = await bot.imagine()
    await bot.logged("job.not_delivered", tick=1)
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0")  # paid, whatever Discord does
    await bot.posted(asked, tick=10)
    assert away.times == 0
    await _one_message_and_settled(bot, asked)
    assert "see it" in bot.status_message(asked)


# invariant I10
async def test_a_result_is_kept_beyond_the_day_for_which_spark_gives_it_out(bot: Harness) -> None:
    away = bot.discord.trouble.add(Trouble("POST", MESSAGES, status=503, times=10_000))
    asked = await bot.imagine()
    await bot.logged("job.not_delivered", tick=1)
    await bot.clock.leap(24 * 3600)
    away.times = 0
    await bot.posted(asked, tick=60)
    await _one_message_and_settled(bot, asked)


async def test_a_message_whose_answer_was_lost_is_not_posted_twice(bot: Harness) -> None:
    lost = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.RESET, applied=True))
    asked = await bot.imagine()
    await bot.posted(asked, tick=1)
    assert lost.times == 0
    await _one_message_and_settled(bot, asked)
    assert "see it" in bot.status_message(asked)


# invariant I9
async def test_nor_is_it_posted_twice_when_its_nonce_is_forgotten(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.RESET, applied=True))
    looking = bot.discord.trouble.add(Trouble("GET", MESSAGES, status=503, times=3))
    asked = await bot.imagine()
    await bot.until(lambda: bot.posts(asked), tick=1)
    await bot.clock.advance(600)
    await bot.posted(asked, tick=60)
    assert looking.times == 0
    await _one_message_and_settled(bot, asked)


# invariant I9
async def test_a_notice_whose_answer_was_lost_is_not_posted_twice(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001095"))
    bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.RESET, applied=True))
    bot.discord.trouble.add(Trouble("GET", MESSAGES, status=503, times=8))
    asked = await bot.imagine()
    await bot.posted(asked, tick=60)
    assert len(bot.posts()) == 1


async def test_a_thread_whose_answer_was_lost_is_used(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", THREADS, Kind.RESET, applied=True))
    asked = await bot.imagine()
    posted = await bot.posted(asked, tick=1)
    assert posted.channel.parent is bot.general
    await _one_message_and_settled(bot, asked)


async def test_a_status_message_that_discord_does_not_take_is_edited_again(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.first_status(asked)
    bot.discord.trouble.add(Trouble("PATCH", HEAD, Kind.RESET, times=2))
    await bot.logged("task.running")
    bot.finish()
    await bot.posted(asked, tick=1)
    assert "see it" in bot.status_message(asked)


async def test_an_acknowledgement_whose_answer_was_lost_is_one(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.RESET, applied=True))
    asked = await bot.imagine()
    posted = await bot.posted(asked)
    assert asked.response is not None
    assert posted.channel is asked.response.thread  # the status message was asked of Discord
    assert "see it" in bot.status_message(asked)
    await _one_message_and_settled(bot, asked)


async def test_an_acknowledgement_that_never_arrived_withdraws_the_job(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.RESET))
    asked = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    await bot.logged("interaction.not_acknowledged")
    assert (bot.submits, bot.posts()) == ([], [])
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]


async def test_where_nobody_can_tell_whether_the_acknowledgement_arrived_the_job_goes_on(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.RESET))
    bot.discord.trouble.add(Trouble("GET", r"/webhooks/\d+/[^/]+/messages/@original", Kind.RESET, times=2))
    asked = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    posted = await bot.posted(asked)
    assert posted.channel is bot.general
    assert "> a red fox" in posted.content
    await _one_message_and_settled(bot, asked)


async def test_an_acknowledgement_that_comes_too_late_withdraws_the_job(bot: Harness) -> None:
    slow = bot.discord.trouble.add(Trouble("POST", CALLBACK, Kind.HANG))
    asked = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    await slow.reached.wait()
    await bot.clock.advance(3.1)
    assert asked.state is InteractionState.FAILED  # what alice sees
    slow.release()
    await bot.logged("interaction.not_acknowledged")
    assert (bot.submits, bot.posts()) == ([], [])
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")

    again = await bot.imagine()
    await bot.posted(again)
    assert len(bot.posts()) == 1


async def test_a_server_error_to_the_acknowledgement_is_tried_again_within_its_time(bot: Harness) -> None:
    bot.discord.trouble.add(Trouble("POST", CALLBACK, status=502))
    asked = await bot.discord.command(bot.alice, bot.general, "/imagine", {"prompt": "a red fox"})
    await bot.until(lambda: asked.state is not InteractionState.PENDING, tick=0.5)
    await bot.posted(asked)
    await _one_message_and_settled(bot, asked)


# invariant I3
async def test_an_event_that_comes_twice_is_one_job(bot: Harness) -> None:
    asked = await bot.imagine()
    bot.discord.replay(asked)
    await bot.logged("interaction.replayed")
    await bot.posted(asked)
    bot.discord.replay(asked)
    await bot.logged("interaction.replayed", times=2)
    await bot.done()
    await _one_message_and_settled(bot, asked)
    assert "see it" in bot.status_message(asked)


# invariant I3
async def test_a_click_that_comes_twice_is_one_job(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003001095"))
    await bot.posted(await bot.imagine())
    again = await bot.click(bot.alice, bot.posts()[0], "Try again")
    bot.discord.replay(again)
    await bot.posted(again)
    await bot.done()
    assert len(bot.submits) == 2
    assert len(bot.posts(again)) == 1


async def test_a_lost_connection_to_the_gateway_is_resumed_and_misses_nothing(bot: Harness) -> None:
    bot.discord.gateway.drop()
    asked = await bot.imagine()
    await bot.posted(asked)
    await _one_message_and_settled(bot, asked)


async def test_what_can_be_posted_nowhere_is_given_up_in_the_end_and_the_cost_stays_known(
    harness: Harness,
) -> None:
    bot = harness
    await bot.start(privacy={"keep_results": 3600})
    await bot.ready()
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    bot.alice.user.accepts_dms = False
    asked = await bot.imagine()
    await bot.logged("task.running")
    bot.discord.delete_channel(bot.general)
    bot.finish()
    await bot.logged("task.succeeded", tick=1)
    await bot.logged("job.undeliverable", tick=600)
    await bot.done(tick=1)
    assert (await bot.books.job(asked.id)).state is JobState.UNDELIVERABLE
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0")


async def test_what_may_not_be_posted_is_kept_and_posted_when_it_may(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    bot.alice.user.accepts_dms = False
    asked = await bot.imagine()
    await bot.logged("task.running")
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=Permissions.SEND_MESSAGES_IN_THREADS)
    bot.discord.trouble.add(Trouble("POST", MESSAGES, status=403, code=50013, times=2))
    bot.finish()
    await bot.until(lambda: "is kept for you: I may no longer post in" in bot.status_message(asked), tick=1)
    assert bot.posts(asked) == []
    bot.discord.set_overwrite(bot.general, bot.guild.everyone)
    posted = await bot.posted(asked, tick=600)
    assert len(posted.attachments) == 1
    await _one_message_and_settled(bot, asked)


@pytest.mark.usefixtures("ends_at_once")
async def test_the_notice_of_a_lost_picture_is_found_again_and_not_posted_twice(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("file", "answer", status=410, body="x", times=None))
    lost = bot.discord.trouble.add(Trouble("POST", MESSAGES, Kind.HANG, applied=True))
    asked = await bot.imagine()
    await lost.reached.wait()

    await bot.stop()
    bot.discord.trouble.clear()
    await bot.clock.advance(REMEMBERED_SECONDS + 1)
    await bot.start()
    await bot.ready()

    await bot.posted(asked, tick=1)
    assert len(bot.posts()) == 1
