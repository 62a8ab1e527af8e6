"""Previews of results: a few pictures as one small file, for people to see.

Made in a confined process, as everything that decodes a picture. Starting it costs more than most previews do, so
that one process makes them all, one after another, and ends when nobody has wanted one for a while. That is for
results alone: strangers' pictures get a process each (`workshop`).
"""

import asyncio
import contextlib
import json
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from spark.confinement import Allowance, command, environment
from spark.errors import ImageRefused

_ROOT: Final = Path(__file__).parents[2]
_ALLOWANCE: Final = Allowance(memory=1_500_000_000, written=0)
_PATIENCE: Final = 20.0
"""Seconds for one, with those before it."""
_IDLE: Final = 30.0
"""Seconds without any after which the process ends."""


class Previewer:
    """Makes previews, while it is entered with `async with`."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._worker: _Worker | None = None
        self._ending: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    async def preview(self, files: Sequence[bytes]) -> bytes:
        """Make one WebP of at most 80 kB that shows some pictures; raises `ImageRefused` where there is none."""
        try:
            async with asyncio.timeout(_PATIENCE), self._turn:
                return await self._made(files)
        except TimeoutError:
            raise ImageRefused("too_heavy", f"A preview takes longer than {_PATIENCE:.0f} s.") from None
        except (OSError, ValueError) as error:  # it has ended in the middle
            raise ImageRefused("broken", f"The worker for previews has ended: {error}") from error

    async def _made(self, files: Sequence[bytes]) -> bytes:
        if self._ending is not None:
            self._ending.cancel()
        if self._worker is None:
            self._worker = _Worker()
        try:
            # pipes of megabytes are nothing for the event loop
            told, made = await asyncio.to_thread(self._worker.exchange, files)
        except BaseException:
            self._end()  # which ends the thread too
            raise
        self._ending = asyncio.get_running_loop().call_later(_IDLE, self._end)
        if made is None:
            raise ImageRefused("broken", told)
        return made

    def _end(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


class _Worker:
    """One process, used by one thread at a time, and ended by another: in whatever order, none is left behind."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False

    def exchange(self, files: Sequence[bytes]) -> tuple[str, bytes | None]:
        """Hand pictures over and take what comes back: a preview, or why there is none."""
        process = self._running()
        asked, given = process.stdin, process.stdout
        if asked is None or given is None:
            raise AssertionError("the worker has pipes")
        asked.write(json.dumps([len(data) for data in files]).encode() + b"\n")
        for data in files:
            asked.write(data)
        asked.flush()
        told = json.loads(given.readline())
        return ("", given.read(told["bytes"])) if "bytes" in told else (told["refused"], None)

    def end(self) -> None:
        """End the process, and whoever waits for it."""
        with self._starting:
            self._over = True
            process = self._process
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what it was to be told is of no use any more
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._over:
                raise BrokenPipeError("it was ended before it began")
            if self._process is None:
                worker = command("spark.images.preview_worker", _ROOT, _ALLOWANCE)
                self._process = subprocess.Popen(  # noqa: S603 - a program of this package
                    worker,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment(),
                )
            return self._process
