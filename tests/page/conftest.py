"""The demo's page: its server, its guard, and itself in a real browser, with the real bot behind it.

Plays what a visitor clicks and types. Needs Chromium for the browser (`apt-get install chromium`), else its tests
are skipped; takes three minutes.
"""

import os
import random
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, async_playwright, expect

from bot.app import opened
from bot.settings import load
from bot.sheets.drawing import draw_sheets
from bot.sheets.folder import StyleFolder
from sandbox.page import Page
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.stage import Stage
from sandbox.style_pictures import style_pictures
from spark.clock import SystemClock
from tests.page.visiting import Client

DESKTOP, PHONE = (1280, 800), (390, 844)
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


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
    folder = StyleFolder(load(None, {"DATABASE_URL": sqlite_url}).styles_folder)
    for slug, picture in style_pictures():
        folder.keep_picture(slug, picture)
    await draw_sheets(folder)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's own Chromium; without it these tests are left out, unless REQUIRE_BROWSER says otherwise."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, and there is no chromium")
        pytest.skip("there is no chromium here; `apt-get install chromium` brings it")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(
    loop_scope="session", params=[(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop-dark", "phone-light"]
)
async def client(request: pytest.FixtureRequest, browser: Browser, page: Page) -> AsyncIterator[Client]:
    (width, height), scheme = request.param
    phone = (width, height) == PHONE
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=phone, is_mobile=phone
    )
    tab = await context.new_page()
    broken: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # what a person may not do is answered 422, which the browser logs by itself
        if message.type == "error" and "422" not in message.text:
            broken.append(message.text)

    tab.on("console", heard)
    tab.on("pageerror", lambda error: broken.append(str(error)))
    await tab.goto(page.address)
    await expect(tab.locator("#where")).to_contain_text("general")
    yield Client(tab, phone=phone)
    wide = await tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    await context.close()
    assert broken == []
    assert not wide, "nothing reaches beyond the window"
