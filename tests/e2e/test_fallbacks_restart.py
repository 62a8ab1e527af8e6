import pytest

from bot.domain.states import JobState
from sandbox.discord import Channel, Kind, Permissions, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.lost_places import MESSAGES, delivered, held_before_posting

NOT_HERE = Permissions.SEND_MESSAGES | Permissions.SEND_MESSAGES_IN_THREADS


@pytest.fixture
async def bot(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> Harness:
    """Give the stage with a bot that is cut off at once where it ends."""
    monkeypatch.setattr("bot.app._STOP_GRACE", 0.05)
    await _start(harness)
    return harness


async def _start(bot: Harness) -> None:
    await bot.start()
    await bot.ready()


def _hanging(bot: Harness, place: Channel) -> Trouble:
    """Have a place take one message, and never say so."""
    return bot.discord.trouble.add(Trouble("POST", rf"/channels/{place.id}/messages", Kind.HANG, applied=True))


async def _cut_off(bot: Harness) -> None:
    await bot.stop()
    bot.discord.trouble.clear()
    await bot.clock.advance(3600)  # by now Discord has forgotten the nonce


# invariant I9
@pytest.mark.parametrize("mended", [False, True])
@pytest.mark.parametrize("fallback", ["asked", "parent", "direct"])
async def test_a_result_that_stands_on_a_fallback_and_was_not_recorded_is_not_posted_twice(
    bot: Harness, fallback: str, *, mended: bool
) -> None:
    place = await bot.discord.start_thread(bot.bob, bot.general, "foxes") if fallback == "parent" else bot.general
    lower = bot.discord.direct_messages(bot.alice) if fallback == "direct" else bot.general
    asked, posting, chosen = await held_before_posting(bot, place)
    if fallback == "direct":
        bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=NOT_HERE)
    else:
        bot.discord.lock(chosen)
    hanging = _hanging(bot, lower)
    posting.release()
    await bot.until(hanging.reached.is_set)
    assert (await bot.books.job(asked.id)).state is JobState.DELIVERING
    await _cut_off(bot)
    if mended:
        bot.discord.set_overwrite(bot.general, bot.guild.everyone)
        if chosen.thread is not None:
            chosen.thread.locked = False
    sent = len(bot.discord.requests.matching("POST", MESSAGES))
    await _start(bot)
    assert (await delivered(bot, asked)).channel is lower
    assert len(bot.discord.requests.matching("POST", MESSAGES)) == sent  # it was found, not sent anew


async def test_a_place_that_cannot_even_be_looked_into_does_not_keep_a_result_back(bot: Harness) -> None:
    asked, _, _ = await held_before_posting(bot)
    await bot.stop()
    bot.discord.trouble.clear()
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=Permissions.VIEW_CHANNEL)
    await _start(bot)
    assert (await delivered(bot, asked)).channel is bot.discord.direct_messages(bot.alice)


async def test_a_late_picture_that_stands_on_a_fallback_and_was_not_recorded_is_not_posted_twice(
    bot: Harness,
) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    await bot.clock.advance(15 * 60)
    await bot.posted(asked, tick=1)
    dm = bot.discord.direct_messages(bot.alice)
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=NOT_HERE)
    hanging = _hanging(bot, dm)
    bot.finish()
    await bot.until(hanging.reached.is_set, tick=10)
    await _cut_off(bot)
    await _start(bot)
    await bot.done(tick=1)
    assert (await bot.books.job(asked.id)).tasks[0].posted
    assert [post.channel for post in bot.posts(asked)] == [bot.general, dm]


async def test_a_late_end_that_was_not_recorded_is_not_told_twice(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    await bot.clock.advance(15 * 60)
    await bot.posted(asked, tick=1)
    hanging = _hanging(bot, bot.general)
    (task,) = bot.spark.tasks.values()
    task.failure = "003001095"
    bot.finish()
    await bot.until(hanging.reached.is_set, tick=10)
    await _cut_off(bot)
    await _start(bot)
    await bot.done(tick=1)
    assert (await bot.books.job(asked.id)).tasks[0].posted
    assert ["after all" in post.content for post in bot.posts(asked)] == [False, True]
