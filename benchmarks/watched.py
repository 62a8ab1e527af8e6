"""`spark-bot run`, watched from inside: `python -m benchmarks.watched`, in the folder where its figures go.

The bot is the same; `bot.app.opened` is entered once more around it, which tells on what loop it runs
(`loop.txt`), and how late that loop is, in the file that the environment names as `BEATS`.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final
from unittest import mock

import bot.app
from benchmarks import lateness
from bot.settings import Settings
from spark.clock import Clock

LOOP: Final = "loop.txt"
_opened = bot.app.opened


@asynccontextmanager
async def _watched(settings: Settings, clock: Clock, rng: random.Random) -> AsyncIterator[bot.app.App]:
    kind = type(asyncio.get_running_loop()).__module__.partition(".")[0]
    Path(LOOP).write_text(kind, encoding="ascii")  # noqa: ASYNC240 - nothing else runs yet
    async with AsyncExitStack() as resources:
        if "BEATS" in os.environ:
            await resources.enter_async_context(lateness.watched(Path(os.environ["BEATS"])))
        yield await resources.enter_async_context(_opened(settings, clock, rng))


def main() -> None:
    """Run the bot until it is told to end."""
    with mock.patch.object(bot.app, "opened", _watched):
        from bot.cli import main as spark_bot  # which takes the name as it stands then

        spark_bot(["run"])


if __name__ == "__main__":
    main()
