"""The bot as a process of its own: started, killed, told to end, listened to."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final, Self
from unittest import mock

from spark.clock import SystemClock
from tests.kill.apart import Host
from tests.kill.waiting import PATIENCE, eventually
from tests.kill.workers import forked

FORKS: Final = multiprocessing.get_context("forkserver")
# a process that has imported the bot is forked for each life: importing takes longer than most lives
FORKS.set_forkserver_preload(["tests.kill.preloaded"])
_SIGNALS: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a process works under that no setting tells; the usual ones where nothing is said."""

    lease: float | None = None
    """For how many seconds a worker's lease holds."""
    ahead: float = 0.0
    """By how many seconds its host's clock is ahead of the true time."""
    host: Host | None = None
    """Where it runs, if not in this network."""


USUAL: Final = Conditions()


class BotProcess:
    """One `spark-bot run`, with nothing in its environment but the settings given."""

    def __init__(self, process: ForkServerProcess, output: Path) -> None:
        self._process = process
        self._output = output

    @classmethod
    async def start(cls, settings: Mapping[str, str], output: Path, conditions: Conditions = USUAL) -> Self:
        """Start it in the folder of `output`, which takes all that it prints."""
        environment = {"PATH": os.environ["PATH"], **settings}
        ignored = frozenset(name for name in _SIGNALS if signal.getsignal(name) is signal.SIG_IGN)
        process = FORKS.Process(target=_live, args=(environment, output, ignored, conditions), daemon=True)
        await asyncio.to_thread(process.start)
        return cls(process, output)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.is_alive()

    @property
    def pid(self) -> int:
        """Its number, as the system has it."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def printed(self) -> str:
        """All that it has printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace") if self._output.exists() else ""

    async def kill(self) -> None:
        """End it where it stands, and reap it; nothing of its own runs any more."""
        if self.alive:
            self._process.kill()
        await self._gone()

    def pause(self) -> None:
        """Have the system stop it where it stands, as a suspended machine or a starved one does."""
        os.kill(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on after a pause, of which it knows nothing."""
        os.kill(self.pid, signal.SIGCONT)

    def tell_to_end(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal that ends it in order."""
        os.kill(self.pid, by)

    async def ended(self, patience: float = PATIENCE) -> int:
        """Wait for its end and give its exit code."""
        await asyncio.wait_for(self._gone(), patience)
        assert self._process.exitcode is not None
        return self._process.exitcode

    async def prints(self, text: str) -> None:
        """Wait until it has printed `text`."""

        async def printed() -> str:
            return self.printed

        await eventually(printed, lambda so_far: text in so_far)

    async def _gone(self) -> None:
        gone, loop = asyncio.Event(), asyncio.get_running_loop()
        sentinel = os.dup(self._process.sentinel)  # one for each who waits
        loop.add_reader(sentinel, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(sentinel)
            os.close(sentinel)
        self._process.join()


def _live(
    environment: Mapping[str, str], output: Path, ignored: Container[signal.Signals], conditions: Conditions
) -> None:
    """Be the bot from here on, as a `spark-bot run` whose starter ignores some signals, as nohup does."""
    os.chdir(output.parent)  # where no config.toml is
    os.environ.clear()
    os.environ.update(environment)
    for name in _SIGNALS:
        signal.signal(name, signal.SIG_IGN if name in ignored else signal.SIG_DFL)
    if signal.SIGINT not in ignored:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # as Python itself begins
    with output.open("wb") as file, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    if conditions.host is not None:
        conditions.host.enter()
    with _under(conditions), forked():
        from bot.cli import main

        main(["run"])


@contextmanager
def _under(conditions: Conditions) -> Iterator[None]:
    from bot import cli
    from bot.jobs import fleet

    share = 1.0 if conditions.lease is None else conditions.lease / fleet._LEASE
    lengths = {name: getattr(fleet, name) for name in ("_LEASE", "_LEASE_MS", "_RENEWED_EVERY", "_MARGIN")}
    with (
        mock.patch.multiple(fleet, **{name: type(usual)(usual * share) for name, usual in lengths.items()}),
        mock.patch.object(cli, "SystemClock", partial(_ClockAhead, conditions.ahead)),
    ):
        yield


class _ClockAhead(SystemClock):
    """The machine's own time, wrong by some seconds."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def time(self) -> float:
        """Tell the wall clock, in seconds since the Unix epoch (UTC)."""
        return super().time() + self._seconds
