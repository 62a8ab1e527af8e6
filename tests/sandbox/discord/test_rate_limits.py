import aiohttp
import discord
import pytest

from sandbox.clock import MovableClock
from sandbox.discord import Channel, DiscordSandbox, Member, Trouble
from sandbox.discord.rules.rate_limits import Limit, RateLimiter
from tests.sandbox.discord.clients import Bot


async def test_sixth_message_in_five_seconds_is_too_many(
    api: aiohttp.ClientSession, general: Channel, clock: MovableClock
) -> None:
    url = f"channels/{general.id}/messages"
    remaining = []
    for _ in range(5):
        reply = await api.post(url, json={"content": "x"})
        remaining.append(reply.headers["X-RateLimit-Remaining"])
    assert remaining == ["4", "3", "2", "1", "0"]
    assert reply.headers["X-RateLimit-Limit"] == "5"
    refused = await api.post(url, json={"content": "x"})
    body = await refused.json()
    assert refused.status == 429
    assert refused.headers["Via"]
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert 0 < body["retry_after"] <= int(refused.headers["Retry-After"]) <= 5
    assert body["global"] is False
    assert len(general.messages) == 5
    await clock.advance(5)
    assert (await api.post(url, json={"content": "x"})).status == 200


async def test_each_channel_has_a_bucket_of_its_own(
    api: aiohttp.ClientSession, sandbox: DiscordSandbox, general: Channel
) -> None:
    assert general.guild is not None
    other = sandbox.add_channel(general.guild, "other")
    replies = [
        await api.post(f"channels/{channel.id}/messages", json={"content": "x"})
        for channel in (general, other)
        for _ in range(5)
    ]
    assert {reply.status for reply in replies} == {200}
    assert len({reply.headers["X-RateLimit-Bucket"] for reply in replies}) == 1


async def test_whole_bot_has_fifty_requests_a_second(
    api: aiohttp.ClientSession, clock: MovableClock, sandbox: DiscordSandbox, general: Channel, alice: Member
) -> None:
    statuses = [(await api.get("users/@me")).status for _ in range(50)]
    refused = await api.get("users/@me")
    assert set(statuses) == {200}
    assert refused.status == 429
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert (await refused.json())["global"] is True
    interaction = await sandbox.command(alice, general, "/help", strict=False)
    url = f"interactions/{interaction.id}/{interaction.token}/callback"
    assert (await api.post(url, json={"type": 5})).status == 204
    webhook = f"webhooks/{sandbox.world.application.id}/{interaction.token}/messages/@original"
    assert (await api.patch(webhook, json={"content": "x"})).status == 200
    await clock.advance(1)
    assert (await api.get("users/@me")).status == 200


@pytest.mark.parametrize("passing", ["sandbox", "client"])
async def test_window_ends_with_whichever_clock_is_first(clock: MovableClock, passing: str) -> None:
    real_time = MovableClock()
    limiter = RateLimiter(clock, real_time, enforced=True)

    def admit() -> float | None:
        return limiter.admit("GET /x", "1", Limit(1, 5.0), counts_globally=False).retry_after

    assert (admit(), admit()) == (None, 5.0)
    moving = clock if passing == "sandbox" else real_time
    await moving.advance(4)
    assert admit() == 1.0
    await moving.advance(1)
    assert admit() is None


async def test_429_is_retried_by_discord_py(bot: Bot, sandbox: DiscordSandbox, general: Channel) -> None:
    trouble = Trouble("POST", r"/channels/\d+/messages", status=429, headers={"Retry-After": "0.01"})
    sandbox.trouble.add(trouble)
    await bot.get_partial_messageable(general.id).send("x")
    posts = sandbox.requests.matching("POST", r"/channels/\d+/messages")
    assert [each.status for each in posts] == [429, 200]
    assert len(general.messages) == 1


async def test_429_without_via_is_not_retried(bot: Bot, sandbox: DiscordSandbox, general: Channel) -> None:
    headers = {"Retry-After": "0.01", "Via": ""}
    sandbox.trouble.add(Trouble("POST", r"/channels/\d+/messages", status=429, headers=headers))
    with pytest.raises(discord.HTTPException) as refused:
        await bot.get_partial_messageable(general.id).send("x")
    assert refused.value.status == 429


async def test_limits_can_be_switched_off(clock: MovableClock) -> None:
    async with DiscordSandbox(clock=clock, rate_limits=False) as sandbox:
        channel = sandbox.add_channel(sandbox.add_guild())
        headers = {"Authorization": "Bot sandbox-token"}
        async with aiohttp.ClientSession(f"{sandbox.api_url}/", headers=headers) as session:
            for _ in range(60):
                reply = await session.post(f"channels/{channel.id}/messages", json={"content": "x"})
                assert (reply.status, reply.headers["X-RateLimit-Remaining"]) == (200, "4")


async def test_unauthorized_request_gets_401(api: aiohttp.ClientSession, sandbox: DiscordSandbox) -> None:
    reply = await api.get("users/@me", headers={"Authorization": "Bot another"})
    assert (reply.status, await reply.json()) == (401, {"message": "401: Unauthorized", "code": 0})
    assert [each.status for each in sandbox.requests] == [401]
