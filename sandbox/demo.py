"""The demo: the production bot on a stage of localhost, with its own database and ports."""

import random
import re
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.app import opened
from bot.settings import load
from sandbox.spark.latency import Latency
from sandbox.stage import Scene, Stage, StageError
from sandbox.transcript import transcript
from spark.clock import SystemClock

_PATIENCE = 300.0
_SPEND = "/usage"


class DemoFailed(Exception):
    """The demo did not go as it should; the text says why."""


async def play(lines: Sequence[str], out: Path, print_line: Callable[[str], None]) -> None:
    """Play lines as a member in #general, each further one where the last result stands.

    Prints what the member sees, saves every picture into `out`, and ends with what it all cost. Raises
    `DemoFailed` where a line is refused or nothing comes of it.
    """
    clock = SystemClock()
    rng = random.Random()  # noqa: S311 - draws pictures and durations, nothing secret
    with tempfile.TemporaryDirectory(prefix="spark-bot-demo-") as folder:
        async with Stage(clock, rng, latency=Latency(mean=3.0), patience=_PATIENCE) as stage:
            environment = {
                **stage.environment,
                "DATABASE_URL": f"sqlite:///{folder}/demo.db",
                "WEB_PORT": "0",
            }
            async with opened(load(None, environment), clock, rng):
                try:
                    await _play(stage, lines, out, print_line)
                except StageError as error:
                    raise DemoFailed(str(error)) from None


async def _play(stage: Stage, lines: Sequence[str], out: Path, print_line: Callable[[str], None]) -> None:
    await stage.bot_ready()
    place = stage.general
    for number, line in enumerate(lines, start=1):
        scene = await stage.play(line, place)
        for text in transcript(scene, stage.discord, time.time()):
            print_line(text)
        for path in _save(scene, number, out):
            print_line(f"    saved: {path}")
        print_line("")
        place = scene.place
    spend = await stage.play(_SPEND, place)
    for text in transcript(spend, stage.discord, time.time()):
        print_line(text)
    print_line(f"\nSpark's bill: ${stage.spark.bill} for {len(stage.spark.tasks)} pictures.")


def _save(scene: Scene, number: int, out: Path) -> list[Path]:
    """Write a scene's pictures into `out`, named for their line and words."""
    files = [file for message in scene.messages for file in message.attachments]
    saved = []
    for part, file in enumerate(files, start=1):
        ending = file.filename.rsplit(".", 1)[-1]
        suffix = f"-{part}" if len(files) > 1 else ""
        path = out / f"{number}-{_slug(scene)}{suffix}.{ending}"
        out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        saved.append(path)
    return saved


def _slug(scene: Scene) -> str:
    """Name a file after the first words that the member gave, else after the command."""
    options = scene.interaction.data.get("options", [])
    words = next((option["value"] for option in options if isinstance(option.get("value"), str)), scene.line)
    return "-".join(re.findall(r"[a-z0-9]+", words.lower())[:6]) or "picture"
