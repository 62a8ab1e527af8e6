"""How late an event loop is, told by a beat within it.

Beats are planned on a grid that does not wait: a loop that stood still for 100 ms has missed all of that time's
beats, each by what was left of it. So the figures are those of events that come at any moment, and one long stall
is not one sample among thousands.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

EVERY: Final = 0.005
"""Seconds between two beats."""
WRITTEN_EVERY: Final = 1.0
"""Seconds after which what was seen is written down."""


@asynccontextmanager
async def watched(file: Path) -> AsyncIterator[None]:
    """Write down all beats of the running loop while the block runs."""
    beating = asyncio.create_task(_beat(file), name="beats")
    try:
        yield
    finally:
        beating.cancel()


class Beats:
    """A file of beats, read while it is written."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read = 0

    def new(self) -> list[float]:
        """Give by how many seconds those beats were late that were written since this was asked last."""
        if not self._file.exists():
            return []
        with self._file.open("rb") as opened:
            opened.seek(self._read)
            whole = opened.read().rpartition(b"\n")[0]
        self._read += len(whole) + bool(whole)
        return [float(beat.split()[1]) for beat in whole.splitlines()]


def read(file: Path, since: float, until: float) -> list[float]:
    """Read by how many seconds beats were late that were due between two moments of `time.perf_counter`."""
    beats = (map(float, each.split()) for each in file.read_text(encoding="ascii").splitlines())
    return [late for due, late in beats if since <= due < until]


async def _beat(file: Path) -> None:
    due = time.perf_counter() + EVERY
    beats: list[str] = []
    with file.open("w", encoding="ascii") as written:
        while True:
            await asyncio.sleep(due - time.perf_counter())
            while due <= (now := time.perf_counter()):
                beats.append(f"{due:.6f} {now - due:.6f}\n")
                due += EVERY
            if len(beats) * EVERY >= WRITTEN_EVERY:
                written.writelines(beats)
                written.flush()
                beats.clear()
