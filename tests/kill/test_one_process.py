import asyncio
import os
import sys
from pathlib import Path

import pytest

import bot
from sandbox.stage import Stage
from tests.kill.lives import Lives
from tests.kill.waiting import PATIENCE, within_patience


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


# invariant I12
async def test_second_process_waits_until_the_first_is_killed(lives: Lives) -> None:
    first = await lives.begin()
    second = await lives.start()
    await second.prints("database.in_use")
    assert second.alive
    identified = lives.stage.discord.gateway.identified
    await first.kill()
    await lives.stage.discord.wait_for(lambda: lives.stage.discord.gateway.identified > identified, PATIENCE)
    await lives.end()


async def test_second_process_that_waits_is_told_to_end(lives: Lives) -> None:
    await lives.begin()
    second = await lives.start()
    await second.prints("database.in_use")
    second.tell_to_end()
    assert await second.ended() == 0


async def test_the_command_that_people_type_is_such_a_process(
    stage: Stage, sqlite_url: str, tmp_path: Path
) -> None:
    settings = {**stage.environment, "DATABASE_URL": sqlite_url, "WEB_PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(bot.__file__).parents[1]), **settings},
        cwd=tmp_path,
    )
    try:
        await stage.discord.wait_for(lambda: stage.discord.gateway.identified, PATIENCE)
        process.terminate()
        assert await within_patience(process.wait()) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
