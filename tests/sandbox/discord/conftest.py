"""The sandbox's Discord, heard with discord.py and with plain requests.

All that a test has sent is held against Discord's official description where that is at hand; the tests of the
description itself are skipped without it. Takes about half of `tests/sandbox/`'s time.
"""

import io
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import discord
import pytest
import yarl
from PIL import Image

from sandbox.clock import MovableClock
from sandbox.discord import Channel, DiscordSandbox, Guild, Member, Message
from tests.sandbox.discord.clients import Bot
from tests.sandbox.discord.contract import request_findings

NOT_DESCRIBED = frozenset({"/attachments/refresh-urls"})
Connect = Callable[..., Awaitable[Bot]]
Post = Callable[[discord.ui.View], Awaitable[Message]]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def sandbox(clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordSandbox]:
    async with DiscordSandbox(clock=clock) as sandbox:
        monkeypatch.setattr(discord.http.Route, "BASE", sandbox.api_url)
        gateway = yarl.URL(sandbox.gateway_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        yield sandbox
    taken = [each for each in sandbox.requests if each.status is not None and each.status < 400]
    findings = [(each, request_findings(each)) for each in taken if each.path not in NOT_DESCRIBED]
    assert [finding for finding in findings if finding[1]] == []


@pytest.fixture
def guild(sandbox: DiscordSandbox) -> Guild:
    return sandbox.add_guild()


@pytest.fixture
def general(sandbox: DiscordSandbox, guild: Guild) -> Channel:
    return sandbox.add_channel(guild)


@pytest.fixture
def alice(sandbox: DiscordSandbox, guild: Guild) -> Member:
    return sandbox.add_member(guild, "alice")


@pytest.fixture
def bob(sandbox: DiscordSandbox, guild: Guild) -> Member:
    return sandbox.add_member(guild, "bob")


@pytest.fixture
async def connect(sandbox: DiscordSandbox, general: Channel) -> AsyncIterator[Connect]:  # noqa: ARG001  - the guild must stand before anyone connects
    bots: list[Bot] = []

    async def connect(bot: Bot | None = None, *, sync: bool = True) -> Bot:
        bot = bot or Bot()
        bots.append(bot)
        await bot.begin()
        if sync:
            await bot.tree.sync()
        return bot

    yield connect
    for bot in bots:
        await bot.end()


@pytest.fixture
async def bot(connect: Connect) -> Bot:
    return await connect()


@pytest.fixture
async def api(sandbox: DiscordSandbox) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": "Bot sandbox-token"}
    async with aiohttp.ClientSession(f"{sandbox.api_url}/", headers=headers) as session:
        yield session


@pytest.fixture
def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (6, 4), "teal").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def post(bot: Bot, general: Channel) -> Post:
    async def post(view: discord.ui.View) -> Message:
        sent = await bot.get_partial_messageable(general.id).send("result", view=view)
        return general.messages[sent.id]

    return post
