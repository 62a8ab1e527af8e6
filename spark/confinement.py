"""Workers: programs that may do their work and nothing else, each in a process of its own.

A worker is started with an empty environment, and before it begins it gives up all that its work does not need:
memory, time, files, further processes, and whatever a program could gain by running another one. No other process
of its user may look into it, as none may look into one that has called `hide`. None of this holds against root.

This file is the program that is run, too. It makes the packages of the worker's module known by their folders
alone, since what `import spark` brings along takes half a second and has no business beside a stranger's picture.
"""

import ctypes
import importlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
"""Their numbers in Linux's prctl(2)."""
_OPEN_FILES: Final = 64

_TOLD: Final = ("SYSTEMROOT",)
"""Without it Windows starts nothing."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a worker may take."""

    memory: int
    """Bytes of address space."""
    written: int
    """Bytes of any one file."""
    seconds: int | None = None
    """Of the processor, from the start of the process on; None where it lives on."""
    alone: bool = True
    """Whether it may start neither a process nor a thread."""
    nice: int = 10
    """By how much whoever waits for people goes first."""


def command(module: str, root: Path, allowance: Allowance, *arguments: str) -> Sequence[str]:
    """Give the command that runs a module's `main` as a worker.

    Args:
        module: its name, as `spark.images.worker`.
        root: the folder in which its topmost package is.
        allowance: what it may take.
        arguments: what its `main` is called with.

    """
    return (sys.executable, "-I", __file__, module, str(root), json.dumps(asdict(allowance)), *arguments)


def environment() -> Mapping[str, str]:
    """Give all that a worker is told of the environment; on Linux that is nothing."""
    return {name: os.environ[name] for name in _TOLD if name in os.environ}


def hide() -> bool:
    """Let no other process of the same user read this one's memory and first environment, until it runs a program.

    False where the system knows no such thing. See prctl(2), PR_SET_DUMPABLE, and proc(5).
    """
    return _prctl(_PR_SET_DUMPABLE, 0)


def _confine(allowance: Allowance) -> None:
    hide()
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    try:
        import resource
    except ImportError:  # not on Windows
        return
    limits = {
        resource.RLIMIT_AS: allowance.memory,
        resource.RLIMIT_FSIZE: allowance.written,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if allowance.alone:
        limits[resource.RLIMIT_NPROC] = 0
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    if allowance.seconds is not None:
        # the first ends it by SIGXCPU, which tells why; the second by SIGKILL
        resource.setrlimit(resource.RLIMIT_CPU, (allowance.seconds, allowance.seconds + 1))
    os.nice(allowance.nice)


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    # the arguments that these options do not use must be 0, each as wide as a register
    unused = ctypes.c_ulong(0)
    done: int = ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), unused, unused, unused)
    return done == 0


def _know_packages(module: str, root: Path) -> None:
    """Make the packages of a module, and those of `spark`, importable without running what they import."""
    here = Path(__file__).parent
    folders = {"spark": here, "spark.images": here / "images"}
    packages = module.split(".")[:-1]
    for depth in range(1, len(packages) + 1):
        folders[".".join(packages[:depth])] = root.joinpath(*packages[:depth])
    for name, folder in folders.items():
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def _main() -> None:
    module, root, allowance, *arguments = sys.argv[1:]
    _confine(Allowance(**json.loads(allowance)))
    _know_packages(module, Path(root))
    importlib.import_module(module).main(*arguments)


if __name__ == "__main__":
    _main()
