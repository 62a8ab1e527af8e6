"""The page in a real browser, with the real bot behind it."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, expect
from playwright.async_api import Page as Tab

from sandbox.discord import Kind, Trouble
from sandbox.page import Page
from sandbox.stage import Stage

DESKTOP, PHONE = (1280, 800), (390, 844)
expect.set_options(timeout=30_000)
pytestmark = pytest.mark.asyncio(loop_scope="session")  # that of the one browser


class Client:
    """Somebody at the page."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

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


@pytest_asyncio.fixture(
    loop_scope="session", params=[(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop-dark", "phone-light"]
)
async def client(request: pytest.FixtureRequest, browser: Browser, page: Page) -> AsyncIterator[Client]:
    (width, height), scheme = request.param
    context = await browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
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
    yield Client(tab)
    wide = await tab.evaluate("document.documentElement.scrollWidth > innerWidth")
    await context.close()
    assert broken == []
    assert not wide, "nothing reaches beyond the window"


async def test_a_command_is_picked_filled_in_and_answered_with_a_thread_and_a_picture(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).press_sequentially("/ima")
    await expect(client.tab.locator("#suggestions li").first).to_contain_text("/imagine")
    await client.tab.keyboard.press("Enter")
    await client.tab.get_by_label("prompt").fill("a red fox in snow")
    await client.tab.get_by_text("More options").click()
    await client.tab.locator(".rest button", has_text="aspect").first.click()
    await client.tab.get_by_label("aspect").first.select_option("16:9")
    await client.tab.get_by_role("button", name="Send").click()
    await client.open("a red fox in snow")
    await expect(client.pictures).to_have_attribute("alt", "Made from the words: a red fox in snow")
    await expect(client.message("here is your picture")).to_contain_text("1664×936")
    await client.tab.reload()
    await expect(client.pictures).to_be_visible()


async def test_a_picture_is_attached_and_edited(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).fill("/edit prompt:make it night")
    await client.tab.keyboard.press("Enter")
    await client.tab.get_by_role("button", name="Choose a picture…").click()
    await client.tab.get_by_role("menuitem", name="fox.jpg").click()
    await expect(client.tab.locator(".preview img")).to_be_visible()
    await client.tab.get_by_role("button", name="Send").click()
    await client.open("make it night")
    await expect(client.message("here is your edited picture")).to_contain_text("fox.jpg")


async def test_a_reply_edits_a_picture(client: Client) -> None:
    await client.paint("a red fox in snow")
    result = client.message("here is your picture")
    await result.hover()
    await result.get_by_role("button", name="More, and apps").click()
    await client.tab.get_by_role("menuitem", name="Reply").click()
    await client.tab.get_by_label("Message", exact=True).fill("make it snowy")
    await client.tab.keyboard.press("Enter")
    await expect(client.message("here is your edited picture")).to_be_visible()
    await expect(client.pictures).to_have_count(2)


async def test_a_button_and_its_select_stylize_a_picture(client: Client) -> None:
    await client.paint("a red fox in snow")
    await client.tab.get_by_role("button", name="Stylize…").click()
    await client.messages.locator("select").select_option(label="Watercolor Style")
    await expect(client.message("here is your stylized picture")).to_be_visible()


async def test_a_message_menu_opens_a_form(client: Client) -> None:
    await client.paint("a red fox in snow")
    result = client.message("here is your picture")
    await result.hover()
    await result.get_by_role("button", name="More, and apps").click()
    await client.tab.get_by_role("menuitem", name="Edit image").click()
    form = client.tab.get_by_role("dialog", name="Edit image")
    await form.get_by_label("What to change").fill("make it night")
    await form.get_by_role("button", name="Submit").click()
    await expect(form).not_to_be_visible()
    await expect(client.message("here is your edited picture")).to_be_visible()


async def test_a_private_answer_is_not_seen_by_the_other_member(client: Client) -> None:
    await client.command("/usage")
    await expect(client.message("Only you can see this")).to_be_visible()
    await client.is_now("Ben")
    await expect(client.tab.locator("#messages")).to_be_empty()
    await client.is_now("Ada")
    await expect(client.message("Only you can see this")).to_be_visible()


async def test_a_failing_spark_gives_the_refusals_words(client: Client) -> None:
    await client.tab.get_by_label("Behind the scenes").first.click()
    await client.tab.get_by_label("Spark is").select_option(label="Failing every task")
    await client.tab.get_by_label("Behind the scenes").first.click()
    await client.command("/imagine prompt:a red fox in snow")
    await expect(client.message("Nothing was charged").last).to_contain_text("Spark")


async def test_the_prices_of_a_choice_are_offered(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).fill("/imagine prompt:fox")
    await client.tab.keyboard.press("Enter")
    await client.tab.get_by_text("More options").click()
    await client.tab.locator(".rest button", has_text="count").first.click()
    offered = client.tab.locator("#choices-count option")
    await expect(offered).to_have_count(4)
    await expect(offered.last).to_have_attribute("label", re.compile(r"4 .*\$"))


async def test_a_moderator_sees_what_the_server_spent_and_a_member_is_not_offered_it(client: Client) -> None:
    await client.paint("a red fox in snow")
    await client.is_now("Mona (moderator)")
    await client.command("/spend server")
    await expect(client.message("What this server has")).to_contain_text("@Ada")
    await expect(client.message("What this server has").locator(".picture img")).to_be_visible()
    await client.is_now("Ben")
    await client.tab.get_by_label("Message", exact=True).fill("/spend")
    await expect(client.tab.locator("#suggestions")).to_be_hidden()


async def test_what_a_client_does_not_send_is_said(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).fill("/imagine prompt:fox")
    await client.tab.keyboard.press("Enter")
    await client.tab.evaluate("document.querySelector('[name=prompt]').required = false")
    await client.tab.get_by_label("prompt").fill("")
    await client.tab.get_by_role("button", name="Send").click()
    await expect(client.tab.get_by_role("alert")).to_contain_text("prompt is required")


async def test_a_limit_is_set_by_a_typed_command(client: Client) -> None:
    await client.is_now("Mona (moderator)")
    await client.command("/spend limit day:0.50")
    await expect(client.message("0.50").last).to_be_visible()


async def test_what_is_typed_and_belongs_nowhere_is_told(client: Client) -> None:
    for line, told in (
        ("/imagine prompt:fox colour:red", "/imagine has no option “colour”. It takes prompt,"),
        ("/imagine a red fox", "“a red fox” belongs to no option"),
        ("/imagine prompt:fox aspect:round", "aspect does not take “round”"),
        ("/imagine prompt:fox seed:abc", "seed does not take “abc”"),
        ("/edit prompt:night model:", "model has no value yet"),
        ("/usage period:fortnight", "period does not take “fortnight”"),
    ):
        await client.tab.get_by_label("Message", exact=True).fill(line)
        await client.tab.keyboard.press("Enter")
        await expect(client.tab.get_by_role("alert")).to_contain_text(told)
        await client.tab.keyboard.press("Escape")


async def test_an_option_with_nothing_in_it_is_told_before_anything_is_sent(client: Client) -> None:
    await client.is_now("Mona (moderator)")
    await client.tab.get_by_label("Message", exact=True).fill("/spend limit month:5 day:")
    await client.tab.keyboard.press("Enter")
    await expect(client.tab.get_by_role("alert")).to_contain_text("day has no value yet.")
    await client.tab.get_by_role("button", name="Send").click()
    await expect(client.tab.get_by_role("alert")).to_contain_text("day: nothing stands there.")
    await client.tab.get_by_label("Leave day out").click()
    await client.tab.get_by_role("button", name="Send").click()
    await expect(client.message("5.00").last).to_be_visible()


async def test_an_application_that_does_not_respond_is_said(client: Client, stage: Stage) -> None:
    late = stage.discord.trouble.add(Trouble("POST", "/interactions/.*/callback", Kind.HANG))
    await client.command("/usage")
    await expect(client.message("The application did not respond")).to_be_visible()
    late.release()
