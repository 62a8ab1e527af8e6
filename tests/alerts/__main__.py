"""Each alert fired once by its real trouble, each query of the dashboard answered: `python -m tests.alerts`.

Debian's Prometheus (`apt-get install prometheus`) asks a bot before the sandbox. What was seen is printed, beside
the bot's log on standard error. Ends with 1 where an alert did not fire, or a query had no answer. Takes three
minutes.
"""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from unittest import mock

import click

import bot.app
from bot.logs import configure_logging
from bot.settings import LogSettings, load
from bot.store import Database
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.stage import Stage
from spark.clock import SystemClock
from tests.alerts.prometheus import Prometheus, free_port
from tests.alerts.troubles import TROUBLES, Scene
from tests.deployment import read

_PATIENCE: Final = 60.0
_LOOK: Final = 0.25
_SHARD_LEFT_OUT: Final = {"DISCORD_SHARD_COUNT": "2", "DISCORD_SHARD_IDS": "0"}


async def main() -> int:
    """Play everything; the exit code."""
    configure_logging(LogSettings(level="warning"))
    latency = Latency(mean=1.0)
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        async with (
            Stage(SystemClock(), random.Random(1), latency=latency, patience=_PATIENCE, paint=swatch) as stage,
            AsyncExitStack() as beside,
        ):
            async with _running(stage, folder, port, {}) as scene:
                prometheus = await beside.enter_async_context(Prometheus(folder, f"127.0.0.1:{port}"))
                told_true = await _fires(prometheus, None, scene)
                for alert in TROUBLES:
                    told_true &= await _fires(prometheus, alert, scene)
                told_true &= await _answers(prometheus)
            async with _running(stage, folder, port, _SHARD_LEFT_OUT):
                told_true &= await _comes_to(prometheus, {"ShardUnserved"}, "ShardUnserved", at_least=10)
    return 0 if told_true else 1


@asynccontextmanager
async def _running(stage: Stage, folder: Path, port: int, more: Mapping[str, str]) -> AsyncIterator[Scene]:
    file = folder / "bot.db"
    environment = {**stage.environment, "DATABASE_URL": f"sqlite:///{file}", "WEB_PORT": str(port), **more}
    databases: list[Database] = []

    def remembered(url: str, **hear: Any) -> Database:
        databases.append(Database(url, **hear))
        return databases[-1]

    async with AsyncExitStack() as resources:
        with mock.patch.object(bot.app, "Database", remembered):
            opened = bot.app.opened(load(None, environment), SystemClock(), random.Random(1))
            await resources.enter_async_context(opened)
        await stage.bot_ready()
        yield Scene(stage, databases[0], file)


async def _fires(prometheus: Prometheus, alert: str | None, scene: Scene) -> bool:
    """Bring an alert's trouble about, wait for it to fire and then to be over; without one, nothing may fire."""
    if alert is None:
        for prompt in ("a red fox", "a boat", "x" * 900):
            await scene.order(prompt)
        return await _comes_to(prometheus, set(), "nothing is wrong", at_least=15)
    async with TROUBLES[alert](scene) as again:
        fired = await _comes_to(prometheus, {alert}, alert, again)
    if alert == list(TROUBLES)[-1]:
        return fired
    return await _comes_to(prometheus, set(), f"{alert} is over") and fired


async def _comes_to(
    prometheus: Prometheus,
    wanted: set[str],
    told: str,
    again: Callable[[], Awaitable[object]] | None = None,
    *,
    at_least: float = 0.0,
) -> bool:
    """Wait until the `wanted` alerts fire and no others; tell after how long, and which others did meanwhile."""
    before, seen = await prometheus.firing(), set[str]()
    begun = time.monotonic()
    while (waited := time.monotonic() - begun) < _PATIENCE:
        firing = await prometheus.firing()
        seen |= firing
        if firing == wanted and waited >= at_least:
            others = ", ".join(sorted(seen - wanted - before)) or "no other"
            click.echo(f"{told:<28} {waited:5.1f} s" + f"   {others}" * bool(wanted))
            return True
        if again is not None:
            await again()
        await asyncio.sleep(_LOOK)
    click.echo(f"{told:<28} NOT SEEN   {', '.join(sorted(firing)) or 'none'} fires")
    return False


async def _answers(prometheus: Prometheus) -> bool:
    """Ask each query of the dashboard."""
    queries = [
        (panel["title"], target["expr"])
        for panel in read("grafana/spark-bot.json")["panels"]
        for target in panel["targets"]
    ]
    silent = [(title, query) for title, query in queries if not await prometheus.values(query)]
    for title, query in silent:
        click.echo(f"NO ANSWER  {title}: {query}")
    click.echo(f"{len(queries) - len(silent)} of {len(queries)} queries of the dashboard are answered")
    return not silent


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
