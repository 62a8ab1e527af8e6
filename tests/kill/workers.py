"""The workers that stand by for a life, forked from it: a program takes longer to start than most of their work.

That they are programs, and what these may not do, is for `tests/spark/` to show. Forked, they have none of the
files of their life either, and end with it.
"""

import importlib
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Final, NoReturn
from unittest import mock

from spark.images import standing
from spark.images.previews import Previewer
from spark.images.stamps import Stamper

_MODULES: Final = frozenset({Previewer.module, Stamper.module})


@contextmanager
def forked() -> Iterator[None]:
    """Have this process fork the workers that it lets stand by."""
    forking = SimpleNamespace(Popen=_Fork, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL)
    with mock.patch.object(standing, "subprocess", forking):
        yield


class _Fork:
    """As much of a `Popen` as is used of a worker; its command names the worker's module."""

    def __init__(self, program: Sequence[str], **_: Any) -> None:
        [module] = _MODULES.intersection(program)
        asked, to = os.pipe()
        back, given = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _work(module, asked, given)
        os.close(asked)
        os.close(given)
        self.stdin = os.fdopen(to, "wb")
        self.stdout = os.fdopen(back, "rb")

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self._pid, 0)


def _work(module: str, asked: int, given: int) -> NoReturn:
    """Be the worker from here on."""
    try:
        os.dup2(asked, 0)
        os.dup2(given, 1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        importlib.import_module(module).main()
    finally:
        os._exit(0)
