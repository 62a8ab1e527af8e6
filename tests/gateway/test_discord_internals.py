from typing import Any

import discord

from bot.gateway.discord_internals import forget_limits_seldom, hear_no_bots
from sandbox.clock import MovableClock


def _said(**author: Any) -> dict[str, Any]:
    unset: dict[str, Any] = {
        "mentions": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "edited_timestamp": None,
    }
    who = {"id": "7", "username": "a", "discriminator": "0", "avatar": None, **author}
    flags = {"type": 0, "pinned": False, "mention_everyone": False, "tts": False}
    return {"id": "5", "channel_id": "6", "content": "hello", "author": who, **flags, **unset}


async def test_only_what_people_say_is_read() -> None:
    client = discord.Client(intents=discord.Intents.none())
    hear_no_bots(client)
    heard: list[tuple[object, ...]] = []
    client._connection.dispatch = lambda *event: heard.append(event)
    for author in ({"id": "8", "bot": True}, {"id": "7", "bot": False}, {"id": "9"}):
        client._connection.parsers["MESSAGE_CREATE"](_said(**author))
    assert [message.author.id for _, message in heard if isinstance(message, discord.Message)] == [7, 9]


async def test_limits_are_looked_through_at_intervals() -> None:
    client, clock = discord.Client(intents=discord.Intents.none()), MovableClock()
    await client._async_setup_hook()
    forget_limits_seldom(client, clock)

    def known(first: int) -> int:
        for channel in range(first, first + 300):
            client.http.get_ratelimit(f"{channel}")._last_request = -1000.0
        return len(client.http._buckets)

    assert [known(0), known(300)] == [300, 600]
    await clock.advance(60)
    assert known(600) == 300
