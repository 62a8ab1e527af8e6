"""Events that discord.py cannot read: each is dropped alone, and the bot stays connected."""

from typing import Any

import pytest

from tests.e2e.harness import Harness
from tests.e2e.photos import photo

POLL = {
    "question": {"text": "Foxes?"},
    "answers": [{"answer_id": 1, "poll_media": {"text": "Yes"}}],
    "expiry": None,
    "allow_multiselect": False,
    "layout_type": 1,
}


async def _still_works(bot: Harness) -> None:
    await bot.posted(await bot.imagine())
    gateway = bot.discord.gateway
    assert (gateway.identified, gateway.resumed) == (1, 0)
    assert not bot.app.gateway.done()


async def test_a_reply_to_a_poll_without_an_end_is_dropped(bot: Harness) -> None:
    asked = await bot.discord.say(bot.bob, bot.general, "Foxes?")
    reply = await bot.discord.say(bot.alice, bot.general, "Yes!", reply_to=asked)
    event = bot.discord._service.events.write_message(reply, privileged=False)
    event["guild_id"] = str(bot.guild.id)
    event["referenced_message"]["poll"] = POLL
    bot.discord.gateway.send_event("MESSAGE_CREATE", event)
    dropped = await bot.broke("gateway.event_dropped")
    assert (dropped["kind"], dropped["exc_info"]) == ("MESSAGE_CREATE", True)
    assert len([entry for entry in bot.log if "dropped" in entry["event"]]) == 0
    await _still_works(bot)


@pytest.mark.parametrize("data", [None, [], 7, "x", {}, {"id": "x"}], ids=repr)
@pytest.mark.parametrize(
    "event",
    [
        "MESSAGE_CREATE",
        "INTERACTION_CREATE",
        "GUILD_CREATE",
        "CHANNEL_UPDATE",
        "THREAD_CREATE",
        "THREAD_LIST_SYNC",
        "RESUMED",
    ],
)
async def test_an_event_of_any_other_shape_is_dropped(bot: Harness, event: str, data: Any) -> None:
    bot.discord.gateway.send_event(event, data)
    await _still_works(bot)
    bot.log[:] = [entry for entry in bot.log if entry.get("kind") != event]


@pytest.mark.parametrize("frame", ["", "no JSON", "[]", "7", '{"op": 0, "t": ["MESSAGE_CREATE"], "d": {}}'])
async def test_a_frame_that_is_no_event_is_dropped(bot: Harness, frame: str) -> None:
    bot.discord.gateway.send_frame(frame)
    assert (await bot.broke("gateway.event_dropped"))["kind"] is None
    await _still_works(bot)


async def test_bytes_that_are_not_compressed_end_the_connection_which_is_resumed(bot: Harness) -> None:
    bot.discord.gateway.send_frame(b"no zlib\x00\x00\xff\xff")
    await bot.broke("gateway.stream_broken")
    await bot.discord.wait_for(lambda: bot.discord.gateway.resumed == 1)
    await bot.posted(await bot.imagine())
    assert not bot.app.gateway.done()


async def test_an_odd_event_does_not_hold_up_what_comes_after_it(bot: Harness) -> None:
    bot.discord.gateway.send_event("MESSAGE_CREATE", {"id": "x"})
    said = await bot.discord.say(bot.alice, bot.general, f"{bot.discord.world.bot.mention} night", files=[photo()])
    assert await bot.until(lambda: bot.posts())
    await bot.done()
    await bot.broke("gateway.event_dropped")
    assert (await bot.books.job(said.id)).delivering_at is not None
