"""Draws charts, each in a confined worker: Pillow brings decoders along, which the bot itself does not load."""

import asyncio
import json
from asyncio.subprocess import PIPE
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bot.usage.charts import Chart
from spark.confinement import Allowance, command, environment

_ROOT: Final = Path(__file__).parents[2]
_ALLOWANCE: Final = Allowance(memory=500_000_000, written=64_000_000, seconds=4)
_SECONDS_MAX: Final = 20.0
"""How long a chart is waited for, with those before it."""


class NotDrawn(Exception):
    """A chart could not be drawn; the text says why, for the log."""


class Drawing:
    """Draws one chart after another, so that many at once take no more than a core."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def png(self, chart: Chart) -> bytes:
        """Draw a chart; raises `NotDrawn`."""
        try:
            async with asyncio.timeout(_SECONDS_MAX), self._turn:
                return await _drawn(chart)
        except TimeoutError:
            raise NotDrawn(f"it took longer than {_SECONDS_MAX:.0f} s") from None
        except OSError as error:
            raise NotDrawn(f"its worker cannot be started: {error}") from error


async def _drawn(chart: Chart) -> bytes:
    worker = command("bot.usage.chart_worker", _ROOT, _ALLOWANCE)
    process = await asyncio.create_subprocess_exec(
        *worker, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment()
    )
    try:
        png, trouble = await process.communicate(json.dumps(asdict(chart)).encode())
    finally:
        if process.returncode is None:  # nobody waits for it any more
            process.kill()
            await process.communicate()
    if process.returncode:
        raise NotDrawn(f"its worker ended with {process.returncode}: {trouble.decode(errors='replace')[-1000:]}")
    return png
