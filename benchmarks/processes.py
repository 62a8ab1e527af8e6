"""Programs in processes of their own, and what they cost; on Linux alone."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[1]
_TICK: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_PATIENCE: Final = 60.0
"""Seconds for a process to end in order."""


class Program:
    """One `python -m MODULE …` that runs."""

    def __init__(self, process: Process, output: Path) -> None:
        self._process = process
        self._output = output

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.returncode is None

    @property
    def pid(self) -> int:
        """Its number, by which the system knows it."""
        return self._process.pid

    @property
    def printed(self) -> str:
        """All that it has printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    def cpu(self) -> float:
        """Give the seconds of the processor that it has used, with its threads and the processes that it began."""
        return sum(ticks for _, ticks in _family(self._process.pid)) / _TICK

    def megabytes(self) -> float:
        """Give the memory that it holds itself."""
        return _resident(self._process.pid) * _PAGE / 2**20

    def family_megabytes(self) -> float:
        """Give the memory that it holds, with the processes that it began; 0 where it has just ended."""
        return sum(_resident(pid) for pid, _ in _family(self._process.pid)) * _PAGE / 2**20

    def descriptors(self) -> int:
        """Count the files and connections that it holds open; 0 where it has just ended."""
        try:
            return sum(1 for _ in Path(f"/proc/{self._process.pid}/fd").iterdir())
        except OSError:
            return 0

    async def ended(self) -> None:
        """Wait for its end."""
        await self._process.wait()

    async def kill(self) -> None:
        """End it where it stands."""
        if self.alive:
            self._process.kill()
        await self._process.wait()

    async def end(self) -> None:
        """End it in order, and all the same where it takes too long."""
        if self.alive:
            self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), _PATIENCE)
        except TimeoutError:
            await self.kill()


async def start(arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path) -> Program:
    """Start a program in a folder, where what it prints is kept, with nothing but `environment` in its own."""
    output = folder / f"{arguments[0]}.log"
    told = {"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT), **environment}
    with output.open("ab") as printed:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, cwd=folder, env=told, stdout=printed, stderr=printed
        )
    return Program(process, output)


@asynccontextmanager
async def running(
    arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path
) -> AsyncIterator[Program]:
    """Run a program while the block runs."""
    program = await start(arguments, environment, folder)
    try:
        yield program
    finally:
        await program.end()


def _resident(pid: int) -> int:
    """Give the pages of a process that lie in memory."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # it has ended meanwhile
        return 0


def _family(ancestor: int) -> list[tuple[int, int]]:
    """List a process and those that it began: their ids, and their ticks with those of the ended ones."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:  # it has ended meanwhile
                continue
            fields = stat.rpartition(")")[2].split()  # proc(5): from the third field on
            parents[int(folder.name)] = int(fields[1])
            ticks[int(folder.name)] = sum(map(int, fields[11:15]))
    family = {ancestor}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return [(pid, ticks[pid]) for pid in family if pid in ticks]
