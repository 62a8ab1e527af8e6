"""Whether a test's process and all that it has started are at rest: nothing comes about until time goes on."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_WANTS_A_CORE = frozenset("RD")
"""States of Linux's: running, or waiting to; and waiting for a disk."""


def at_rest() -> bool:
    """Whether no other thread and no child wants a core; elsewhere than on Linux nobody can tell, so yes."""
    own = threading.get_native_id()
    return not any(state in _WANTS_A_CORE for thread, state in _threads(Path("/proc/self")) if thread != own)


def _threads(process: Path) -> Iterator[tuple[int, str]]:
    """Give the threads of a process and of its children, each with its state."""
    with suppress(OSError):  # it has ended meanwhile
        for thread in (process / "task").iterdir():
            yield int(thread.name), (thread / "stat").read_text().rpartition(")")[2].split()[0]
            for child in (thread / "children").read_text().split():
                yield from _threads(Path("/proc") / child)
