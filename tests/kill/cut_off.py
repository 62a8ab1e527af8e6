"""`spark-bot backup` and `restore` in a process of their own that is killed at its n-th step on the disk."""

import asyncio
import os
import resource
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final

from bot.operator.backup import backup
from bot.operator.restore import restore
from bot.settings import Settings, load
from spark.clock import SystemClock
from tests.kill.processes import FORKS

_STEPS: Final = frozenset(
    {"open", "os.chmod", "os.link", "os.remove", "os.rename", "os.truncate", "shutil.copyfile", "sqlite3.connect"}
)
"""What Python tells of, before it is done."""


def back_up(folder: Path) -> None:
    """Back the database of a folder up."""
    asyncio.run(backup(_settings(folder), folder / "backup.db", SystemClock()))


def put_back(folder: Path) -> None:
    """Restore an old backup of a folder's database."""
    asyncio.run(restore(_settings(folder), folder / "old.db", SystemClock(), lambda _: None))


def cut_off(number: int, folder: Path, work: Callable[[Path], None]) -> bool:
    """Have work done in a folder, and kill it before its n-th step there; False where it has fewer."""
    code = _ended(_work, number, folder, work)
    assert code in {0, -signal.SIGKILL}
    return code != 0


def cut_off_amid_a_file(most: int, folder: Path, work: Callable[[Path], None]) -> None:
    """Have work done in a folder, and killed once it writes a file with more bytes."""
    assert _ended(_work_on_small_files, most, folder, work) == -signal.SIGXFSZ


def _ended(target: Callable[..., None], *args: object) -> int | None:
    process = FORKS.Process(target=target, args=args, daemon=True)
    process.start()
    process.join(60)
    return process.exitcode


def _settings(folder: Path) -> Settings:
    return load(None, {"DATABASE_URL": f"sqlite:///{folder}/bot.db"})


def _work(number: int, folder: Path, work: Callable[[Path], None]) -> None:
    steps = count(1)

    def look(event: str, args: tuple[object, ...]) -> None:
        if event in _STEPS and str(folder) in str(args[0]) and next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    work(folder)


def _work_on_small_files(most: int, folder: Path, work: Callable[[Path], None]) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    work(folder)
