import asyncio

import discord
import pytest

from bot.commands.catalogue import commands
from bot.commands.client import DiscordRefuses
from sandbox.discord import Trouble
from tests.e2e.harness import Harness

COMMANDS = r"/applications/\d+/commands"


async def test_the_commands_are_registered_once(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    (registered,) = harness.discord.requests.matching("PUT", COMMANDS)
    names = [command["name"] for command in registered.body]
    assert names == [command.name for command in commands()]
    assert {"imagine", "edit", "stylize", "portrait", "usage"} <= set(names)
    await harness.stop()

    await harness.start()
    await harness.ready()
    assert len(harness.discord.requests.matching("PUT", COMMANDS)) == 1
    await harness.posted(await harness.imagine())


async def test_commands_that_could_not_be_registered_are_registered_by_the_next_start(harness: Harness) -> None:
    harness.discord.trouble.add(Trouble("PUT", COMMANDS, status=400, code=50035))
    with pytest.raises(discord.HTTPException):
        await harness.start()
    await harness.stop()
    await harness.start()
    await harness.ready()
    await harness.posted(await harness.imagine())


async def test_a_start_waits_for_discord(harness: Harness) -> None:
    away = harness.discord.trouble.add(Trouble("GET", "/users/@me", status=503, times=3))
    starting = asyncio.create_task(harness.start())
    await harness.until(starting.done, tick=1)
    await starting
    await harness.ready()
    assert away.times == 0
    await harness.posted(await harness.imagine())


@pytest.mark.parametrize("shard_count", [None, 1, 2])
async def test_the_gateways_address_in_the_settings_counts_with_any_number_of_shards(
    harness: Harness, shard_count: int | None
) -> None:
    """Discord's own word leads to where nobody listens."""
    limit = '{"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}'
    told = f'{{"url": "ws://127.0.0.1:9", "shards": 1, "session_start_limit": {limit}}}'
    harness.discord.trouble.add(Trouble("GET", "/gateway/bot", status=200, body=told, times=99))
    await harness.start(discord={"shard_count": shard_count, "shard_ids": None if shard_count is None else (0,)})
    await harness.ready()
    harness.discord.gateway.invalidate()
    await harness.discord.wait_for(lambda: harness.discord.gateway.identified == 2)


async def test_without_such_a_setting_the_gateway_is_where_discord_says(harness: Harness) -> None:
    await harness.start(discord={"gateway_url": None})
    await harness.ready()


async def test_a_wrong_token_ends_the_start(harness: Harness) -> None:
    harness.discord.world.application.token = "another"
    with pytest.raises(DiscordRefuses):
        await harness.start()
    assert len(harness.discord.requests.matching("GET", "/users/@me")) == 1


async def test_what_the_picker_offers(bot: Harness) -> None:
    (imagine,) = [c for c in bot.discord.world.application.commands.values() if c.name == "imagine"]
    limits = {o.name: (o.min_length, o.max_length, o.min_value, o.max_value) for o in imagine.options}
    assert {name: limits[name] for name in ("prompt", "count", "seed")} == {
        "prompt": (1, 800, None, None),
        "count": (None, None, 1, 4),
        "seed": (None, None, 1, 2**31 - 1),
    }
    assert [o.name for o in imagine.options if o.required] == ["prompt"]
    assert {o.name: [choice.value for choice in o.choices] for o in imagine.options if o.choices} == {
        "aspect": ["1:1", "4:3", "3:2", "16:9", "21:9", "3:4", "2:3", "9:16", "9:21"],
        "quality": ["standard", "hd"],
        "enhance": ["auto", "on", "off"],
    }
