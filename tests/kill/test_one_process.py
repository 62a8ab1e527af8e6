import asyncio
import os
import sys
from pathlib import Path

import bot
from sandbox.stage import Stage
from tests.kill.lives import Lives
from tests.kill.waiting import PATIENCE, within_patience


# invariant I12
async def test_second_process_is_refused_until_the_first_is_killed(lives: Lives) -> None:
    first = await lives.begin()
    second = await lives.start()
    assert await second.ended() == 1
    assert "Error: another spark-bot already serves" in second.printed
    assert "Stop that process, or give this one another database.url." in second.printed
    assert "Traceback" not in second.printed
    assert first.alive
    await first.kill()
    await lives.begin()
    await lives.end()


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
