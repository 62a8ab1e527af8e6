"""The demo with days behind it, and a desktop and a phone that look at it."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import expect

from sandbox.demo import bot_on, show_styles
from sandbox.page import Page
from sandbox.spark.latency import Latency
from sandbox.stage import Stage
from spark.clock import SystemClock
from tests.page.browsing import DESKTOP, PHONE, Scheme, a_browser, a_visit, a_window
from tests.page.visiting import Client

SCHEMES: tuple[Scheme, ...] = ("dark", "light")
_DAY = 24 * 3600.0
_TO_A_PICTURE = 3.0
"""Seconds that Spark takes."""
_IN_SIGHT = """[...document.images].every((image) => {
  const { top, bottom } = image.getBoundingClientRect();
  return image.complete || bottom < 0 || top > innerHeight;
})"""
_SCROLLED = """(node) => {
  const list = document.getElementById("messages");
  node.scrollIntoView({ block: node.offsetHeight < list.clientHeight ? "end" : "start" });
  if (node.offsetHeight < list.clientHeight) list.scrollTop += 12;
}"""


class Calendar(SystemClock):
    """The machine's time on an earlier day, until it is that day's turn."""

    days_ago = 0

    def time(self) -> float:
        return super().time() - self.days_ago * _DAY


@dataclass(frozen=True, slots=True)
class Photo:
    """What one client shows of a scene, as PNG."""

    scene: str
    device: str
    scheme: Scheme
    png: bytes


@dataclass(frozen=True, slots=True)
class Studio:
    """Everybody in it: Ada, who plays at the desktop, and looks at the phone too."""

    stage: Stage
    calendar: Calendar
    desktop: Client
    phone: Client

    async def open(self, place: str) -> None:
        for client in (self.desktop, self.phone):
            await client.open(place)

    async def are_now(self, name: str) -> None:
        for client in (self.desktop, self.phone):
            await client.is_now(name)

    async def made(self, line: str, prompt: str) -> None:
        """Type a command at the desktop, and open the thread of its result on both."""
        await self.desktop.command(line)
        await self.open(prompt)
        await expect(self.desktop.pictures.first).to_be_visible()

    async def photos(self, scene: str, text: str, *, dismissed: bool = False) -> list[Photo]:
        """Photograph the newest message with a text, on both devices, in both schemes; perhaps dismiss it then."""
        photos = [
            Photo(scene, "phone" if client.phone else "desktop", scheme, await _photo(client, text, scheme))
            for client in (self.desktop, self.phone)
            for scheme in SCHEMES
        ]
        if dismissed:
            await self.desktop.message(text).last.get_by_role("button", name="Dismiss message").click()
        return photos


async def _photo(client: Client, text: str, scheme: Scheme) -> bytes:
    """Photograph one client with the newest message of a text in sight, as PNG."""
    message = client.message(text).last
    await expect(message).to_be_visible()
    await client.tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await client.tab.mouse.move(0, 0)
    await message.evaluate(_SCROLLED)
    await client.tab.wait_for_function(_IN_SIGHT)
    return await client.tab.screenshot()


@asynccontextmanager
async def studio() -> AsyncIterator[Studio]:
    """Open the production bot on the demo's stage, and the page on both devices."""
    calendar, rng = Calendar(), random.Random(7)
    async with (
        Stage(calendar, rng, latency=Latency.fixed(_TO_A_PICTURE), patience=300.0) as stage,
        Page(stage.discord, stage.spark, stage.people, stage.general) as page,
        bot_on(stage, calendar) as styles,
        a_browser() as browser,
    ):
        await stage.bot_ready()
        await show_styles(styles)
        async with (
            a_visit(await a_window(browser, DESKTOP, "dark"), page) as desktop,
            a_visit(await a_window(browser, PHONE, "light"), page) as phone,
        ):
            yield Studio(stage, calendar, desktop, phone)
