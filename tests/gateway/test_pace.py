import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.gateway.pace import Pace
from sandbox.clock import MovableClock


class Discord:
    """Counts what reaches it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._more = asyncio.Condition()

    async def answer(self, request: web.Request) -> web.Response:
        async with self._more:
            self.heard.append(request.path)
            self._more.notify_all()
        return web.Response()

    async def has_heard(self, count: int) -> None:
        async with self._more, asyncio.timeout(10):
            await self._more.wait_for(lambda: len(self.heard) >= count)


@pytest.fixture
def discord() -> Discord:
    return Discord()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def client(discord: Discord, clock: MovableClock) -> AsyncIterator[aiohttp.ClientSession]:
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", discord.answer)
    server = TestServer(application)
    await server.start_server()
    async with aiohttp.ClientSession(server.make_url("/"), trace_configs=[Pace(clock).trace]) as client:
        yield client
    await server.close()


async def test_fifty_requests_go_at_once_and_the_next_when_their_second_is_over(
    discord: Discord, clock: MovableClock, client: aiohttp.ClientSession
) -> None:
    asking = [asyncio.create_task(client.get("/api/v10/channels/1/messages")) for _ in range(70)]
    await discord.has_heard(50)
    await clock.sleeper()
    assert len(discord.heard) == 50
    await clock.advance(1.0)
    assert len(discord.heard) == 50
    await clock.advance(0.1)
    await asyncio.gather(*asking)
    assert len(discord.heard) == 70


@pytest.mark.parametrize("path", ["interactions/1/token/callback", "webhooks/1/token/messages/@original"])
async def test_what_is_asked_with_an_interactions_token_never_waits(
    discord: Discord, clock: MovableClock, client: aiohttp.ClientSession, path: str
) -> None:
    asking = [asyncio.create_task(client.get("/api/v10/channels/1/messages")) for _ in range(51)]
    await clock.sleeper()
    await asyncio.gather(*(client.post(f"/api/v10/{path}") for _ in range(60)))
    assert discord.heard.count(f"/api/v10/{path}") == 60
    await clock.advance(1.1)
    await asyncio.gather(*asking)
