"""The bot as a process of its own: started, killed, told to end, listened to."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import bot
from tests.kill.waiting import eventually, within_patience

_ROOT = Path(bot.__file__).parents[1]


class BotProcess:
    """One `python -m bot run`, with nothing in its environment but the settings given."""

    def __init__(self, process: asyncio.subprocess.Process, output: Path) -> None:
        self._process = process
        self._output = output

    @classmethod
    async def start(cls, settings: Mapping[str, str], output: Path) -> Self:
        """Start it in the folder of `output`, which takes all that it prints."""
        with output.open("wb") as file:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(_ROOT), **settings},
                cwd=output.parent,  # where no config.toml is
                stdin=asyncio.subprocess.DEVNULL,
                stdout=file,
                stderr=asyncio.subprocess.STDOUT,
            )
        return cls(process, output)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.returncode is None

    @property
    def printed(self) -> str:
        """All that it has printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    async def kill(self) -> None:
        """End it where it stands, and reap it; nothing of its own runs any more."""
        if self.alive:
            self._process.kill()
        await self._process.wait()

    def tell_to_end(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal that ends it in order."""
        self._process.send_signal(by)

    async def ended(self) -> int:
        """Wait for its end and give its exit code."""
        return await within_patience(self._process.wait())

    async def prints(self, text: str) -> None:
        """Wait until it has printed `text`."""

        async def printed() -> str:
            return self.printed

        await eventually(printed, lambda so_far: text in so_far)
