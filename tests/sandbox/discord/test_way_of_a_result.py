import io

import discord
import pytest

from sandbox.discord import Channel, DiscordSandbox, InteractionState, Member, MessageType
from tests.sandbox.discord.clients import Bot
from tests.sandbox.discord.conftest import Connect


async def test_bot_connects_and_learns_its_guild(bot: Bot, sandbox: DiscordSandbox, general: Channel) -> None:
    assert bot.user is not None
    assert bot.user.id == sandbox.world.bot.id
    assert bot.application_id == sandbox.world.application.id
    assert [guild.name for guild in bot.guilds] == ["Sandbox"]
    seen = bot.guilds[0].get_channel(general.id)
    assert isinstance(seen, discord.TextChannel)
    assert seen.permissions_for(bot.guilds[0].me).create_public_threads
    assert bot.guilds[0].filesize_limit == 10 * 1024 * 1024


async def test_wrong_token_cannot_log_in(sandbox: DiscordSandbox) -> None:
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("another")
    assert [each.status for each in sandbox.requests] == [401]


async def test_synced_commands_can_be_read_back(bot: Bot, sandbox: DiscordSandbox) -> None:
    fetched = await bot.tree.fetch_commands()
    assert [command.name for command in fetched] == ["imagine", "spend"]
    again = await bot.tree.sync()
    assert [command.id for command in again] == [command.id for command in fetched]
    assert [command.name for command in sandbox.world.application.commands.values()] == ["imagine", "spend"]


async def test_command_arrives_with_all_that_it_tells(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox", "count": 3, "aspect": "16:9"})
    got = await bot.interactions.get()
    assert (got.id, got.token) == (sent.id, sent.token)
    assert isinstance(got.user, discord.Member)
    assert (got.user.id, got.user.name) == (alice.id, "alice")
    assert vars(got.namespace) == {"prompt": "a fox", "count": 3, "aspect": "16:9"}
    assert general.guild is not None
    assert (got.guild_id, got.channel_id) == (general.guild.id, general.id)
    assert got.filesize_limit == 10 * 1024 * 1024
    assert got.app_permissions.attach_files
    assert not got.app_permissions.manage_messages
    assert got.permissions.send_messages
    assert got.context.guild
    assert str(got.locale) == "en-US"


async def test_result_goes_the_whole_way(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes
) -> None:
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    states = [sent.state]
    got = await bot.interactions.get()
    deferred = await got.response.defer(thinking=True)
    states.append(sent.state)
    assert sent.response is not None
    assert sent.response.loading
    assert deferred is not None
    assert deferred.message_id == sent.response.id
    assert isinstance(got.channel, discord.TextChannel)
    head = got.channel.get_partial_message(sent.response.id)

    thread = await head.create_thread(name="a fox")
    assert thread.id == head.id
    assert (await bot.threads.get()).id == thread.id
    picture = discord.File(io.BytesIO(png), "fox.png", description="a fox in snow")
    result = await thread.send(f"{got.user.mention} done", file=picture, nonce=f"{got.id}-r")
    await got.edit_original_response(content="Done")

    states.append(sent.state)
    assert states == [InteractionState.PENDING, InteractionState.DEFERRED, InteractionState.ANSWERED]
    assert [message.content for message in sandbox.visible(general, alice)] == ["Done"]
    assert sent.response.type is MessageType.CHAT_INPUT_COMMAND
    kept = sandbox.world.channels[thread.id].messages[result.id]
    assert kept.pinged == {alice.id}
    assert sent.response.pinged == frozenset()
    assert [(a.content, a.description, a.size) for a in kept.attachments] == [(png, "a fox in snow", (6, 4))]
    assert await result.attachments[0].read() == png
    assert (result.attachments[0].width, result.attachments[0].content_type) == (6, "image/png")
    fetched = await got.channel.fetch_message(head.id)
    assert fetched.thread is not None
    assert (fetched.type, fetched.webhook_id) == (discord.MessageType.chat_input_command, bot.application_id)
    assert fetched.interaction_metadata is not None
    assert fetched.interaction_metadata.id == sent.id


async def test_bot_hears_of_messages_edits_and_deletions(bot: Bot, general: Channel) -> None:
    channel = bot.get_channel(general.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("one", nonce="1")
    heard = await bot.messages.get()
    assert (heard.id, heard.content, heard.nonce) == (message.id, "one", "1")
    assert heard.guild == channel.guild
    edited = await message.edit(content="two")
    assert edited.content == "two"
    assert edited.edited_at is not None
    assert (await bot.edits.get()).message.content == "two"
    await message.delete()
    assert (await bot.deletions.get()).message_id == message.id
    assert general.messages == {}


async def test_restarted_bot_edits_by_message_id(
    connect: Connect, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    first = await connect()
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    await (await first.interactions.get()).response.defer()
    await first.end()
    second = await connect(sync=False)
    assert sent.response is not None
    channel = second.get_channel(general.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.get_partial_message(sent.response.id).edit(content="Still here")
    assert (sent.response.content, sent.response.loading) == ("Still here", False)


async def test_dm_goes_the_whole_way(bot: Bot, sandbox: DiscordSandbox, alice: Member) -> None:
    dm = sandbox.direct_messages(alice)
    sent = await sandbox.command(alice, dm, "/imagine", {"prompt": "a fox"})
    got = await bot.interactions.get()
    assert (got.guild_id, got.context.dm_channel, got.user.id) == (None, True, alice.id)
    await got.response.send_message("working")
    assert sent.response is not None
    assert [message.content for message in sandbox.visible(dm, alice)] == ["working"]
    said = await sandbox.say(alice, dm, "thank you")
    heard = [await bot.messages.get() for _ in range(2)][1]
    assert (heard.id, heard.content, heard.guild) == (said.id, "thank you", None)


async def test_bot_opens_a_dm(bot: Bot, sandbox: DiscordSandbox, alice: Member) -> None:
    channel = await bot.create_dm(discord.Object(alice.id))
    await channel.send("hello")
    assert [message.content for message in sandbox.visible(sandbox.direct_messages(alice), alice)] == ["hello"]
    alice.user.accepts_dms = False
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("hello?")
    assert refused.value.code == 50007
