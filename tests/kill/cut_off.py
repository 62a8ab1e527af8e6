"""Work in a process of its own that is killed at its n-th step on the disk."""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final

from tests.kill.processes import FORKS

_STEPS: Final = frozenset(
    {"open", "os.chmod", "os.link", "os.remove", "os.rename", "os.truncate", "shutil.copyfile", "sqlite3.connect"}
)
"""What Python tells of, before it is done."""


def cut_off(number: int, folder: Path, work: Callable[[Path], None]) -> bool:
    """Have work done in a folder, and kill it before its n-th step there; False where it has fewer."""
    process = FORKS.Process(target=_work, args=(number, folder, work), daemon=True)
    process.start()
    process.join(60)
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _work(number: int, folder: Path, work: Callable[[Path], None]) -> None:
    steps = count(1)

    def look(event: str, args: tuple[object, ...]) -> None:
        if event in _STEPS and str(folder) in str(args[0]) and next(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    work(folder)
