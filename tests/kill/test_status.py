import asyncio
import os
import sys
from pathlib import Path

import bot
from bot.operator.status import status
from bot.settings import load
from spark.clock import SystemClock
from tests.kill.lives import Lives
from tests.kill.waiting import eventually, within_patience


async def test_the_command_that_people_type_tells_of_the_process_beside_it(
    lives: Lives, database_url: str, tmp_path: Path
) -> None:
    environment = {"DATABASE_URL": database_url}

    async def told() -> str:
        return "\n".join(await status(load(None, environment), SystemClock()))

    async def typed() -> str:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "status"),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(bot.__file__).parents[1]), **environment},
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
        )
        printed, _ = await within_patience(process.communicate())
        assert process.returncode == 0
        return printed.decode()

    life = await lives.begin()
    await lives.imagine("a red fox in snow", lives.direct)
    await lives.submitted(1)
    await eventually(told, lambda text: "all of 1 are served" in text and "running     1" in text)
    so_far = await typed()
    assert "running     1" in so_far
    [worker] = [line for line in so_far.splitlines() if f" {life.pid} " in line]
    assert ("holds the file" if database_url.startswith("sqlite") else "s left") in worker
    lives.finish()
    await lives.settled()
    await lives.end()
    assert "nobody serves any" in await told()
