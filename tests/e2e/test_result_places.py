"""Where a server wants its results: a thread each, one for a member's day, in place; and what is left empty."""

import pytest

from sandbox.discord import Interaction, Kind, Message, Permissions, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.deleting import deleted
from tests.e2e.harness import Harness
from tests.e2e.moderating import actions, spend, start
from tests.e2e.talking import edited, say

DAY = 24 * 3600
ONE_A_DAY, IN_PLACE = "into one thread for each member and day", "into the channel itself"


async def _start(harness: Harness, results: str) -> None:
    mona = await start(harness)
    told = await spend(harness, "settings", mona, results=results)
    assert f"Pictures go: {results}" in told
    assert [each.what for each in await actions(harness)] == [f"chose that pictures go {results}"]


async def _posted(bot: Harness, asked: Interaction) -> Message:
    return await bot.posted(asked, tick=1)


async def test_a_members_results_of_a_day_stand_in_one_thread(harness: Harness) -> None:
    await _start(harness, ONE_A_DAY)
    first = await _posted(harness, asked := await harness.imagine(prompt="a red fox"))
    assert (first.channel.name, first.channel.parent) == ("alice · 1 January", harness.general)
    assert first.content.splitlines()[1] == "> a red fox"  # its thread is named after something else
    assert asked.response is not None
    assert asked.response.thread is first.channel
    second = await _posted(harness, asked := await harness.imagine(prompt="a grey fox"))
    assert second.channel is first.channel
    assert asked.response is not None
    assert asked.response.thread is None
    assert f"/{first.channel.id}/{second.id})" in asked.response.content
    [preview] = asked.response.attachments
    assert preview.filename == f"{asked.id}-preview.webp"
    bobs = await _posted(harness, await harness.imagine(harness.bob))
    assert bobs.channel.name == "bob · 1 January"
    await harness.clock.advance(DAY)
    later = await _posted(harness, await harness.imagine())
    assert later.channel.name == "alice · 2 January"


async def test_two_at_once_open_one_thread(harness: Harness) -> None:
    await _start(harness, ONE_A_DAY)
    harness.spark.trouble.add(SparkTrouble("submit", "never", times=2))
    asked = [await harness.imagine(prompt=prompt) for prompt in ("a red fox", "a grey fox")]
    await harness.logged("task.running", times=2)
    opening = harness.discord.trouble.add(Trouble("POST", r"/channels/\d+/messages/\d+/threads", Kind.HANG))
    harness.finish()
    await harness.until(opening.reached.is_set, tick=1)
    await harness.logged("task.succeeded", times=2, tick=1)
    opening.release()
    posted = [await _posted(harness, each) for each in asked]
    assert len({each.channel.id for each in posted}) == 1


async def test_a_days_thread_outlives_a_restart_and_is_opened_anew_where_it_was_deleted(
    harness: Harness,
) -> None:
    await _start(harness, ONE_A_DAY)
    first = await _posted(harness, await harness.imagine())
    await harness.stop()
    await harness.start(seed=12)
    await harness.ready()
    second = await _posted(harness, await harness.imagine())
    assert second.channel is first.channel
    harness.discord.delete_channel(first.channel)
    await harness.until(lambda: harness.app.client.guilds[0].get_thread(first.channel.id) is None)
    third = await _posted(harness, await harness.imagine())
    assert third.channel.name == "alice · 1 January"
    assert third.channel is not first.channel


async def test_in_place_is_where_it_was_asked_for_and_nothing_to_excuse(harness: Harness) -> None:
    await _start(harness, IN_PLACE)
    posted = await _posted(harness, asked := await harness.imagine(prompt="a red fox"))
    assert posted.channel is harness.general
    assert posted.content.splitlines()[1] == "> a red fox"
    assert "Posted here because" not in posted.content
    assert asked.response is not None
    assert (asked.response.thread, asked.response.attachments) == (None, [])


async def test_a_thread_that_is_left_empty_goes_with_the_result(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    own = harness.guild.members[harness.discord.world.bot.id]
    harness.discord.set_overwrite(harness.general, own, allow=Permissions.MANAGE_THREADS)
    first = await _posted(harness, asked := await harness.imagine())
    await deleted(harness, harness.alice, first)
    await harness.until(lambda: first.channel.deleted)
    assert asked.response is not None
    assert (asked.response.thread, asked.response.attachments) == (None, [])


async def test_where_the_bot_may_not_delete_it_an_empty_thread_is_put_away(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    first = await _posted(harness, await harness.imagine())
    thread = first.channel.thread
    assert thread is not None
    await deleted(harness, harness.alice, first)
    await harness.until(lambda: thread.archived)


@pytest.mark.parametrize("written", ["talk", "a result"])
async def test_a_thread_in_which_something_else_stands_stays(harness: Harness, written: str) -> None:
    await harness.start()
    await harness.ready()
    first = await _posted(harness, await harness.imagine())
    if written == "talk":
        await say(harness, "lovely, isn't it", by=harness.bob, place=first.channel)
    else:
        await edited(harness, await say(harness, "make it night", reply_to=first), tick=1)
    await deleted(harness, harness.alice, first)
    await harness.done(tick=1)
    assert first.channel.thread is not None
    assert not first.channel.deleted
    assert not first.channel.thread.archived
    assert harness.discord.requests.matching("DELETE", r"/channels/\d+") == []
