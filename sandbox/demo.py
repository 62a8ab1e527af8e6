"""The demo: the production bot on a stage of localhost, with its own database and ports."""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import opened
from bot.settings import EstimateSettings, load
from bot.sheets.drawing import draw_sheets
from bot.sheets.folder import StyleFolder
from sandbox.page import Page
from sandbox.playing import play_lines
from sandbox.spark.latency import Latency
from sandbox.spark.prices import first_prices
from sandbox.stage import Stage
from sandbox.style_pictures import style_pictures
from spark.clock import Clock, SystemClock

_PATIENCE = 300.0
_LIMITS = {"LIMITS_GUILD_DAY_USD": "10.00", "LIMITS_GUILD_MONTH_USD": "100.00"}
"""Under a limit of the server moderators may also raise their members' limits, and grant more."""


async def play(lines: Sequence[str], out: Path, print_line: Callable[[str], None]) -> None:
    """Play lines to the bot as a member; raises `StageError` where nothing comes of one."""
    async with _stage() as stage, bot_on(stage):
        await play_lines(stage, lines, out, print_line)


async def serve(port: int, print_line: Callable[[str], None], open_page: Callable[[str], object] | None) -> None:
    """Serve the page until it is cancelled; raises `PortTaken` where it cannot have the port (0 is any)."""
    async with _stage() as stage:
        page = Page(stage.discord, stage.spark, stage.people, stage.general, port=port)
        async with page, bot_on(stage) as styles:
            await asyncio.gather(stage.bot_ready(), show_styles(styles))
            print_line(f"The bot is here: {page.address}")
            print_line("Ctrl-C ends it; what was made and said goes with it.")
            if open_page is not None:
                await asyncio.to_thread(open_page, page.address)
            await asyncio.get_running_loop().create_future()


@asynccontextmanager
async def bot_on(stage: Stage, clock: Clock | None = None) -> AsyncIterator[StyleFolder]:
    """Run the production bot, with a database of its own; give where its styles' pictures are kept."""
    with tempfile.TemporaryDirectory(prefix="spark-bot-demo-") as folder:
        database = f"sqlite:///{folder}/demo.db"
        settings = load(None, {**stage.environment, **_LIMITS, "DATABASE_URL": database, "WEB_PORT": "0"})
        priced = settings.model_copy(update={"estimates": EstimateSettings(exact=True, **first_prices())})
        async with opened(priced, clock or SystemClock(), random.Random()):
            yield StyleFolder(settings.styles_folder)


async def show_styles(folder: StyleFolder) -> None:
    """Have a picture of each style, as `spark-bot previews` makes them of the real ones."""
    for slug, picture in await asyncio.to_thread(lambda: list(style_pictures())):
        folder.keep_picture(slug, picture)
    await draw_sheets(folder)


def _stage() -> Stage:
    return Stage(SystemClock(), random.Random(), latency=Latency(mean=3.0), patience=_PATIENCE)
