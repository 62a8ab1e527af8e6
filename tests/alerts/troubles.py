"""The trouble that each alert is for, brought about on a bot that runs before the sandbox."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.store import Database
from sandbox.discord import Interaction
from sandbox.discord import Trouble as DiscordTrouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from sandbox.stage import Stage

_ENDLESS = 1_000_000
_CROWD = 20


@dataclass(frozen=True, slots=True)
class Scene:
    """A bot, and what it stands on."""

    stage: Stage
    database: Database
    file: Path

    async def order(self, prompt: str = "a red fox", **options: str) -> Interaction:
        """Have a member ask for a picture, and wait for nothing."""
        return await self.stage.discord.command(
            self.stage.member, self.stage.general, "/imagine", {"prompt": prompt, **options}, strict=False
        )


Trouble: TypeAlias = Callable[[Scene], AbstractAsyncContextManager[Callable[[], Awaitable[object]] | None]]
"""Lasts while it is entered; gives what is done again and again meanwhile, where it does not go on by itself."""


@asynccontextmanager
async def spark_away(scene: Scene) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Tear every connection to Spark."""
    troubles = scene.stage.spark.trouble
    torn = [troubles.add(SparkTrouble(on, "reset", times=None)) for on in ("submit", "status")]
    yield scene.order
    for each in torn:
        troubles.remove(each)
    await scene.order()


@asynccontextmanager
async def key_refused(scene: Scene) -> AsyncIterator[None]:
    """Have Spark refuse the key."""
    troubles = scene.stage.spark.trouble
    refused = [troubles.add(SparkTrouble(on, "answer", status=401, times=None)) for on in ("submit", "status")]
    await scene.order()
    yield
    for each in refused:
        troubles.remove(each)
    await scene.order()


@asynccontextmanager
async def disk_full(scene: Scene) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Let the file grow no more, as a full disk does."""
    await scene.database.write(lambda tx: tx._cursor.execute("PRAGMA max_page_count = 1"))
    yield scene.order
    await scene.database.write(lambda tx: tx._cursor.execute(f"PRAGMA max_page_count = {_ENDLESS}"))
    await scene.order()


@asynccontextmanager
async def claims_stuck(scene: Scene) -> AsyncIterator[None]:
    """Have the database refuse claims, and nothing else."""
    await asyncio.to_thread(
        _outside,
        scene.file,
        "CREATE TRIGGER stuck BEFORE UPDATE ON tasks WHEN NEW.state = 'claimed' "
        "BEGIN SELECT RAISE(ABORT, 'stuck'); END",
    )
    await scene.order()
    yield
    await asyncio.to_thread(_outside, scene.file, "DROP TRIGGER stuck")


@asynccontextmanager
async def deliveries_waiting(scene: Scene) -> AsyncIterator[None]:
    """Have Discord take no message."""
    scene.stage.discord.trouble.add(DiscordTrouble("POST", r"/channels/\d+/messages", status=503, times=_ENDLESS))
    await scene.order()
    yield
    scene.stage.discord.trouble.clear()


@asynccontextmanager
async def loop_late(_scene: Scene) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Hold up the event loop most of the time."""

    async def hold_up() -> None:
        time.sleep(1.0)  # noqa: ASYNC251 - that is the trouble

    yield hold_up


@asynccontextmanager
async def discord_refuses(scene: Scene) -> AsyncIterator[Callable[[], Awaitable[object]]]:
    """Have Discord refuse every answer to a command."""
    scene.stage.discord.trouble.add(
        DiscordTrouble("POST", r"/interactions/.*", status=403, code=50001, times=_ENDLESS)
    )

    async def ask_for_help() -> None:
        stage = scene.stage
        help_of = stage.discord.command
        await asyncio.gather(*(help_of(stage.member, stage.general, "/help", {}) for _ in range(_CROWD)))

    yield ask_for_help
    scene.stage.discord.trouble.clear()


TROUBLES: Mapping[str, Trouble] = {
    "SparkAway": spark_away,
    "KeyRefused": key_refused,
    "DiskFull": disk_full,
    "ClaimsStuck": claims_stuck,
    "DeliveriesWaiting": deliveries_waiting,
    "LoopLate": loop_late,
    "DiscordRefuses": discord_refuses,
}
"""By alert. The last is over only with the process; how that is started decides whether a shard is served."""


def _outside(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()
