"""The browser that the page is visited with, and the screens it is seen on."""

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import Browser, ConsoleMessage, Error, async_playwright, expect

from sandbox.page import Page
from tests.page.visiting import Client

Screen = tuple[int, int]
Scheme = Literal["dark", "light"]
DESKTOP: Screen = (1280, 800)
PHONE: Screen = (390, 844)
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def a_visit(
    browser: Browser,
    page: Page,
    screen: Screen,
    scheme: Scheme,
    heard: Callable[[ConsoleMessage], None] = lambda _: None,
    broke: Callable[[Error], None] = lambda _: None,
) -> AsyncIterator[Client]:
    """Open the page as a desktop or a phone does; `heard` is told of the console's lines, `broke` of errors."""
    width, height = screen
    phone = screen == PHONE
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=phone, is_mobile=phone
    )
    tab = await context.new_page()
    tab.on("console", heard)
    tab.on("pageerror", broke)
    await tab.goto(page.address)
    await expect(tab.locator("#where")).to_contain_text("general")
    yield Client(tab, phone=phone)
    await context.close()
