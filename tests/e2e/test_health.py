"""What `/healthz` says of a bot that works, that cannot hear Discord, and that only seems to work."""

import asyncio
import sqlite3
from pathlib import Path

import aiohttp
import pytest

from sandbox.discord import Kind, Trouble
from tests.e2e.harness import Harness


@pytest.fixture
def bugs() -> None:
    """Let incidents be: something is broken here on purpose."""


async def _health(harness: Harness) -> tuple[int, object]:
    port = next(entry["port"] for entry in reversed(harness.log) if entry["event"] == "web.started")
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/healthz") as answer,
    ):
        return answer.status, await answer.json()


async def test_its_health_tells_of_discord_and_does_not_hang_on_it(harness: Harness) -> None:
    slow = harness.discord.trouble.add(Trouble("GET", "/gateway/bot", Kind.HANG))
    await harness.start()
    await slow.reached.wait()
    assert await _health(harness) == (200, {"ok": True, "database": True, "worker": True, "discord": False})
    slow.release()
    await harness.ready()
    assert await _health(harness) == (200, {"ok": True, "database": True, "worker": True, "discord": True})


async def test_a_round_that_keeps_failing_is_not_well(harness: Harness, sqlite_url: str) -> None:
    await harness.start()
    await harness.ready()
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    await asyncio.to_thread(_rename, database, "tasks", "lost")  # which may wait for the bot
    await harness.imagine()
    await harness.logged("worker.round_broke", tick=1)
    assert (await _health(harness))[0] == 200
    await harness.logged("worker.round_broke", times=2, tick=1)
    assert await _health(harness) == (503, {"ok": False, "database": True, "worker": False, "discord": True})
    assert not [entry for entry in harness.log if entry["event"] == "database.away"]

    await asyncio.to_thread(_rename, database, "lost", "tasks")
    await harness.posted(await harness.imagine(), tick=1)
    await harness.until(lambda: harness.app.worker.well or None, tick=1)
    assert (await _health(harness))[0] == 200


def _rename(database: Path, old: str, new: str) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA legacy_alter_table = ON")
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
    connection.close()
