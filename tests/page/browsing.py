"""The browser that the page is visited with, and the screens it is seen on."""

import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Error, async_playwright, expect

from sandbox.page import Page
from tests.page.visiting import Client

Screen = tuple[int, int]
Scheme = Literal["dark", "light"]
DESKTOP: Screen = (1280, 800)
PHONE: Screen = (390, 844)
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first draws no window
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        yield browser
        await browser.close()


async def a_window(browser: Browser, screen: Screen, scheme: Scheme) -> BrowserContext:
    """Open a window as a desktop or a phone does; it takes as long as a short visit, and serves many."""
    width, height = screen
    phone = screen == PHONE
    return await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=phone, is_mobile=phone
    )


@asynccontextmanager
async def a_visit(
    window: BrowserContext,
    page: Page,
    heard: Callable[[ConsoleMessage], None] = lambda _: None,
    broke: Callable[[Error], None] = lambda _: None,
) -> AsyncIterator[Client]:
    """Open the page in a tab of its own; `heard` is told of the console's lines, `broke` of errors."""
    tab = await window.new_page()
    tab.on("console", heard)
    tab.on("pageerror", broke)
    await tab.goto(page.address)
    await expect(tab.locator("#where")).to_contain_text("general")
    yield Client(tab, phone=tab.viewport_size == {"width": PHONE[0], "height": PHONE[1]})
    await tab.evaluate("localStorage.clear()")  # another page may have the same port one day
    await tab.close()
