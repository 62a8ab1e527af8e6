import asyncio
import subprocess
import sys
import time
from collections.abc import Mapping

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from discord.http import Route
from prometheus_client import CollectorRegistry

from bot.gateway.answers import telling
from bot.metrics import DiscordMetrics, Metrics
from bot.metrics.process import Children, LoopLag
from sandbox.clock import MovableClock


async def test_discords_refusals_are_counted_for_ten_minutes(clock: MovableClock) -> None:
    discord = DiscordMetrics(CollectorRegistry(), clock)
    for status in (200, 401, 404, 403, 500):
        discord.answered(status)
    discord.answered(429, shared=True)
    assert discord.refused_lately() == 2
    await clock.advance(400)
    discord.answered(429)
    assert discord.refused_lately() == 3
    await clock.advance(200)
    assert discord.refused_lately() == 1
    await clock.advance(400)
    assert discord.refused_lately() == 0


async def test_what_discord_answers_is_heard_and_nobody_else(
    clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(request: web.Request) -> web.Response:
        status = int(request.match_info["status"])
        return web.Response(status=status, headers={"X-RateLimit-Scope": request.query.get("scope", "user")})

    async def tear(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    registry = CollectorRegistry()
    discord = DiscordMetrics(registry, clock)
    application = web.Application()
    application.add_routes([web.get("/api/torn", tear), web.post("/api/{status}", answer)])
    async with TestServer(application) as server, TestServer(application) as files:
        monkeypatch.setattr(Route, "BASE", str(server.make_url("/api")))
        async with aiohttp.ClientSession(middlewares=[telling(discord)]) as session:
            for path in ("/api/200", "/api/403", "/api/429", "/api/429?scope=shared"):
                await session.post(server.make_url(path))
            await session.post(files.make_url("/api/403"))
            with pytest.raises(aiohttp.ClientConnectionError):
                await session.get(server.make_url("/api/torn"))
    counted = {
        status: registry.get_sample_value("spark_bot_discord_requests_total", {"status": status})
        for status in ("200", "403", "429", "lost")
    }
    assert counted == {"200": 1, "403": 1, "429": 2, "lost": 2}  # aiohttp asks once more by itself
    assert discord.refused_lately() == 2


async def test_the_loop_is_as_late_as_it_was_held_up() -> None:
    registry = CollectorRegistry()
    looks = "spark_bot_event_loop_lag_seconds_count"
    with LoopLag(registry).watching():
        time.sleep(0.5)  # noqa: ASYNC251 - that is what it is to see
        while not registry.get_sample_value(looks):  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
    late = registry.get_sample_value("spark_bot_event_loop_lag_seconds_sum")
    assert late is not None
    assert late > 0.2


def test_children_are_counted_with_their_memory() -> None:
    def seen() -> Mapping[str, float]:
        return {family.name: family.samples[0].value for family in Children().collect()}

    if not seen():
        pytest.skip("this system does not tell of them")
    before = seen()["spark_bot_child_processes"]
    waits = (sys.executable, "-c", "print(flush=True); input()")
    with subprocess.Popen(waits, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:  # noqa: S603 - it stands here
        try:
            assert child.stdout is not None
            child.stdout.readline()
            assert seen()["spark_bot_child_processes"] == before + 1
            assert seen()["spark_bot_child_processes_resident_memory_bytes"] > 100_000
        finally:
            child.kill()
    assert seen()["spark_bot_child_processes"] == before


def test_two_bots_of_one_process_do_not_count_together(clock: MovableClock) -> None:
    one, other = Metrics(clock), Metrics(clock)
    one.jobs.accepted()
    assert b"spark_bot_jobs_accepted_total 1.0" in one.text()
    assert b"spark_bot_jobs_accepted_total 0.0" in other.text()
