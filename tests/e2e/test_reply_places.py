import pytest

from sandbox.discord import ChannelType, Permissions
from tests.e2e.harness import Harness
from tests.e2e.talking import (
    answers_to,
    at,
    edited,
    heard_out,
    is_edit_of,
    note_to,
    photo,
    result,
    say,
)

MESSAGES = r"/channels/\d+/messages"


async def test_in_direct_messages_every_reply_to_a_picture_acts(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    own = await say(bot, "", place=dm, files=[photo()])
    said = await say(bot, "make it night", reply_to=own, ping=False)
    picture = await is_edit_of(bot, said, own, "make it night")
    assert picture.channel is dm
    again = await say(bot, "make it snowy", reply_to=picture, ping=False)
    await is_edit_of(bot, again, picture, "make it snowy")
    assert await bot.books.today(bot.alice, None) == ("0.016", "0")


async def test_in_direct_messages_talk_is_told_once_what_the_bot_can_do(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    note = await note_to(bot, await say(bot, "a cat in space", place=dm))
    assert "/imagine" in note.content
    second = await say(bot, "hello?", place=dm)
    await heard_out(bot)
    assert answers_to(bot, second) == []


async def test_in_a_forums_post(bot: Harness) -> None:
    forum = bot.discord.add_channel(bot.guild, "pictures", kind=ChannelType.FORUM)
    post = await bot.discord.start_post(bot.alice, forum, "My cat", at(bot, "make it night"), files=[photo()])
    first = next(iter(post.messages.values()))
    posted = await is_edit_of(bot, first, first, "make it night")
    assert posted.channel is post
    again = await say(bot, "make it snowy", by=bot.bob, reply_to=posted)
    assert (await edited(bot, again)).channel is post


async def test_in_a_thread_that_discord_py_does_not_know(bot: Harness) -> None:
    picture = await result(bot)
    bot.app.client.get_guild(bot.guild.id)._threads.clear()  # type: ignore[union-attr]  # as after an outage
    said = await say(bot, "make it night", reply_to=picture)
    assert (await edited(bot, said)).channel is picture.channel


@pytest.mark.parametrize(
    ("denied", "named"),
    [(Permissions.ATTACH_FILES, "Attach Files"), (Permissions.READ_MESSAGE_HISTORY, "Read Message History")],
)
async def test_a_missing_permission_is_named(bot: Harness, denied: Permissions, named: str) -> None:
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(bot.general, own, deny=denied)
    said = await say(bot, at(bot, "make it night"), files=[photo()])
    note = await note_to(bot, said)
    assert f"I lack {named}" in note.content
    assert (bot.submits, await bot.books.jobs()) == ([], [])


async def test_where_it_may_not_write_it_is_silent(bot: Harness) -> None:
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(bot.general, own, deny=Permissions.SEND_MESSAGES)
    before = len(bot.discord.requests)
    await say(bot, at(bot, "make it night"), files=[photo()])
    await bot.logged("message.unanswered")
    assert len(bot.discord.requests) == before
    assert await bot.books.jobs() == []


async def test_a_server_that_the_operator_has_not_allowed(harness: Harness) -> None:
    other = harness.discord.add_guild("Other")
    place = harness.discord.add_channel(other)
    carol = harness.discord.add_member(other, "carol")
    await harness.start(discord={"allowed_guilds": frozenset({harness.guild.id})})
    await harness.ready()
    said = await say(harness, at(harness, "make it night"), by=carol, place=place, files=[photo()])
    assert "not switched on" in (await note_to(harness, said)).content
    private = await say(harness, "make it night", place=harness.discord.direct_messages(carol), by=carol)
    await heard_out(harness)
    assert answers_to(harness, private) == []
    assert await harness.books.jobs() == []


async def test_whom_the_operator_has_blocked_is_answered_once_and_without_a_reason_for_all_to_see(
    harness: Harness,
) -> None:
    await harness.start(access={"blocked_users": frozenset({harness.alice.id})})
    await harness.ready()
    said = await say(harness, at(harness, "make it night"), files=[photo()])
    assert (await note_to(harness, said)).content.startswith("**I do nothing for you here.**")
    again = await say(harness, at(harness, "make it snowy"), files=[photo()])
    await heard_out(harness)
    assert answers_to(harness, again) == []
    assert await harness.books.jobs() == []
