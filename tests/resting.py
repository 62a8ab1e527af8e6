"""Whether a test's process and all that it has started are at rest: nothing comes about until time goes on."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress

_WANTS_A_CORE = frozenset("RD")
"""States of Linux's: running, or waiting to; and waiting for a disk."""


def at_rest() -> bool:
    """Whether no other thread and no child wants a core; elsewhere than on Linux nobody can tell, so yes."""
    own = threading.get_native_id()
    return not any(state in _WANTS_A_CORE for thread, state in _threads("/proc/self") if thread != own)


def _threads(process: str) -> Iterator[tuple[int, str]]:
    """Give the threads of a process and of its children, each with its state."""
    with suppress(OSError):  # it has ended meanwhile
        for thread in os.listdir(f"{process}/task"):  # noqa: PTH208 - paths take longer than all else here
            yield int(thread), _read(f"{process}/task/{thread}/stat").rpartition(b")")[2].split()[0].decode()
            for child in _read(f"{process}/task/{thread}/children").split():
                yield from _threads(f"/proc/{child.decode()}")


def _read(path: str) -> bytes:
    # asked at each look of each test, so without what `open` adds for files that matter
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 4096)
    finally:
        os.close(file)
