"""What a worker can do besides its work."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import spark
from spark.confinement import Allowance, command, environment
from tests.ordinary_user import as_ordinary_user
from tests.spark.images import pictures
from tests.spark.images.pictures import encoded, scene

PROBE = """
import json, os, resource, subprocess, sys, threading

def tried(what):
    try:
        what()
    except BaseException as error:
        return type(error).__name__
    return "done"

def open_many():
    files = [open("/dev/null") for _ in range(100)]

def write_much():
    with open(sys.argv[-1], "wb") as file:
        file.write(b"x" * 2_000_000)

def snoop():
    open(f"/proc/{os.getppid()}/environ", "rb").read()

def main(argument, path):
    print(json.dumps({
        "argument": argument,
        "environment": sorted(set(os.environ) - {"LC_CTYPE"}),
        "fork": tried(os.fork),
        "thread": tried(lambda: threading.Thread(target=print).start()),
        "run": tried(lambda: subprocess.run(["true"])),
        "files": tried(open_many),
        "bytes": tried(write_much),
        "memory": tried(lambda: bytearray(600_000_000)),
        "snoop": tried(snoop),
        "seconds": resource.getrlimit(resource.RLIMIT_CPU),
        "core": resource.getrlimit(resource.RLIMIT_CORE),
        "privileges": [line.split()[1] for line in open("/proc/self/status") if line.startswith("NoNewPrivs")],
        "spark": hasattr(sys.modules["spark"], "Client"),
    }))
"""
ROOT = str(Path(spark.__file__).parents[1])
FORMATS: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: encoded(scene(900, 800), "JPEG"),
    "PNG": lambda: encoded(scene(900, 800), "PNG"),
    "GIF": lambda: pictures.gif(900, 800),
    "WEBP": lambda: encoded(scene(900, 800), "WEBP"),
    "AVIF": lambda: encoded(scene(900, 800), "AVIF"),
    "HEIF": lambda: pictures.heic(900, 800),
}


async def _told(*called: str, **environment: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *as_ordinary_user(*called), env=environment, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    return told.decode()


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that everybody may read and write."""
    tmp_path.chmod(0o777)
    for above in tmp_path.parents[:2]:
        above.chmod(0o755)
    return tmp_path


# invariant I13
async def test_a_worker_can_do_its_work_and_nothing_else(shared: Path) -> None:
    (shared / "probes").mkdir()
    (shared / "probes" / "probe.py").write_text(PROBE)
    allowance = Allowance(memory=500_000_000, written=1_000_000, seconds=4)
    called = command("probes.probe", shared, allowance, "hello", str(shared / "written"))
    told: dict[str, Any] = json.loads(await _told(*called, **environment()))
    assert told == {
        "argument": "hello",
        "environment": [],
        "fork": "BlockingIOError",
        "thread": "RuntimeError",
        "run": "BlockingIOError",
        "files": "OSError",
        "bytes": "OSError",
        "memory": "MemoryError",
        "snoop": "PermissionError",
        "seconds": [4, 5],
        "core": [0, 0],
        "privileges": ["1"],
        "spark": False,
    }


async def test_every_kind_of_picture_can_be_worked_on_by_an_ordinary_user(shared: Path) -> None:
    """Who is not root can start no further thread, which a decoder might want to."""
    for name, made in FORMATS.items():
        (shared / f"{name}.picture").write_bytes(made())
    program = (
        "import asyncio, pathlib, spark, sys\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.picture')):\n"
        "    print(path.stem, asyncio.run(spark.fit(path.read_bytes(), spark.Edit.name)).width)\n"
    )
    told = await _told(sys.executable, "-B", "-c", program, str(shared), PYTHONPATH=ROOT)
    assert told.splitlines() == [f"{name} 900" for name in sorted(FORMATS)]


async def test_a_picture_is_worked_on_with_an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, str]] = []
    start = asyncio.create_subprocess_exec

    async def noted(*arguments: str, env: dict[str, str], **options: object) -> asyncio.subprocess.Process:
        told.append(dict(env))
        return await start(*arguments, env=env, **options)  # type: ignore[arg-type] # handed through

    monkeypatch.setenv("SPARK_API_KEY", "sk-secret")
    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    await spark.fit(FORMATS["PNG"](), spark.Edit.name)
    assert told == [{}]
