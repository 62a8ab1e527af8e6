"""Somebody at the page, and what they do there."""

from playwright.async_api import Locator, expect
from playwright.async_api import Page as Tab

expect.set_options(timeout=30_000)


class Client:
    """Somebody at the page."""

    def __init__(self, tab: Tab, *, phone: bool) -> None:
        self.tab = tab
        self.phone = phone

    @property
    def messages(self) -> Locator:
        return self.tab.locator("#messages > li")

    @property
    def pictures(self) -> Locator:
        return self.tab.locator("#messages .picture img")

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text)

    async def command(self, line: str) -> None:
        """Type a whole command; the picker reads its options, and Enter sends it."""
        await self.tab.get_by_label("Message", exact=True).fill(line)
        await self.tab.keyboard.press("Enter")
        await expect(self.tab.locator("#fields .name")).to_be_visible()
        await self.tab.get_by_role("button", name="Send").click()

    async def say(self, words: str) -> None:
        await self.tab.get_by_label("Message", exact=True).fill(words)
        await self.tab.keyboard.press("Enter")

    async def arrived(self, prompt: str) -> None:
        """Wait until the status message of a command says where its result is."""
        await expect(self.message(prompt).filter(has_text="see it").last).to_be_visible()

    async def open(self, place: str) -> None:
        if await self.tab.locator("#open-places").is_visible():
            await self.tab.locator("#open-places").click()
        await self.tab.locator("#channels").get_by_role("button", name=place).click()
        await expect(self.tab.locator("#where")).to_contain_text(place)

    async def is_now(self, name: str) -> None:
        if await self.tab.locator("#open-places").is_visible():
            await self.tab.locator("#open-places").click()
        await self.tab.get_by_label("You are").select_option(label=name)
        await expect(self.tab.locator("#main:not([aria-busy])")).to_be_visible()
        if await self.tab.locator("#close-places").is_visible():
            await self.tab.locator("#close-places").click()

    async def paint(self, prompt: str) -> None:
        """Have a picture in its own thread, which is then open."""
        await self.command(f"/imagine prompt:{prompt}")
        await self.open(prompt)
        await expect(self.pictures.first).to_be_visible()
