"""Running programs as an ordinary user, whom root becomes for it."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

import pytest

NOBODY = 65534
_SETPRIV = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
_MAY_READ = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
"""For a Python that lies in a folder of root's own: it may then read any file, and still look into no process."""


@functools.cache
def _prefix() -> tuple[Sequence[str], str]:
    if os.getuid() != 0:
        return (), "only root can become another user"
    if shutil.which("setpriv") is None:
        return (), "setpriv (util-linux) is not installed"
    starts_itself = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'pass'], check=True)"
    for prefix in (_SETPRIV, (*_SETPRIV, *_MAY_READ)):
        command = (*prefix, sys.executable, "-c", starts_itself)
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:  # noqa: S603 - our own
            return prefix, ""
    return (), f"an ordinary user cannot run {sys.executable}"


def as_ordinary_user(*command: str) -> Sequence[str]:
    """Give the command that runs another as an ordinary user; skips the test where that cannot be."""
    prefix, why_not = _prefix()
    if why_not:
        pytest.skip(why_not)
    return (*prefix, *command)
