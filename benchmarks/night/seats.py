"""Where a supervisor keeps a process of the bot: one that has ended is started again."""

import asyncio
from pathlib import Path
from typing import Final

from benchmarks.lateness import Beats
from benchmarks.processes import Program
from benchmarks.stage import Contestant

_STARTED_AGAIN: Final = 3.0
"""Seconds after the end of a process."""


class Seat:
    """One shard's place, whichever process serves it."""

    def __init__(self, bot: Contestant, shard: int) -> None:
        self._bot = bot
        self._shard = shard
        self._lives = 0
        self._beats: Beats | None = None
        self._program: Program | None = None

    @property
    def program(self) -> Program | None:
        """The process that is there; None where it has ended and the next one has not begun."""
        return self._program if self._program is not None and self._program.alive else None

    async def keep(self) -> None:
        """Keep a process running, for ever."""
        while True:
            self._lives += 1
            beats = Path(self._bot.folder, f"beats-{self._shard}-{self._lives}.txt")
            self._program = await self._bot.begin(DISCORD_SHARD_IDS=str(self._shard), BEATS=str(beats))
            self._beats = Beats(beats)
            await self._program.ended()
            await asyncio.sleep(_STARTED_AGAIN)

    async def kill(self) -> None:
        """End the process where it stands."""
        if self._program is not None:
            await self._program.kill()

    def late(self) -> list[float]:
        """Give by how many seconds the loop's beats were late since this was asked last."""
        return self._beats.new() if self._beats is not None else []
