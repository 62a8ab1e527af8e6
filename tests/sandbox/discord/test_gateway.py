import asyncio
import json
from typing import Any

import aiohttp
import discord
import pytest

from sandbox.discord import Channel, DiscordSandbox, Guild, Member, Permissions
from tests.sandbox.discord.clients import LEAN, Bot
from tests.sandbox.discord.conftest import Connect

OK = {"token": "sandbox-token", "intents": LEAN.value, "properties": {}}


async def test_torn_socket_is_resumed_and_the_missed_is_replayed(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    before = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    assert (await bot.interactions.get()).id == before.id
    sandbox.gateway.drop()
    missed = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    assert (await bot.interactions.get()).id == missed.id
    assert (sandbox.gateway.identified, sandbox.gateway.resumed) == (1, 1)
    following = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    assert (await bot.interactions.get()).id == following.id
    assert bot.interactions.empty()
    assert bot.resumes == 1


async def test_op_7_makes_the_bot_resume(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    sandbox.gateway.ask_to_reconnect()
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    assert (await bot.interactions.get()).id == sent.id
    await sandbox.wait_for(lambda: sandbox.gateway.resumed == 1)
    assert sandbox.gateway.identified == 1


async def test_op_9_makes_the_bot_identify_anew(
    bot: Bot, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    sandbox.gateway.invalidate()
    await sandbox.wait_for(lambda: sandbox.gateway.identified == 2)
    sent = await sandbox.command(alice, general, "/imagine", {"prompt": "a fox"})
    assert (await bot.interactions.get()).id == sent.id
    assert sandbox.gateway.resumed == 0


async def test_bot_that_says_goodbye_leaves_no_session(connect: Connect, sandbox: DiscordSandbox) -> None:
    bot = await connect()
    assert len(sandbox.gateway.connected) == 1
    gone = asyncio.create_task(sandbox.wait_for(lambda: not sandbox.gateway.connected))
    await asyncio.sleep(0)  # it waits before the bot goes
    await bot.end()
    await gone


async def test_wrong_token_closes_with_4004(sandbox: DiscordSandbox) -> None:
    assert await closed_after(sandbox, {"op": 2, "d": {**OK, "token": "another"}}) == 4004


@pytest.mark.parametrize(
    ("payloads", "code"),
    [
        (["nonsense"], 4002),
        ([{"d": 1}], 4002),
        ([{"op": 99}], 4001),
        ([{"op": 3, "d": {}}], 4003),
        ([{"op": 2, "d": OK}, {"op": 2, "d": OK}], 4005),
        ([{"op": 2, "d": {**OK, "shard": [2, 2]}}], 4010),
        ([{"op": 2, "d": {**OK, "intents": 1 << 30}}], 4013),
        ([{"op": 2, "d": {**OK, "intents": None}}], 4013),
        ([{"op": 2, "d": {**OK, "intents": 1 << 15}}], 4014),
        ([{"op": 2, "d": {**OK, "intents": 1 << 1}}], 4014),
    ],
)
async def test_close_codes(sandbox: DiscordSandbox, payloads: list[Any], code: int) -> None:
    assert await closed_after(sandbox, *payloads) == code


async def test_other_versions_and_encodings_are_refused(sandbox: DiscordSandbox) -> None:
    assert await closed_after(sandbox, query="v=9&encoding=json") == 4012
    assert await closed_after(sandbox, query="v=10&encoding=etf") == 4012


async def closed_after(sandbox: DiscordSandbox, *payloads: Any, query: str = "v=10&encoding=json") -> int:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{sandbox.gateway_url}?{query}") as socket:
        for payload in payloads:
            await socket.send_str(payload if isinstance(payload, str) else json.dumps(payload))
        while not socket.closed:
            await socket.receive(timeout=5)
        assert socket.close_code is not None
        return socket.close_code


async def test_privileged_intent_needs_to_be_switched_on(sandbox: DiscordSandbox) -> None:
    intents = discord.Intents(LEAN.value)
    intents.message_content = True
    bot = Bot(intents)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await bot.begin()
    await bot.close()
    assert sandbox.gateway.connected == []


@pytest.mark.parametrize(("code", "answer"), [(1000, "op 9"), (1001, "op 9"), (4000, "RESUMED")])
async def test_session_ends_with_a_goodbye_and_outlives_anything_else(
    sandbox: DiscordSandbox, code: int, answer: str
) -> None:
    url = f"{sandbox.gateway_url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as socket:
            await socket.send_json({"op": 2, "d": OK})
            await socket.receive_json()
            ready = (await socket.receive_json())["d"]
            await socket.close(code=code)
        await sandbox.wait_for(lambda: not sandbox.gateway.connected)
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["op"] == 10
            resume = {"token": "sandbox-token", "session_id": ready["session_id"], "seq": 1}
            await socket.send_json({"op": 6, "d": resume})
            reply = await socket.receive_json()
            assert (reply["t"] or f"op {reply['op']}") == answer


async def test_unknown_session_is_invalid(sandbox: DiscordSandbox) -> None:
    url = f"{sandbox.gateway_url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_json({"op": 6, "d": {"token": "sandbox-token", "session_id": "x", "seq": 1}})
        assert await socket.receive_json() == {"op": 9, "d": False, "s": None, "t": None}


async def test_heartbeat_is_acknowledged(sandbox: DiscordSandbox) -> None:
    url = f"{sandbox.gateway_url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        assert (await socket.receive_json())["d"]["heartbeat_interval"] == 41_250
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11


async def test_bot_is_resumed_where_ready_says(bot: Bot, sandbox: DiscordSandbox) -> None:
    assert str(bot.ws.gateway) == f"{sandbox.gateway_url}/resume"


async def test_intents_decide_what_is_heard(
    connect: Connect, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    bot = await connect(Bot(discord.Intents(guilds=True, dm_messages=True)))
    await sandbox.say(alice, general, "not heard")
    said = await sandbox.say(alice, sandbox.direct_messages(alice), "heard")
    assert (await bot.messages.get()).id == said.id


async def test_hidden_channel_is_not_heard(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel, alice: Member
) -> None:
    secret = sandbox.add_channel(guild, "secret")
    sandbox.set_overwrite(secret, guild.members[sandbox.world.bot.id], deny=Permissions.VIEW_CHANNEL)
    await sandbox.say(alice, secret, "not heard")
    said = await sandbox.say(alice, general, "heard")
    assert (await bot.messages.get()).id == said.id


async def test_each_shard_hears_its_guilds_and_the_first_one_dms(
    connect: Connect, sandbox: DiscordSandbox
) -> None:
    shards = [await connect(Bot(shard_id=n, shard_count=2), sync=False) for n in range(2)]
    for number, shard in enumerate(shards):
        guild = sandbox.add_guild(f"guild {number}", guild_id=(1000 + number) << 22)
        channel = sandbox.add_channel(guild)
        dave = sandbox.add_member(guild, "dave")
        said = await sandbox.say(dave, channel, "hello")
        assert (await shard.messages.get()).id == said.id
    direct = await sandbox.say(dave, sandbox.direct_messages(dave), "hello")
    assert (await shards[0].messages.get()).id == direct.id
    assert shards[1].messages.empty()
    assert [len(shard.guilds) for shard in shards] == [2, 1]


async def test_gateway_counts_its_sessions_down(bot: Bot, sandbox: DiscordSandbox) -> None:
    data = await bot.http.request(discord.http.Route("GET", "/gateway/bot"))
    assert data["url"] == sandbox.gateway_url
    assert data["session_start_limit"]["remaining"] == 999


async def test_a_guild_that_the_bot_is_added_to_is_told_from_one_that_comes_back(
    bot: Bot, sandbox: DiscordSandbox, guild: Guild, general: Channel
) -> None:
    sandbox.remove_bot(guild)
    left = await bot.lefts.get()
    assert list(bot.guilds) == []
    with pytest.raises(discord.HTTPException):
        await left.fetch_automod_rules()

    sandbox.invite_bot(guild, Permissions.MANAGE_GUILD)
    joined = await bot.joins.get()
    assert (joined.id, [each.id for each in joined.text_channels]) == (guild.id, [general.id])
    assert joined.me.guild_permissions.manage_guild

    sandbox.gateway.invalidate()
    await sandbox.wait_for(lambda: sandbox.gateway.identified == 2)
    await joined.fetch_automod_rules()
    assert bot.joins.empty()
