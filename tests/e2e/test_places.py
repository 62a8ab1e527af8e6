import pytest

from sandbox.discord import Channel, ChannelType, Interaction, Kind, Message, Permissions, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.harness import Harness
from tests.e2e.pressing import menu

THREADS = r"/channels/\d+/messages/\d+/threads"


async def _delivered_in_place(bot: Harness, asked: Interaction, place: Channel) -> Message:
    posted = await bot.posted(asked)
    assert posted.channel is place
    assert [file.filename for file in posted.attachments] == [f"{asked.id}-1.png"]
    assert posted.content.splitlines()[:2] == [f"{bot.alice.mention} here is your picture.", "> a red fox"]
    assert posted.pinged == {bot.alice.id}
    assert bot.posts() == [posted]
    where = place.guild.id if place.guild else "@me"
    assert f"https://discord.com/channels/{where}/{place.id}/{posted.id}" in bot.status_message(asked)
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]
    return posted


async def test_in_a_thread_the_picture_stands_right_there(bot: Harness) -> None:
    thread = (await bot.posted(await bot.imagine(prompt="the first"))).channel
    posted = await bot.posted(await bot.imagine(place=thread))
    assert posted.channel is thread
    assert len(bot.discord.requests.matching("POST", THREADS)) == 1


async def test_in_direct_messages_the_picture_stands_right_there(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    await _delivered_in_place(bot, await bot.imagine(place=dm), dm)
    assert await bot.books.today(bot.alice, None) == ("0.0065", "0")
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")


@pytest.mark.parametrize("kind", [ChannelType.VOICE, ChannelType.STAGE])
async def test_in_the_chat_of_a_voice_channel_the_picture_stands_right_there(
    bot: Harness, kind: ChannelType
) -> None:
    voice = bot.discord.add_channel(bot.guild, "Lounge", kind=kind)
    await _delivered_in_place(bot, await bot.imagine(place=voice), voice)
    assert bot.discord.requests.matching("POST", THREADS) == []


@pytest.mark.parametrize("kind", [ChannelType.FORUM, ChannelType.MEDIA])
async def test_in_a_forums_post_the_picture_stands_right_there(bot: Harness, kind: ChannelType) -> None:
    forum = bot.discord.add_channel(bot.guild, "gallery", kind=kind)
    post = await bot.discord.start_post(bot.alice, forum, "Foxes", "Show me foxes.")
    await _delivered_in_place(bot, await bot.imagine(place=post), post)


async def test_an_announcement_channel_has_threads_too(bot: Harness) -> None:
    news = bot.discord.add_channel(bot.guild, "news", kind=ChannelType.ANNOUNCEMENT)
    posted = await bot.posted(await bot.imagine(place=news))
    assert posted.channel.parent is news


@pytest.mark.parametrize("denied", [Permissions.CREATE_PUBLIC_THREADS, Permissions.SEND_MESSAGES_IN_THREADS])
async def test_where_threads_are_closed_to_the_bot_it_is_posted_in_place(
    bot: Harness, denied: Permissions
) -> None:
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=denied)
    asked = await bot.imagine()
    await _delivered_in_place(bot, asked, bot.general)
    assert asked.response is not None
    assert asked.response.thread is None  # nor does an empty one stay behind


async def test_where_threads_are_closed_meanwhile_it_is_posted_in_place(bot: Harness) -> None:
    opening = bot.discord.trouble.add(Trouble("POST", THREADS, Kind.HANG))
    asked = await bot.imagine()
    await bot.until(opening.reached.is_set)
    deny = Permissions.CREATE_PUBLIC_THREADS
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=deny)
    opening.release()
    await _delivered_in_place(bot, asked, bot.general)


async def test_where_discord_wants_minutes_for_a_thread_it_is_posted_in_place(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.places.THREAD_PATIENCE", 0.2)
    bot.discord.trouble.add(Trouble("POST", THREADS, status=429, headers={"Retry-After": "250"}))
    await _delivered_in_place(bot, await bot.imagine(), bot.general)
    assert len(bot.discord.requests.matching("POST", THREADS)) == 1


async def test_where_there_are_too_many_threads_it_is_posted_in_place(bot: Harness) -> None:
    bot.guild.max_active_threads = 0
    posted = await _delivered_in_place(bot, await bot.imagine(), bot.general)
    assert "-# Posted here because Discord opened no thread for it." in posted.content


async def test_where_the_status_message_was_deleted_it_is_posted_in_place(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.logged("task.running")
    assert asked.response is not None
    bot.discord.delete(asked.response)
    bot.finish()
    posted = await bot.posted(asked, tick=1)
    assert posted.channel is bot.general
    assert posted.pinged == {bot.alice.id}


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        (Permissions.SEND_MESSAGES, "Send Messages"),
        (Permissions.ATTACH_FILES, "Attach Files"),
        (Permissions.READ_MESSAGE_HISTORY, "Read Message History"),
        (Permissions.VIEW_CHANNEL, "View Channel"),
    ],
)
async def test_a_missing_permission_is_named_before_anything_is_charged(
    bot: Harness, denied: Permissions, named: str
) -> None:
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(bot.general, own, deny=denied)
    asked = await bot.imagine()
    text = await bot.refused(asked)
    assert text.startswith("**I could not post your picture here: I lack ")
    assert named in text
    assert (bot.submits, await bot.books.jobs(), bot.pinged()) == ([], [], set())


@pytest.mark.parametrize(
    ("kind", "denied", "named"),
    [
        (ChannelType.FORUM, Permissions.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads and Attach Files"),
        (ChannelType.FORUM, Permissions.ATTACH_FILES, "Attach Files"),
        (ChannelType.VOICE, Permissions.SEND_MESSAGES, "Send Messages and Attach Files"),
        (ChannelType.STAGE, Permissions.READ_MESSAGE_HISTORY, "Read Message History"),
        (ChannelType.ANNOUNCEMENT, Permissions.SEND_MESSAGES, "Send Messages and Attach Files"),
    ],
)
async def test_a_missing_permission_is_named_in_every_kind_of_place(
    bot: Harness, kind: ChannelType, denied: Permissions, named: str
) -> None:
    place = channel = bot.discord.add_channel(bot.guild, "place", kind=kind)
    if kind is ChannelType.FORUM:
        place = await bot.discord.start_post(bot.alice, channel, "Foxes", "Show me foxes.")
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(channel, own, deny=denied)
    text = await bot.refused(await bot.imagine(place=place))
    assert f"I lack {named}." in text
    assert (bot.submits, await bot.books.jobs()) == ([], [])


async def test_in_a_thread_it_is_the_threads_own_permission_that_counts(bot: Harness) -> None:
    thread = (await bot.posted(await bot.imagine())).channel
    own = bot.guild.members[bot.discord.world.bot.id]
    bot.discord.set_overwrite(bot.general, own, deny=Permissions.SEND_MESSAGES_IN_THREADS)
    text = await bot.refused(await bot.imagine(place=thread))
    assert "I lack Send Messages in Threads" in text
    assert len(bot.submits) == 1

    bot.discord.set_overwrite(bot.general, own, deny=Permissions.SEND_MESSAGES)
    await bot.posted(await bot.imagine(place=thread))


async def test_a_server_that_the_operator_has_not_allowed(harness: Harness) -> None:
    other = harness.discord.add_guild("Other")
    place = harness.discord.add_channel(other)
    carol = harness.discord.add_member(other, "carol")
    await harness.start(discord={"allowed_guilds": frozenset({harness.guild.id})})
    await harness.ready()
    for refused in (
        await harness.imagine(carol, place),
        await harness.imagine(place=harness.discord.direct_messages(harness.alice)),
    ):
        assert "not switched on" in await harness.refused(refused)
    assert harness.submits == []
    await harness.posted(await harness.imagine())


async def test_direct_messages_that_the_operator_has_turned_off(harness: Harness) -> None:
    await harness.start(access={"direct_messages": False})
    await harness.ready()
    refused = await harness.imagine(place=harness.discord.direct_messages(harness.alice))
    assert "**I am not switched on for direct messages.**" in await harness.refused(refused)
    await harness.posted(await harness.imagine())


async def test_whom_the_operator_has_blocked_can_use_nothing_on_any_server(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    made = await harness.posted(await harness.imagine())
    await harness.stop()
    await harness.start(access={"blocked_users": frozenset({harness.alice.id})})
    await harness.ready()
    other = harness.discord.add_guild("Other")
    elsewhere = harness.discord.add_channel(other)
    alice_there = harness.discord.add_member(other, "alice")
    private = harness.discord.direct_messages(harness.alice)
    for refused in (
        await harness.imagine(),
        await harness.imagine(alice_there, elsewhere),
        await harness.imagine(place=private),
        await harness.command("/privacy"),
        await harness.click(harness.alice, made, "Again"),
        await harness.click(harness.alice, made, "Edit"),
        await menu(harness, harness.alice, made, "Stylize image"),
    ):
        assert (await harness.refused(refused)).startswith("**You cannot use me, on any server.**")
    assert len(harness.submits) == 1
    await harness.posted(await harness.imagine(harness.bob))


async def test_every_result_within_the_limits_window_has_its_thread(bot: Harness) -> None:
    # its headers tell of a window of minutes that still has room
    for prompt in ("a red fox", "a grey fox"):
        posted = await bot.posted(await bot.imagine(prompt=prompt))
        assert posted.channel.name == prompt
