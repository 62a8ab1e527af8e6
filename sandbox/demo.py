"""The demo: the production bot on a stage of localhost, with its own database and ports."""

import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.app import opened
from bot.settings import load
from sandbox.playing import play_lines
from sandbox.spark.latency import Latency
from sandbox.stage import Stage
from spark.clock import SystemClock

_PATIENCE = 300.0


async def play(lines: Sequence[str], out: Path, print_line: Callable[[str], None]) -> None:
    """Play lines to the bot as a member; raises `StageError` where nothing comes of one."""
    clock = SystemClock()
    rng = random.Random()
    with tempfile.TemporaryDirectory(prefix="spark-bot-demo-") as folder:
        async with Stage(clock, rng, latency=Latency(mean=3.0), patience=_PATIENCE) as stage:
            database = f"sqlite:///{folder}/demo.db"
            settings = load(None, {**stage.environment, "DATABASE_URL": database, "WEB_PORT": "0"})
            async with opened(settings, clock, rng):
                await play_lines(stage, lines, out, print_line)
