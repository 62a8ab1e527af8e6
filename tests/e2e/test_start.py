import asyncio
import time
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket

from bot.domain.shards import Shards
from bot.gateway.catalogue import commands
from bot.gateway.client import BotClient
from bot.gateway.refusals import DiscordRefuses
from bot.store import Database
from bot.store.commands import CommandStore
from sandbox.discord import Kind, Trouble
from tests.e2e.harness import Harness

COMMANDS = r"/applications/\d+/commands"


async def test_the_commands_are_registered_once(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    (registered,) = harness.discord.requests.matching("PUT", COMMANDS)
    names = [command["name"] for command in registered.body]
    assert names == [command.name for command in commands()]
    assert {"imagine", "edit", "stylize", "portrait", "usage"} <= set(names)
    await harness.logged("commands.registered")
    await harness.stop()

    await harness.start()
    await harness.ready()
    assert len(harness.discord.requests.matching("PUT", COMMANDS)) == 1
    await harness.posted(await harness.imagine())


HOUR = {"Retry-After": "3600"}
PAGE = {"Content-Type": "text/html"}
HINDRANCES = {
    "an hour's wait": (
        Trouble("PUT", COMMANDS, status=429, headers=HOUR, times=3),
        "takes the commands again in 1 h",
    ),
    "of the day": (Trouble("PUT", COMMANDS, status=429, code=30034, headers=HOUR, times=3), "again in 1 h"),
    "a ban": (Trouble("PUT", COMMANDS, status=429, body="<html>", headers=PAGE | HOUR, times=3), "again in 1 h"),
    "a bug": (Trouble("PUT", COMMANDS, status=400, code=50035, times=3), "report it with the incident"),
    "no scope": (Trouble("PUT", COMMANDS, status=403, code=50001, times=3), "applications.commands"),
    "trouble": (Trouble("PUT", COMMANDS, status=503, times=3), "Discord is in trouble"),
    "no answer": (Trouble("PUT", COMMANDS, Kind.RESET, times=6), "cannot be reached"),
    "no JSON": (Trouble("PUT", COMMANDS, status=200, body="", times=3), "Discord is in trouble"),
}


@pytest.mark.parametrize("which", HINDRANCES)
async def test_where_commands_cannot_be_registered_it_works_with_those_that_discord_has(
    harness: Harness, url: str, which: str
) -> None:
    scripted, remedy = HINDRANCES[which]
    await harness.start()
    await harness.ready()
    await _forget_what_was_registered(harness, url)
    hindrance = harness.discord.trouble.add(replace(scripted, reached=asyncio.Event()))
    await harness.start()
    await hindrance.reached.wait()
    await harness.ready()
    await harness.posted(await harness.imagine())
    await harness.logged("discord.not_registered")
    [begun] = harness.troubles()
    assert begun["trouble"] == "began"
    in_an_hour = "1 h" in remedy
    assert begun["next_try_in"] == ("1 h" if in_an_hour else "1 min")
    assert remedy in begun["remedy"]
    assert ("incident" in begun) is (which == "a bug")
    harness.log.remove(begun)

    await harness.logged("commands.registered", times=2, tick=600 if in_an_hour else 60)
    [ended] = harness.troubles()
    assert (ended["event"], ended["trouble"], ended["affected"]) == ("discord.not_registered", "ended", 3)
    assert ended["seconds"] == pytest.approx(3 * 3600 if "1 h" in remedy else 7 * 60, abs=240)


async def test_an_end_at_the_very_moment_of_the_connection_is_heard(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, stopping = DiscordWebSocket.from_client, asyncio.get_running_loop().create_future()

    async def told_to_end_then(*args: Any, **options: Any) -> DiscordWebSocket:
        connected = await connect(*args, **options)
        stopping.set_result(asyncio.create_task(harness.stop()))
        return connected

    monkeypatch.setattr(DiscordWebSocket, "from_client", told_to_end_then)
    await harness.start()
    await (await stopping)


async def test_a_registration_that_waits_does_not_hold_up_the_end(harness: Harness) -> None:
    hang = harness.discord.trouble.add(Trouble("PUT", COMMANDS, Kind.HANG))
    await harness.start()
    await hang.reached.wait()
    async with asyncio.timeout(5):
        await harness.stop()


async def test_the_pauses_between_registrations_grow_to_an_hour_and_no_further(harness: Harness) -> None:
    harness.discord.trouble.add(Trouble("PUT", COMMANDS, status=503, times=9))
    await harness.start()
    await harness.logged("commands.registered", tick=600)
    tries = [request.when for request in harness.discord.requests.matching("PUT", COMMANDS)]
    pauses = [60 * minutes for minutes in (1, 2, 4, 8, 16, 32, 60, 60, 60)]
    gaps = [after - before for before, after in pairwise(tries)]
    assert all(0 <= gap - pause <= 600 for gap, pause in zip(gaps, pauses, strict=True))
    assert len(harness.troubles()) == 2


async def _forget_what_was_registered(harness: Harness, url: str) -> None:
    """Stop the bot, and have its next start take the commands for new ones."""
    application = harness.app.client.application_id
    assert application is not None
    await harness.stop()
    database = Database(url)
    await database.open()
    await CommandStore(database).record(application, "of another version", 0)
    await database.close()


async def test_a_start_waits_for_discord(harness: Harness) -> None:
    away = harness.discord.trouble.add(Trouble("GET", "/users/@me", status=503, times=3))
    starting = asyncio.create_task(harness.start())
    await harness.until(starting.done, tick=1)
    await starting
    await harness.ready()
    assert away.times == 0
    [begun, ended] = harness.troubles()
    assert (begun["event"], begun["trouble"]) == ("discord.away", "began")
    assert (ended["event"], ended["trouble"], ended["affected"]) == ("discord.away", "ended", 3)
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


@pytest.mark.parametrize(
    ("chosen", "served"),
    [
        ({}, Shards(3, (0, 1, 2))),  # as many as Discord advises
        ({"shard_count": 2}, Shards(2, (0, 1))),
        ({"shard_count": 4, "shard_ids": (3, 1)}, Shards(4, (1, 3))),
    ],
)
async def test_the_shards_that_it_serves_are_written_down(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, Any], served: Shards
) -> None:
    monkeypatch.setattr(BotClient, "before_identify_hook", _no_pause)
    limit = '{"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}'
    told = f'{{"url": "{harness.discord.gateway_url}", "shards": 3, "session_start_limit": {limit}}}'
    harness.discord.trouble.add(Trouble("GET", "/gateway/bot", status=200, body=told, times=99))
    await harness.start(discord=chosen)
    await harness.ready()
    await harness.rest()
    assert await harness.books.shards() == [served]


async def _no_pause(*_: object, **__: object) -> None:
    """Let the shards of a bot connect without the five real seconds between them."""


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
        "seed": (None, None, 1, 2**53 - 1),
    }
    assert [o.name for o in imagine.options] == ["prompt", "size", "count", "seed", "enhance", "spoiler"]
    assert [o.name for o in imagine.options if o.required] == ["prompt"]
    assert {o.name: [choice.value for choice in o.choices] for o in imagine.options if o.choices} == {
        "enhance": ["auto", "on", "off"],
    }


@pytest.mark.parametrize("name", ["edit", "stylize", "portrait"])
async def test_the_picker_of_files_offers_pictures_alone(bot: Harness, name: str) -> None:
    (command,) = [c for c in bot.discord.world.application.commands.values() if c.name == name]
    types = {option["name"]: option["file_types"] for option in command.raw["options"] if "file_types" in option}
    assert types == {"image": ["image", ".heic", ".heif"]}


async def test_an_answer_after_a_rest_goes_over_a_connection_that_is_there(
    bot: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.refused(await bot.command("/help"))
    await bot.rest()
    there = bot.discord.connections
    monkeypatch.setattr("aiohttp.connector.monotonic", lambda: time.monotonic() + 180)
    await bot.refused(await bot.command("/help"))
    assert bot.discord.connections <= there
