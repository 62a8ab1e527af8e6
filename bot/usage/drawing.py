"""Draws charts in a process of its own, which is started when one is asked for and ends when none is for a while.

A process, since the library that draws takes some ninety megabytes and holds the interpreter while it works.
"""

import asyncio
import json
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Self

import structlog

from bot.usage.charts import Chart
from spark.clock import Clock
from spark.confinement import Allowance, command, environment

_log = structlog.get_logger()
_ROOT: Final = Path(__file__).parents[2]
_ALLOWANCE: Final = Allowance(memory=1_500_000_000, written=64_000_000)
_IDLE: Final = 60.0
"""Seconds without a chart after which the process ends."""
_SECONDS_MAX: Final = 20.0
"""How long a chart is waited for, with those before it and the start of the process."""


class NotDrawn(Exception):
    """A chart could not be drawn; the text says why, for the log."""


class Drawing:
    """Draws one chart after another; an async context manager."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._ending: asyncio.Task[None] | None = None
        self._folder: TemporaryDirectory[str] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._ending is not None:
            self._ending.cancel()
            await asyncio.gather(self._ending, return_exceptions=True)
        async with self._turn:
            await self._end()
        if self._folder is not None:
            await asyncio.to_thread(self._folder.cleanup)

    @property
    def running(self) -> bool:
        """Whether there is a process now."""
        return self._process is not None

    async def png(self, chart: Chart) -> bytes:
        """Draw a chart; raises `NotDrawn`."""
        try:
            async with asyncio.timeout(_SECONDS_MAX), self._turn:
                return await self._drawn(chart)
        except TimeoutError:
            raise NotDrawn(f"it took longer than {_SECONDS_MAX:.0f} s") from None

    async def _drawn(self, chart: Chart) -> bytes:
        if self._ending is not None:
            self._ending.cancel()
        process = self._process or await self._started()
        whole = False
        try:
            told, png = await _asked(process, chart)
            whole = True
        except (OSError, asyncio.IncompleteReadError, ValueError) as lost:
            raise NotDrawn(f"its process is gone: {lost!r}") from lost
        finally:
            if whole:
                self._ending = asyncio.create_task(self._end_when_idle())
            else:  # what it answers later would be taken for the next chart
                await asyncio.shield(self._killed())
        if "failed" in told:
            raise NotDrawn(str(told["failed"]))
        return png

    async def _started(self) -> Process:
        try:
            if self._folder is None:
                self._folder = await asyncio.to_thread(_folder)
            self._process = await asyncio.create_subprocess_exec(
                *command("bot.usage.chart_worker", _ROOT, _ALLOWANCE),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                # a list of fonts is written there, and found again by the next process, which may start no thread
                env={**environment(), "MPLCONFIGDIR": self._folder.name, "OPENBLAS_NUM_THREADS": "1"},
            )
        except OSError as error:
            raise NotDrawn(f"its process cannot be started: {error}") from error
        return self._process

    async def _end_when_idle(self) -> None:
        await self._clock.sleep(_IDLE)
        async with self._turn:
            await self._end()

    async def _end(self) -> None:
        """Let the process end by itself, as it does when nothing can come any more."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(5):
                    await self._process.wait()
            await self._killed()

    async def _killed(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="spark-bot-charts-", ignore_cleanup_errors=True)


async def _asked(process: Process, chart: Chart) -> tuple[Mapping[str, object], bytes]:
    if process.stdin is None or process.stdout is None:
        raise AssertionError("the process was started with pipes")
    process.stdin.write(json.dumps(asdict(chart)).encode() + b"\n")
    await process.stdin.drain()
    told: dict[str, object] = json.loads(await process.stdout.readline())
    return told, await process.stdout.readexactly(int(str(told.get("bytes", 0))))
