import discord
import pytest

from sandbox.clock import MovableClock
from sandbox.discord import Channel, DiscordSandbox, Guild, Member, Permissions
from tests.sandbox.discord.clients import Bot


@pytest.fixture
def channel(bot: Bot, general: Channel) -> discord.TextChannel:
    found = bot.get_channel(general.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def test_message_has_one_thread(channel: discord.TextChannel) -> None:
    message = await channel.send("head")
    thread = await message.create_thread(name="a fox")
    assert thread.me is not None
    assert thread.parent == channel
    again = await channel.fetch_message(message.id)
    assert again.flags.has_thread
    assert again.thread is not None
    with pytest.raises(discord.HTTPException) as refused:
        await channel.get_partial_message(message.id).create_thread(name="another")
    assert (refused.value.status, refused.value.code) == (400, 160004)


async def test_thread_shows_what_it_began_with(channel: discord.TextChannel) -> None:
    message = await channel.send("head")
    thread = await message.create_thread(name="a fox")
    (starter,) = [each async for each in thread.history()]
    assert starter.type is discord.MessageType.thread_starter_message
    assert starter.reference is not None
    assert isinstance(starter.reference.resolved, discord.Message)
    assert starter.reference.resolved.content == "head"


@pytest.mark.parametrize(("name", "passes"), [("x", True), ("x" * 100, True), ("x" * 101, False), ("", False)])
async def test_thread_name_has_limits(channel: discord.TextChannel, name: str, passes: bool) -> None:
    message = await channel.send("head")
    if passes:
        assert (await message.create_thread(name=name)).name == name
        return
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name=name)
    assert refused.value.code == 50035


async def test_too_many_threads(channel: discord.TextChannel, sandbox: DiscordSandbox, guild: Guild) -> None:
    guild.max_active_threads = 1
    first = await (await channel.send("one")).create_thread(name="one")
    second = await channel.send("two")
    with pytest.raises(discord.HTTPException) as refused:
        await second.create_thread(name="two")
    assert refused.value.code == 160006
    sandbox.archive(sandbox.world.channels[first.id])
    await second.create_thread(name="two")


async def test_an_archived_thread_is_not_spoken_in_where_there_are_too_many_active_ones(
    channel: discord.TextChannel, sandbox: DiscordSandbox, guild: Guild
) -> None:
    guild.max_active_threads = 1
    first = await (await channel.send("one")).create_thread(name="one")
    sandbox.archive(sandbox.world.channels[first.id])
    second = await (await channel.send("two")).create_thread(name="two")
    with pytest.raises(discord.HTTPException) as refused:
        await first.send("one more")
    assert refused.value.code == 160006
    sandbox.archive(sandbox.world.channels[second.id])
    await first.send("one more")


async def test_idle_threads_make_room(channel: discord.TextChannel, guild: Guild, clock: MovableClock) -> None:
    guild.max_active_threads = 1
    await (await channel.send("one")).create_thread(name="one", auto_archive_duration=60)
    await clock.advance(60 * 60)
    await (await channel.send("two")).create_thread(name="two")


async def test_thread_has_permissions_of_its_own(
    channel: discord.TextChannel, sandbox: DiscordSandbox, general: Channel, guild: Guild
) -> None:
    message = await channel.send("head")
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.CREATE_PUBLIC_THREADS)
    with pytest.raises(discord.Forbidden) as refused:
        await message.create_thread(name="a fox")
    assert refused.value.code == 50013
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.SEND_MESSAGES)
    thread = await message.create_thread(name="a fox")
    await thread.send("the parent's SEND_MESSAGES does not count here")
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.SEND_MESSAGES_IN_THREADS)
    with pytest.raises(discord.Forbidden) as refused:
        await thread.send("but this one does")
    assert refused.value.code == 50013


async def test_archived_thread_opens_for_a_message_but_not_for_an_edit(
    channel: discord.TextChannel, sandbox: DiscordSandbox
) -> None:
    thread = await (await channel.send("head")).create_thread(name="a fox")
    result = await thread.send("result")
    inside = sandbox.world.channels[thread.id]
    assert inside.thread is not None
    sandbox.archive(inside)
    with pytest.raises(discord.HTTPException) as refused:
        await result.edit(content="changed")
    assert (refused.value.status, refused.value.code) == (400, 50083)
    await thread.send("again")
    assert not inside.thread.archived
    sandbox.archive(inside, locked=True)
    with pytest.raises(discord.HTTPException) as refused:
        await thread.send("once more")
    assert refused.value.code == 50083


async def test_idle_thread_is_archived_by_the_clock(
    channel: discord.TextChannel, sandbox: DiscordSandbox, clock: MovableClock
) -> None:
    head = await channel.send("head")
    thread = await head.create_thread(name="a fox", auto_archive_duration=60)
    result = await thread.send("result")
    await clock.advance(59 * 60)
    await result.edit(content="still open")
    await clock.advance(60)
    with pytest.raises(discord.HTTPException) as refused:
        await result.edit(content="too late")
    assert refused.value.code == 50083
    state = sandbox.world.channels[thread.id].thread
    assert state is not None
    assert state.archived


async def test_threads_hang_only_under_text_channels(bot: Bot, sandbox: DiscordSandbox, alice: Member) -> None:
    dm = sandbox.direct_messages(alice)
    said = await sandbox.say(alice, dm, "hello")
    with pytest.raises(discord.Forbidden) as refused:
        await bot.http.start_thread_with_message(dm.id, said.id, name="x", auto_archive_duration=60)
    assert refused.value.code == 50003


async def test_thread_inside_a_thread_is_refused(bot: Bot, channel: discord.TextChannel) -> None:
    thread = await (await channel.send("head")).create_thread(name="a fox")
    result = await thread.send("result")
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.start_thread_with_message(thread.id, result.id, name="x", auto_archive_duration=60)
    assert refused.value.code == 50024


async def test_thread_without_a_message(channel: discord.TextChannel, general: Channel) -> None:
    thread = await channel.create_thread(name="ideas", type=discord.ChannelType.public_thread)
    assert thread.id not in general.messages
    assert thread.parent == channel


async def test_who_is_in_a_thread(
    bot: Bot, channel: discord.TextChannel, sandbox: DiscordSandbox, alice: Member
) -> None:
    thread = await (await channel.send("head")).create_thread(name="a fox")
    await thread.add_user(discord.Object(alice.id))
    assert bot.user is not None
    assert {each.id for each in await thread.fetch_members()} == {bot.user.id, alice.id}
    await thread.leave()
    assert {each.id for each in await thread.fetch_members()} == {alice.id}
    await thread.join()
    sandbox.archive(sandbox.world.channels[thread.id])
    with pytest.raises(discord.HTTPException) as refused:
        await thread.add_user(discord.Object(alice.id))
    assert refused.value.code == 50083
