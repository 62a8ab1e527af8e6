import asyncio

import discord
import pytest

from bot.gateway.discord_internals import Connections

LONG = 3600.0
USER = {"id": "7", "username": "spark", "discriminator": "0", "avatar": None}


class Known:
    """What discord.py knows of Discord, told by the events of a gateway."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.connections = Connections(
            dispatch=lambda event, *_: self.ready.set() if event == "ready" else None,
            handlers={},
            hooks={},
            http=None,
            intents=discord.Intents(guilds=True),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=LONG,
        )
        self.connections.shard_ids, self.connections.shard_count = [0], 1

    def begins(self, *servers: int) -> None:
        named = [{"id": str(server), "unavailable": True} for server in servers]
        self.connections.parse_ready({"user": USER, "guilds": named, "shard": [0, 1]})  # type: ignore[typeddict-item]

    def comes(self, server: int) -> None:
        self.connections.parse_guild_create({"id": str(server), "unavailable": False})


@pytest.fixture
def known() -> Known:
    return Known()


async def test_nobody_waits_once_each_server_has_come(known: Known) -> None:
    known.begins(1, 2)
    known.comes(1)
    known.comes(2)
    await known.ready.wait()


async def test_a_bot_on_no_server_waits_for_none(known: Known) -> None:
    known.begins()
    await known.ready.wait()


async def test_a_server_that_is_missing_is_waited_for(known: Known) -> None:
    known.begins(1, 2)
    known.comes(1)
    assert known.connections.guild_ready_timeout == LONG
    known.comes(2)
    known.begins(1, 2)  # a new session
    assert known.connections.guild_ready_timeout == LONG
