from sandbox.discord import ChannelType, Guild, Message, Overwrite, Permissions
from sandbox.discord.model.permissions import USUAL
from tests.e2e.harness import Harness

CLOSED = Overwrite(deny=Permissions.SEND_MESSAGES)


async def invited_anew(bot: Harness, guild: Guild) -> None:
    """Have the bot leave a server and be invited to it an hour later."""
    bot.discord.remove_bot(guild)
    await bot.clock.advance(3600)
    bot.discord.invite_bot(guild)
    await bot.logged("server.joined")


def greetings(bot: Harness) -> list[Message]:
    return [each for each in bot.posts() if each.content.startswith("**Hello!")]


async def test_a_server_that_the_bot_is_added_to_is_greeted_once_with_three_steps(bot: Harness) -> None:
    await invited_anew(bot, bot.guild)
    [greeting] = greetings(bot)
    assert greeting.channel is bot.general
    assert [line[:2] for line in greeting.content.splitlines()[1:]] == ["1.", "2.", "3."]
    assert all(command in greeting.content for command in ("/imagine", "/spend check", "/spend settings"))
    assert bot.pinged() == set()

    bot.discord.gateway.invalidate()  # everything is heard anew
    await bot.discord.wait_for(lambda: bot.discord.gateway.identified == 2)
    await bot.posted(await bot.imagine())
    assert greetings(bot) == [greeting]

    await invited_anew(bot, bot.guild)
    await bot.logged("server.joined", times=2)
    assert len(greetings(bot)) == 2


async def test_a_server_that_was_joined_long_ago_is_not_greeted_whatever_is_heard_of_it(bot: Harness) -> None:
    await bot.clock.advance(2 * 3600)
    guild = bot.app.client.get_guild(bot.guild.id)
    assert guild is not None
    bot.app.client.dispatch("guild_join", guild)
    await bot.rest()
    assert greetings(bot) == []


async def test_it_is_greeted_in_the_system_channel_where_the_bot_may_write_there(bot: Harness) -> None:
    lobby = bot.discord.add_channel(bot.guild, "lobby")
    bot.guild.system_channel_id = lobby.id
    await invited_anew(bot, bot.guild)
    [greeting] = greetings(bot)
    assert greeting.channel is lobby


async def test_else_in_the_first_text_channel_that_it_can_write_in(bot: Harness) -> None:
    everyone = bot.guild.id
    lobby = bot.discord.add_channel(bot.guild, "lobby", overwrites={everyone: CLOSED})
    bot.guild.system_channel_id = lobby.id
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=Permissions.VIEW_CHANNEL)
    bot.discord.add_channel(bot.guild, "forum", kind=ChannelType.FORUM)
    studio = bot.discord.add_channel(bot.guild, "studio")
    bot.discord.add_channel(bot.guild, "later")
    await invited_anew(bot, bot.guild)
    [greeting] = greetings(bot)
    assert greeting.channel is studio


async def test_where_it_may_write_nowhere_the_log_alone_tells(bot: Harness) -> None:
    bot.guild.everyone.permissions = USUAL & ~Permissions.SEND_MESSAGES
    await invited_anew(bot, bot.guild)
    assert greetings(bot) == []
    [told] = [each for each in bot.log if each["event"] == "server.joined"]
    assert told["reason"] == "there is no channel to write in"


async def test_a_server_that_is_not_to_use_it_is_not_greeted(harness: Harness) -> None:
    await harness.start(discord={"allowed_guilds": frozenset({1})})
    await harness.ready()
    await invited_anew(harness, harness.guild)
    assert greetings(harness) == []


async def test_what_discord_does_not_take_is_logged_and_nothing_more(bot: Harness) -> None:
    bot.guild.automod_words.add("hello")
    await invited_anew(bot, bot.guild)
    assert greetings(bot) == []
    [told] = [each for each in bot.log if each["event"] == "server.joined"]
    assert "200000" in told["reason"]
