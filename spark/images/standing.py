"""Workers that stand by: a confined process that does one kind of thing again and again.

Starting a process costs more than most of what is done with a result, so that one process does it for all, one
after another, and ends when nobody has wanted anything for a while. That is for results alone: strangers' pictures
get a process each (`workshop`). The other side of it is `answering`.
"""

import asyncio
import contextlib
import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Final, Self

from spark.confinement import Allowance, command, environment
from spark.errors import ImageRefused

_ROOT: Final = Path(__file__).parents[2]
_PATIENCE: Final = 20.0
"""Seconds for one thing, with those before it."""
_IDLE: Final = 30.0
"""Seconds without any after which the process ends."""


class Standing:
    """Has its process do things, while it is entered with `async with`."""

    module: ClassVar[str]
    """The worker's module."""
    allowance: ClassVar[Allowance]

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

    async def _answered(self, asked: object, files: Sequence[bytes]) -> tuple[Mapping[str, Any], bytes]:
        """Have something done with some files; give what is told of it, and what was made.

        Raises `ImageRefused`.
        """
        try:
            async with asyncio.timeout(_PATIENCE), self._turn:
                return await self._made(asked, files)
        except TimeoutError:
            raise ImageRefused("too_heavy", f"{self.module} takes longer than {_PATIENCE:.0f} s.") from None
        except (OSError, ValueError) as error:  # it has ended in the middle
            raise ImageRefused("broken", f"{self.module} has ended: {error}") from error

    async def _made(self, asked: object, files: Sequence[bytes]) -> tuple[Mapping[str, Any], bytes]:
        if self._ending is not None:
            self._ending.cancel()
        if self._worker is None:
            self._worker = _Worker(command(self.module, _ROOT, self.allowance))
        try:
            # pipes of megabytes are nothing for the event loop
            told, made = await asyncio.to_thread(self._worker.exchange, asked, files)
        except BaseException:
            self._end()  # which ends the thread too
            raise
        self._ending = asyncio.get_running_loop().call_later(_IDLE, self._end)
        if "refused" in told:
            raise ImageRefused("broken", told["refused"])
        return told, made

    def _end(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()


class _Worker:
    """One process, used by one thread at a time, and ended by another: in whatever order, none is left behind."""

    def __init__(self, program: Sequence[str]) -> None:
        self._program = program
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._over = False

    def exchange(self, asked: object, files: Sequence[bytes]) -> tuple[Mapping[str, Any], bytes]:
        """Hand files over and take what comes back."""
        process = self._running()
        to, back = process.stdin, process.stdout
        if to is None or back is None:
            raise AssertionError("the worker has pipes")
        to.write(json.dumps([asked, [len(data) for data in files]]).encode() + b"\n")
        for data in files:
            to.write(data)
        to.flush()
        told, length = json.loads(back.readline())
        return told, back.read(length)

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
                self._process = subprocess.Popen(  # noqa: S603 - a program of this package
                    self._program,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    env=environment(),
                )
            return self._process
