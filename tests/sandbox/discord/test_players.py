import discord
import pytest

from sandbox.discord import (
    Channel,
    ChannelType,
    ClientRefusal,
    DiscordSandbox,
    Guild,
    Member,
    Permissions,
    Upload,
)
from tests.sandbox.discord.clients import LEAN, Bot
from tests.sandbox.discord.conftest import Connect


@pytest.mark.parametrize(
    ("name", "options", "why"),
    [
        ("/paint", {"prompt": "x"}, "there is no command /paint"),
        ("/imagine", {}, "prompt is required"),
        ("/imagine", {"prompt": "x", "size": 3}, "there is no option size"),
        ("/imagine", {"prompt": "x", "count": 5}, "count must be at most 4, not 5"),
        ("/imagine", {"prompt": "x", "count": 0}, "count must be at least 1, not 0"),
        ("/imagine", {"prompt": "x", "count": True}, "count takes no bool"),
        ("/imagine", {"prompt": "x", "strength": 1.5}, "strength must be at most 1, not 1.5"),
        ("/imagine", {"prompt": "x", "count": 3_000_000_000}, "count must be at most 4, not 3000000000"),
        ("/imagine", {"prompt": "x", "aspect": "2:1"}, "aspect has no choice '2:1'"),
        ("/imagine", {"prompt": 3}, "prompt takes no int"),
        ("/imagine", {"prompt": "x" * 6001}, "prompt must be at most 6000, not 6001"),
        ("/spend", {}, "there is no command /spend"),
        ("/spend user", {"member": 1}, "/spend is not offered to alice"),
    ],
)
@pytest.mark.usefixtures("bot")
async def test_client_refuses_what_the_real_one_does(
    sandbox: DiscordSandbox, general: Channel, alice: Member, name: str, options: dict[str, object], why: str
) -> None:
    with pytest.raises(ClientRefusal, match=f"^{why}$"):
        await sandbox.command(alice, general, name, options)  # type: ignore[arg-type]  # wrong on purpose


async def test_hand_made_interaction_goes_out_whatever_it_holds(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    await sandbox.command(alice, general, "/imagine", {"count": 99, "aspect": "2:1"}, strict=False)
    got = await bot.interactions.get()
    assert vars(got.namespace) == {"count": 99, "aspect": "2:1"}


async def test_moderator_names_a_member(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member
) -> None:
    moderators = sandbox.add_role(guild, "moderators", Permissions.MANAGE_GUILD)
    carol = sandbox.add_member(guild, "carol", roles=[moderators])
    await sandbox.command(carol, general, "/spend user", {"member": alice})
    got = await bot.interactions.get()
    assert got.command is not None
    assert got.command.qualified_name == "spend user"
    named = got.namespace.member
    assert isinstance(named, discord.Member)
    assert (named.id, named.name) == (alice.id, "alice")
    assert isinstance(got.user, discord.Member)
    assert got.user.guild_permissions.manage_guild


async def test_attached_file_arrives_and_can_be_read(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes
) -> None:
    await sandbox.command(alice, general, "/imagine", {"prompt": "x", "image": Upload(0, "my fox.png", png)})
    picture = (await bot.interactions.get()).namespace.image
    assert isinstance(picture, discord.Attachment)
    assert (picture.filename, picture.size, picture.ephemeral) == ("my_fox.png", len(png), True)
    assert await picture.read() == png


@pytest.mark.parametrize("button", ["Gone", "gone", "Page", "Nothing"])
async def test_button_that_cannot_be_pressed(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, button: str
) -> None:
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Gone", custom_id="gone", disabled=True))
    view.add_item(discord.ui.Button(label="Page", url="https://example.com"))
    await bot.get_partial_messageable(general.id).send("result", view=view)
    with pytest.raises(ClientRefusal):
        await sandbox.click(alice, sandbox.visible(general, alice)[0], button)


async def test_nobody_presses_a_button_that_they_do_not_see(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member
) -> None:
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Go", custom_id="go"))
    await (await bot.interactions.get()).response.send_message("x", view=view, ephemeral=True)
    assert sent.response is not None
    await sandbox.click(alice, sent.response, "Go")
    with pytest.raises(ClientRefusal, match="bob does not see"):
        await sandbox.click(bob, sent.response, "Go")


async def test_channel_is_hidden_from_those_who_may_not_see_it(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member, bob: Member
) -> None:
    await bot.get_partial_messageable(general.id).send("hello")
    sandbox.set_overwrite(general, bob, deny=Permissions.VIEW_CHANNEL)
    assert len(sandbox.visible(general, alice)) == 1
    assert sandbox.visible(general, bob) == []
    sandbox.set_overwrite(general, guild.everyone, deny=Permissions.SEND_MESSAGES)
    with pytest.raises(ClientRefusal):
        await sandbox.say(alice, general, "hello")


@pytest.mark.parametrize(
    ("reply", "ping", "text", "read"),
    [
        ("", True, "make it night", ""),
        ("", True, "<@{bot}> make it night", "<@{bot}> make it night"),
        ("ordinary", True, "make it night", "make it night"),
        ("ordinary", False, "make it night", ""),
        ("response", True, "make it night", ""),
        ("response", True, "<@{bot}> make it night", "<@{bot}> make it night"),
    ],
)
async def test_text_reaches_the_bot_only_where_it_is_mentioned(
    bot: Bot,
    sandbox: DiscordSandbox,
    general: Channel,
    alice: Member,
    reply: str,
    ping: bool,
    text: str,
    read: str,
) -> None:
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    await (await bot.interactions.get()).response.send_message("response")
    await bot.get_partial_messageable(general.id).send("ordinary")
    answered = next((m for m in sandbox.visible(general, alice) if m.content == reply), None)
    bot_id = sandbox.world.bot.id
    said = await sandbox.say(alice, general, text.format(bot=bot_id), reply_to=answered, ping=ping)
    heard = [await bot.messages.get() for _ in range(3)][-1]
    assert (heard.id, heard.content) == (said.id, read.format(bot=bot_id))
    fetched = await bot.get_partial_messageable(general.id).fetch_message(said.id)
    assert fetched.content == read.format(bot=bot_id)
    assert sent.response is not None
    if answered is not None:
        assert heard.reference is not None
        assert isinstance(heard.reference.resolved, discord.Message)
        assert heard.reference.resolved.content == reply


async def test_privileged_intent_shows_everything(
    connect: Connect, sandbox: DiscordSandbox, general: Channel, alice: Member, png: bytes
) -> None:
    sandbox.world.application.message_content = True
    intents = discord.Intents(LEAN.value)
    intents.message_content = True
    bot = await connect(Bot(intents))
    await sandbox.say(alice, general, "look", files=[Upload(0, "a.png", png)])
    heard = await bot.messages.get()
    assert (heard.content, [each.filename for each in heard.attachments]) == ("look", ["a.png"])


async def test_members_come_and_channels_appear_while_the_bot_runs(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild
) -> None:
    voice = sandbox.add_channel(guild, "talk", kind=ChannelType.VOICE)
    second = sandbox.add_guild("Second")
    marker = sandbox.add_channel(second, "marker")
    await sandbox.say(sandbox.add_member(second, "dave"), marker, "now")
    await bot.messages.get()
    assert isinstance(bot.get_channel(voice.id), discord.VoiceChannel)
    assert bot.get_guild(second.id) is not None
