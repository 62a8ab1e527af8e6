import asyncio
import io

import discord
import pytest

from sandbox.discord import (
    Channel,
    ChannelType,
    ClientRefusal,
    DiscordSandbox,
    Guild,
    Member,
    MessageType,
    Permissions,
    Upload,
)
from tests.sandbox.discord.clients import Bot, buttons


@pytest.fixture
def forum(sandbox: DiscordSandbox, guild: Guild) -> Channel:
    return sandbox.add_channel(guild, "ideas", kind=ChannelType.FORUM)


async def test_forum_post_begins_with_a_message_of_its_own_id(
    forum: Channel, bot: Bot, sandbox: DiscordSandbox, alice: Member, png: bytes
) -> None:
    post = await sandbox.start_post(alice, forum, "My cat", "what a cat", files=[Upload(0, "cat.png", png)])
    heard = await bot.threads.get()
    assert isinstance(heard.parent, discord.ForumChannel)
    assert (heard.id, heard.name, heard.owner_id) == (post.id, "My cat", alice.id)
    first = await heard.fetch_message(heard.id)
    assert (first.author.id, first.type) == (alice.id, discord.MessageType.default)
    asked = await sandbox.command(alice, post, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    assert isinstance(got.channel, discord.Thread)
    await got.response.send_message("working")
    await heard.send("done", file=discord.File(io.BytesIO(png), "cat.png"))
    assert [message.content for message in sandbox.visible(post, alice)] == ["what a cat", "working", "done"]
    assert asked.response is not None
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.start_thread_with_message(post.id, asked.response.id, name="x", auto_archive_duration=60)
    assert refused.value.code == 50024


async def test_forum_post_has_the_sending_rules_of_a_thread(
    forum: Channel, bot: Bot, sandbox: DiscordSandbox, guild: Guild, alice: Member
) -> None:
    sandbox.set_overwrite(forum, guild.everyone, deny=Permissions.SEND_MESSAGES)
    with pytest.raises(ClientRefusal, match="may not start posts"):
        await sandbox.start_post(alice, forum, "x", "x")
    sandbox.set_overwrite(forum, alice, allow=Permissions.SEND_MESSAGES)
    post = await sandbox.start_post(alice, forum, "x", "x")
    await bot.get_partial_messageable(post.id).send("SEND_MESSAGES does not count here")
    sandbox.set_overwrite(forum, guild.everyone, deny=Permissions.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(discord.Forbidden) as refused:
        await bot.get_partial_messageable(post.id).send("but this one does")
    assert refused.value.code == 50013


async def test_an_age_restricted_channel_is_so_with_its_threads_and_posts(
    forum: Channel, bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    thread = await sandbox.start_thread(alice, general, "sketches")
    post = await sandbox.start_post(alice, forum, "x", "x")
    for place, inside in ((general, thread), (forum, post)):
        for on in (True, False):
            sandbox.set_age_restricted(place, on=on)
            await sandbox.command(alice, inside, "/imagine", {"prompt": "x"})
            channel = (await bot.interactions.get()).channel
            assert isinstance(channel, discord.Thread)
            assert channel.is_nsfw() is on


async def test_post_counts_against_the_active_threads(
    forum: Channel, sandbox: DiscordSandbox, guild: Guild, alice: Member
) -> None:
    guild.max_active_threads = 1
    await sandbox.start_post(alice, forum, "x", "x")
    with pytest.raises(ClientRefusal, match="Maximum number of active threads"):
        await sandbox.start_post(alice, forum, "y", "y")


async def test_announcement_channel_has_news_threads(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, alice: Member
) -> None:
    news = sandbox.add_channel(guild, "news", kind=ChannelType.ANNOUNCEMENT)
    asked = await sandbox.command(alice, news, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    assert isinstance(got.channel, discord.TextChannel)
    assert got.channel.is_news()
    await got.response.send_message("head")
    assert asked.response is not None
    thread = await got.channel.get_partial_message(asked.response.id).create_thread(name="x")
    assert thread.type is discord.ChannelType.news_thread
    await thread.send("result")


async def test_voice_chat_takes_messages_and_no_threads(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, alice: Member
) -> None:
    voice = sandbox.add_channel(guild, "talk", kind=ChannelType.VOICE)
    await sandbox.command(alice, voice, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    assert isinstance(got.channel, discord.VoiceChannel)
    await got.response.send_message("head")
    sent = await got.channel.send("result")
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.start_thread_with_message(voice.id, sent.id, name="x", auto_archive_duration=60)
    assert (refused.value.status, refused.value.code) == (400, 50024)


async def test_people_start_threads(bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member) -> None:
    said = await sandbox.say(alice, general, "my cat")
    under = await sandbox.start_thread(alice, general, "cats", under=said)
    alone = await sandbox.start_thread(alice, general, "dogs")
    heard = [await bot.threads.get() for _ in range(2)]
    assert [each.id for each in heard] == [under.id, alone.id] == [said.id, alone.id]
    assert [message.type for message in general.messages.values()] == [
        MessageType.DEFAULT,
        MessageType.THREAD_CREATED,
    ]


async def test_people_start_threads_only_where_they_may(
    sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member
) -> None:
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.CREATE_PUBLIC_THREADS)
    with pytest.raises(ClientRefusal, match="may not start threads"):
        await sandbox.start_thread(alice, general, "cats")


@pytest.mark.parametrize(("archived", "status", "code"), [(True, 400, 50083), (False, 403, 160005)])
async def test_locked_thread_is_for_those_who_manage_threads(
    bot: Bot,
    sandbox: DiscordSandbox,
    guild: Guild,
    general: Channel,
    alice: Member,
    archived: bool,
    status: int,
    code: int,
) -> None:
    thread = await sandbox.start_thread(alice, general, "cats")
    if archived:
        sandbox.archive(thread, locked=True)
    else:
        sandbox.lock(thread)
    with pytest.raises(discord.HTTPException) as refused:
        await bot.get_partial_messageable(thread.id).send("result")
    assert (refused.value.status, refused.value.code) == (status, code)
    with pytest.raises(ClientRefusal, match="alice is refused: Thread is"):
        await sandbox.say(alice, thread, "hello")
    sandbox.set_overwrite(general, guild.members[sandbox.world.bot.id], allow=Permissions.MANAGE_THREADS)
    await bot.get_partial_messageable(thread.id).send("result")
    assert thread.thread is not None
    assert not thread.thread.archived


async def test_deleted_thread_is_gone_with_its_messages(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    thread = await sandbox.start_thread(alice, general, "cats")
    await bot.threads.get()
    sent = await bot.get_partial_messageable(thread.id).send("result", view=buttons())
    result = thread.messages[sent.id]
    gone = asyncio.ensure_future(bot.wait_for("raw_thread_delete", timeout=5))
    await asyncio.sleep(0)
    sandbox.delete_channel(thread)
    assert ((await gone).thread_id, (await gone).parent_id) == (thread.id, general.id)
    assert bot.get_channel(thread.id) is None
    for attempt in (sent.edit(content="x"), bot.get_partial_messageable(thread.id).send("x"), sent.fetch()):
        with pytest.raises(discord.NotFound) as refused:
            await attempt
        assert refused.value.code == 10003
    assert result.deleted
    with pytest.raises(ClientRefusal):
        await sandbox.click(alice, result, "Edit…")
    with pytest.raises(ClientRefusal):
        await sandbox.say(alice, thread, "hello?")
    with pytest.raises(ClientRefusal):
        await sandbox.command(alice, thread, "/imagine", {"prompt": "x"})


async def test_channel_goes_with_its_threads(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes
) -> None:
    asked = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    await got.response.send_message("head", file=discord.File(io.BytesIO(png), "cat.png"))
    (picture,) = (await got.original_response()).attachments
    thread = await sandbox.start_thread(alice, general, "cats")
    await bot.threads.get()
    gone = asyncio.ensure_future(bot.wait_for("guild_channel_delete", timeout=5))
    await asyncio.sleep(0)
    sandbox.delete_channel(general)
    assert (await gone).id == general.id
    assert bot.get_channel(thread.id) is None
    with pytest.raises(discord.NotFound) as refused:
        await bot.get_partial_messageable(thread.id).send("x")
    assert refused.value.code == 10003
    with pytest.raises(discord.NotFound) as refused:
        await got.edit_original_response(content="x")
    assert refused.value.code == 10008
    with pytest.raises(discord.NotFound) as refused:
        await got.followup.send("x")
    assert refused.value.code == 10003
    with pytest.raises(discord.NotFound):
        await picture.read()
    assert asked.response is None


async def test_answer_to_a_command_in_a_channel_that_went_meanwhile(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    sandbox.delete_channel(general)
    with pytest.raises(discord.NotFound) as refused:
        await got.response.defer(thinking=True)
    assert refused.value.code == 10003


async def test_who_has_left_is_mentioned_and_not_pinged(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member
) -> None:
    await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    await got.response.defer(thinking=True, ephemeral=True)
    sandbox.remove_member(alice)
    sent = await bot.get_partial_messageable(general.id).send(f"{alice.mention} done")
    assert [user.id for user in sent.mentions] == [alice.id]
    assert general.messages[sent.id].pinged == frozenset()
    await got.followup.send("only you", ephemeral=True)
    assert sandbox.visible(general, alice) == []
    with pytest.raises(discord.NotFound) as refused:
        await bot.get_guild(guild.id).fetch_member(alice.id)  # type: ignore[union-attr]  # the bot is in it
    assert refused.value.code == 10007
    for attempt in (
        sandbox.say(alice, general, "hello"),
        sandbox.command(alice, general, "/imagine", {"prompt": "x"}),
    ):
        with pytest.raises(ClientRefusal):
            await attempt


async def test_bot_writes_only_to_people_whom_it_shares_a_server_with(
    bot: Bot, sandbox: DiscordSandbox, alice: Member
) -> None:
    dm = sandbox.direct_messages(alice)
    await bot.get_partial_messageable(dm.id).send("hello")
    sandbox.remove_member(alice)
    with pytest.raises(discord.Forbidden) as refused:
        await bot.get_partial_messageable(dm.id).send("hello?")
    assert refused.value.code == 50278


async def test_direct_messages_of_somebody_without_a_server(bot: Bot, sandbox: DiscordSandbox) -> None:
    carol = sandbox.add_user("carol")
    dm = sandbox.direct_messages(carol)
    asked = await sandbox.command(carol, dm, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    assert isinstance(got.user, discord.User)
    await got.response.send_message("result", view=buttons())
    assert asked.response is not None
    pressed = await sandbox.click(carol, asked.response, "Edit…")
    click = await bot.interactions.get()
    assert (click.guild_id, click.user.id) == (None, carol.id)
    await click.response.send_message("which?", ephemeral=True)
    assert pressed.ephemeral
    said = await sandbox.say(carol, dm, "make it night", reply_to=asked.response)
    heard = next(m for m in [await bot.messages.get() for _ in range(2)] if m.author.id == carol.id)
    assert (heard.id, heard.content) == (said.id, "make it night")


async def test_direct_messages_are_for_two(bot: Bot, sandbox: DiscordSandbox, alice: Member, bob: Member) -> None:
    dm = sandbox.direct_messages(alice)
    await bot.get_partial_messageable(dm.id).send("hello")
    assert (len(sandbox.visible(dm, alice)), sandbox.visible(dm, bob)) == (1, [])
    with pytest.raises(ClientRefusal):
        await sandbox.say(bob, dm, "hello")
    with pytest.raises(ClientRefusal):
        await sandbox.command(bob, dm, "/imagine", {"prompt": "x"})
