"""The demo's page: its server, its guard, and itself in a real browser, with the real bot behind it.

Plays what a visitor clicks and types. Needs Chromium (`apt-get install chromium-headless-shell`), else
its tests are skipped; takes three minutes.
"""

import os
import random
from collections.abc import AsyncIterator, Mapping
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, ConsoleMessage

from bot.app import opened
from bot.settings import load
from bot.sheets.folder import StyleFolder
from sandbox.demo import show_styles
from sandbox.page import Page
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.stage import Stage
from spark.clock import SystemClock
from tests.page.browsing import CHROMIUM, DESKTOP, PHONE, Scheme, Screen, a_browser, a_visit, a_window
from tests.page.visiting import Client

VISITORS: Final[tuple[tuple[Screen, Scheme], ...]] = ((DESKTOP, "dark"), (PHONE, "light"))


@pytest_asyncio.fixture(loop_scope="session")
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """The production bot on the demo's stage; Spark is done at once, and its pictures are of one colour."""
    clock, rng = SystemClock(), random.Random(7)
    async with Stage(clock, rng, latency=Latency.fixed(0.2), patience=60.0, paint=swatch) as stage:
        settings = load(None, {**stage.environment, "DATABASE_URL": sqlite_url, "WEB_PORT": "0"})
        async with opened(settings, clock, rng):
            await stage.bot_ready()
            yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def page(stage: Stage) -> AsyncIterator[Page]:
    async with Page(stage.discord, stage.spark, stage.people, stage.general) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def sheets(sqlite_url: str) -> None:
    """Have pictures of the styles, as the demo has."""
    await show_styles(StyleFolder(load(None, {"DATABASE_URL": sqlite_url}).styles_folder))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def windows() -> AsyncIterator[Mapping[tuple[Screen, Scheme], BrowserContext]]:
    """Debian's own Chromium's; without it these tests are left out, unless REQUIRE_BROWSER says otherwise."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, and there is no chromium")
        pytest.skip("there is no chromium here; `apt-get install chromium-headless-shell` brings it")
    async with a_browser() as browser:
        yield {(screen, scheme): await a_window(browser, screen, scheme) for screen, scheme in VISITORS}


@pytest_asyncio.fixture(loop_scope="session", params=VISITORS, ids=["desktop-dark", "phone-light"])
async def client(
    request: pytest.FixtureRequest, windows: Mapping[tuple[Screen, Scheme], BrowserContext], page: Page
) -> AsyncIterator[Client]:
    broken: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # what a person may not do is answered 422, which the browser logs by itself
        if message.type == "error" and "422" not in message.text:
            broken.append(message.text)

    async with a_visit(windows[request.param], page, heard, lambda error: broken.append(str(error))) as client:
        yield client
        wide = await client.tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert broken == []
    assert not wide, "nothing reaches beyond the window"
