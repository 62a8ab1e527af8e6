"""What another process of the same user can learn of the bot."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import bot
from bot.settings import forget_secrets
from tests.kill.waiting import eventually
from tests.ordinary_user import NOBODY, as_ordinary_user

SECRETS = {
    "DISCORD_TOKEN": "the-token",
    "SPARK_API_KEY": "the-key",
    "DATABASE_URL": "sqlite:///the-password.db",
}
SNOOP = """
import sys
for name in ("environ", "mem"):
    try:
        with open(f"/proc/{sys.argv[1]}/{name}", "rb") as file:
            print(name, file.read(10_000) if name == "environ" else "opened")
    except OSError as error:
        print(name, type(error).__name__)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of an ordinary user's own."""
    as_ordinary_user()  # else the test is skipped
    os.chown(tmp_path, NOBODY, NOBODY)
    for above in tmp_path.parents[:2]:
        above.chmod(0o755)
    return tmp_path


@asynccontextmanager
async def running(folder: Path, *arguments: str, environment: Mapping[str, str]) -> AsyncIterator[int]:
    """Run Python as an ordinary user until it has said something; give its process's id."""
    root = str(Path(bot.__file__).parents[1])
    with (folder / "output").open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *as_ordinary_user(sys.executable, "-B", *arguments),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": root, **environment},
            cwd=folder,
            stdout=output,
            stderr=output,
        )

    async def said() -> str:
        return (folder / "output").read_text(encoding="utf-8")

    try:
        await eventually(said, lambda text: "discord.away" in text or "sleeping" in text)
        yield process.pid
    finally:
        process.kill()
        await process.wait()


async def snooped(pid: int) -> str:
    command = as_ordinary_user(sys.executable, "-B", "-c", SNOOP, str(pid))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    return told.decode()


# invariant I14
async def test_another_process_of_its_user_reads_neither_its_environment_nor_its_memory(folder: Path) -> None:
    nowhere = {"DISCORD_API_URL": "http://127.0.0.1:9/api/v10", "WEB_PORT": "0"}
    async with running(folder, "-m", "bot", "run", environment={**SECRETS, **nowhere}) as pid:
        told = await snooped(pid)
    assert told == "environ PermissionError\nmem PermissionError\n"


async def test_that_is_no_accident(folder: Path) -> None:
    asleep = "import time; print('sleeping', flush=True); time.sleep(60)"
    async with running(folder, "-c", asleep, environment=SECRETS) as pid:
        assert "the-token" in await snooped(pid)


def test_secrets_leave_the_environment_and_nothing_else_does() -> None:
    environment = {**SECRETS, "PATH": "/bin", "DISCORD_TOKEN_FILE": "/run/secrets/token"}
    forget_secrets(environment)
    assert environment == {"PATH": "/bin", "DISCORD_TOKEN_FILE": "/run/secrets/token"}
