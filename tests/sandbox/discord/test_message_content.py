from typing import Any

import discord
import pytest

from sandbox.discord import Channel, ClientRefusal, DiscordSandbox, Guild, Member, Message, Upload
from tests.sandbox.discord.clients import LEAN, Bot, buttons, with_menus
from tests.sandbox.discord.conftest import Connect

PAGE = "https://example.com/cat.png"
ALL = (True, True, True)


@pytest.fixture(params=[False, True], ids=["without the intent", "with the intent"])
def privileged(request: pytest.FixtureRequest, sandbox: DiscordSandbox) -> bool:
    sandbox.world.application.message_content = request.param
    return bool(request.param)


@pytest.fixture
async def bot(connect: Connect, privileged: bool) -> Bot:
    intents = discord.Intents(LEAN.value)
    intents.message_content = privileged
    return await connect(with_menus(Bot(intents)))


@pytest.fixture
async def result(bot: Bot, general: Channel) -> Message:
    sent = await bot.get_partial_messageable(general.id).send("the bot's own", view=buttons())
    await bot.messages.get()
    return general.messages[sent.id]


def shown(message: discord.Message) -> tuple[bool, bool, bool]:
    return bool(message.content), bool(message.attachments), bool(message.embeds)


async def photo(
    sandbox: DiscordSandbox, member: Member, channel: Channel, text: str = "my cat", **more: Any
) -> Message:
    sandbox.add_page(PAGE, b"")
    return await sandbox.say(member, channel, f"{text} {PAGE}", files=[Upload(0, "cat.png", b"x")], **more)


async def as_the_bot_gets_it(bot: Bot, said: Message) -> discord.Message:
    """In the event's update (which brings the preview), in the history and refetched: the same each time."""
    channel = bot.get_partial_messageable(said.channel.id)
    told = (await bot.edits.get()).message
    fetched = await channel.fetch_message(said.id)
    (listed,) = [each async for each in channel.history() if each.id == said.id]
    assert shown(told) == shown(fetched) == shown(listed)
    return fetched


async def test_ordinary_message(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, privileged: bool
) -> None:
    got = await as_the_bot_gets_it(bot, await photo(sandbox, alice, general))
    assert shown(got) == (ALL if privileged else (False, False, False))


async def test_message_that_mentions_the_bot(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    text = f"{sandbox.world.bot.mention} paint"
    assert shown(await as_the_bot_gets_it(bot, await photo(sandbox, alice, general, text))) == ALL


async def test_message_that_mentions_a_role_of_the_bot(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member, privileged: bool
) -> None:
    role = guild.members[sandbox.world.bot.id].roles[0]
    role.mentionable = True
    got = await as_the_bot_gets_it(bot, await photo(sandbox, alice, general, role.mention))
    assert shown(got)[0] is privileged


async def test_direct_message(bot: Bot, sandbox: DiscordSandbox, alice: Member) -> None:
    dm = sandbox.direct_messages(alice)
    assert shown(await as_the_bot_gets_it(bot, await photo(sandbox, alice, dm))) == ALL


async def test_message_of_another_bot(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, privileged: bool
) -> None:
    other = sandbox.add_member(guild, "Gallery", bot=True)
    said = await sandbox.say(other, general, "", embeds=[{"image": {"url": PAGE}}])
    fetched = await bot.get_partial_messageable(general.id).fetch_message(said.id)
    assert bool(fetched.embeds) is privileged


async def test_own_components_are_always_there(bot: Bot, result: Message) -> None:
    fetched = await bot.get_partial_messageable(result.channel.id).fetch_message(result.id)
    assert fetched.content == "the bot's own"
    assert len(fetched.components) == 1


@pytest.mark.parametrize("ping", [True, False])
async def test_reply_to_the_bots_ordinary_message(
    bot: Bot,
    sandbox: DiscordSandbox,
    general: Channel,
    alice: Member,
    result: Message,
    privileged: bool,
    ping: bool,
) -> None:
    got = await as_the_bot_gets_it(bot, await photo(sandbox, alice, general, reply_to=result, ping=ping))
    assert shown(got) == (ALL if ping or privileged else (False, False, False))
    assert isinstance(got.reference and got.reference.resolved, discord.Message)
    assert got.reference.resolved.content == "the bot's own"  # type: ignore[union-attr]  # narrowed by the line above


@pytest.mark.parametrize("mentions", [True, False])
async def test_reply_to_the_bots_response(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, privileged: bool, mentions: bool
) -> None:
    asked = await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    await (await bot.interactions.get()).response.send_message("a response")
    assert asked.response is not None
    text = sandbox.world.bot.mention if mentions else ""
    got = await as_the_bot_gets_it(bot, await photo(sandbox, alice, general, text, reply_to=asked.response))
    assert shown(got) == (ALL if mentions or privileged else (False, False, False))
    assert got.reference is not None
    assert isinstance(got.reference.resolved, discord.Message)
    assert got.reference.resolved.content == "a response"


async def test_reply_with_a_mention_to_another_ones_image(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member, privileged: bool
) -> None:
    image = await photo(sandbox, bob, general)
    await bot.edits.get()
    said = await photo(sandbox, alice, general, f"{sandbox.world.bot.mention} make it night", reply_to=image)
    got = await as_the_bot_gets_it(bot, said)
    assert shown(got) == ALL
    assert got.reference is not None
    assert isinstance(got.reference.resolved, discord.Message)
    assert shown(got.reference.resolved) == (ALL if privileged else (False, False, False))
    refetched = await bot.get_partial_messageable(general.id).fetch_message(image.id)
    assert shown(refetched) == (ALL if privileged else (False, False, False))


async def test_click_brings_the_bots_message_and_what_that_answers_as_ever(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member, privileged: bool
) -> None:
    image = await photo(sandbox, bob, general)
    sent = (
        await bot.get_partial_messageable(general.id).get_partial_message(image.id).reply("a cat", view=buttons())
    )
    await sandbox.click(alice, general.messages[sent.id], "Edit…")
    pressed = (await bot.interactions.get()).message
    assert pressed is not None
    assert pressed.content == "a cat"
    assert pressed.reference is not None
    assert isinstance(pressed.reference.resolved, discord.Message)
    assert shown(pressed.reference.resolved) == (ALL if privileged else (False, False, False))


async def test_reply_to_a_message_that_is_gone(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, result: Message
) -> None:
    said = await sandbox.say(alice, general, "make it night", reply_to=result)
    sandbox.delete(result)
    fetched = await bot.get_partial_messageable(general.id).fetch_message(said.id)
    assert isinstance(fetched.reference and fetched.reference.resolved, discord.DeletedReferencedMessage)


async def test_forward_shows_its_snapshot_as_it_would_its_text(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member, privileged: bool
) -> None:
    image = await photo(sandbox, bob, general)
    forwarded = await sandbox.forward(alice, image, general)
    fetched = await bot.get_partial_messageable(general.id).fetch_message(forwarded.id)
    assert bool(fetched.message_snapshots) is privileged
    assert fetched.flags.forwarded
    await sandbox.menu(bob, forwarded, "Edit image")
    data: Any = (await bot.interactions.get()).data
    (snapshot,) = data["resolved"]["messages"][str(forwarded.id)]["message_snapshots"]
    assert snapshot["message"]["attachments"][0]["filename"] == "cat.png"
    inside = await sandbox.forward(alice, image, sandbox.direct_messages(alice))
    fetched = await bot.get_partial_messageable(inside.channel.id).fetch_message(inside.id)
    assert fetched.message_snapshots[0].attachments[0].filename == "cat.png"


async def test_people_send_no_embeds_and_forward_only_what_they_see(
    sandbox: DiscordSandbox, general: Channel, alice: Member, bob: Member
) -> None:
    with pytest.raises(ClientRefusal, match="people send no embeds"):
        await sandbox.say(alice, general, "", embeds=[{"title": "x"}])
    said = await sandbox.say(bob, sandbox.direct_messages(bob), "a secret")
    with pytest.raises(ClientRefusal, match="alice does not see"):
        await sandbox.forward(alice, said, general)
