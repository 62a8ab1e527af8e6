from typing import Any

import aiohttp
import discord
import pytest

from sandbox.discord import Channel, ClientRefusal, DiscordSandbox, Guild, Member, Permissions
from tests.sandbox.discord.clients import Bot


@pytest.fixture
def channel(bot: Bot, guild: Guild, general: Channel) -> discord.TextChannel:
    guild.automod_words = {"gore", "two words", "begin*", "*end", "*within*"}
    found = bot.get_channel(general.id)
    assert isinstance(found, discord.TextChannel)
    return found


def display(text: str) -> list[dict[str, Any]]:
    return [{"type": 17, "components": [{"type": 10, "content": text}]}]


@pytest.mark.parametrize(
    ("body", "passes"),
    [
        ({"content": "a fox"}, True),
        ({"content": "gore"}, False),
        ({"content": "some GORE, please"}, False),
        ({"content": "gorefield"}, True),
        ({"content": "these two words"}, False),
        ({"content": "two other words"}, True),
        ({"content": "beginnings"}, False),
        ({"content": "abegin"}, True),
        ({"content": "unend"}, False),
        ({"content": "ending"}, True),
        ({"content": "notwithinit"}, False),
        ({"embeds": [{"title": "gore"}]}, False),
        ({"embeds": [{"description": "gore"}]}, False),
        ({"embeds": [{"footer": {"text": "gore"}}]}, False),
        ({"embeds": [{"author": {"name": "gore"}}]}, False),
        ({"embeds": [{"fields": [{"name": "x", "value": "gore"}]}]}, False),
        ({"embeds": [{"fields": [{"name": "x", "value": "y"}]}]}, True),
        ({"flags": 1 << 15, "components": display("gore")}, False),
        ({"flags": 1 << 15, "components": display("a fox")}, True),
    ],
)
@pytest.mark.usefixtures("channel")
async def test_blocked_words_in_a_message(
    api: aiohttp.ClientSession, general: Channel, body: dict[str, Any], passes: bool
) -> None:
    reply = await api.post(f"channels/{general.id}/messages", json=body)
    assert reply.status == (200 if passes else 400)
    assert len(general.messages) == passes
    if not passes:
        message = "Message was blocked by automatic moderation"
        assert await reply.json() == {"message": message, "code": 200000}


async def test_blocked_words_in_an_edit_and_in_the_answers_to_a_command(
    channel: discord.TextChannel, bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    sent = await channel.send("a fox")
    await sandbox.command(alice, general, "/imagine", {"prompt": "x"})
    got = await bot.interactions.get()
    for attempt in (sent.edit(content="gore"), got.response.send_message("gore")):
        with pytest.raises(discord.HTTPException) as refused:
            await attempt
        assert (refused.value.status, refused.value.code) == (400, 200000)
    await got.response.defer(thinking=True)
    for late in (got.edit_original_response(content="gore"), got.followup.send("gore")):
        with pytest.raises(discord.HTTPException) as refused:
            await late
        assert refused.value.code == 200000
    await got.edit_original_response(content="without the words")


async def test_blocked_words_in_a_threads_name(channel: discord.TextChannel) -> None:
    message = await channel.send("a fox")
    for attempt in (
        message.create_thread(name="gore"),
        channel.create_thread(name="gore", type=discord.ChannelType.public_thread),
    ):
        with pytest.raises(discord.HTTPException) as refused:
            await attempt
        assert (refused.value.status, refused.value.code) == (400, 200001)
    await message.create_thread(name="a fox")


async def test_moderation_leaves_moderators_and_direct_messages_alone(
    channel: discord.TextChannel, bot: Bot, sandbox: DiscordSandbox, guild: Guild, alice: Member
) -> None:
    await bot.get_partial_messageable(sandbox.direct_messages(alice).id).send("gore")
    with pytest.raises(ClientRefusal, match="blocked by automatic moderation"):
        await sandbox.say(alice, sandbox.world.channels[channel.id], "gore")
    guild.members[sandbox.world.bot.id].roles[0].permissions = Permissions.MANAGE_GUILD
    await channel.send("gore")


async def test_the_rules_are_shown_to_whoever_manages_the_server(
    channel: discord.TextChannel, sandbox: DiscordSandbox, guild: Guild
) -> None:
    with pytest.raises(discord.Forbidden) as refused:
        await channel.guild.fetch_automod_rules()
    assert refused.value.code == 50013
    guild.members[sandbox.world.bot.id].roles[0].permissions = Permissions.MANAGE_GUILD
    [rule] = await channel.guild.fetch_automod_rules()
    assert (rule.enabled, rule.trigger.keyword_filter) == (True, sorted(guild.automod_words))
    assert [action.type for action in rule.actions] == [discord.AutoModRuleActionType.block_message]
    guild.automod_words.clear()
    assert await channel.guild.fetch_automod_rules() == []
