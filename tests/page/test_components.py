"""Components V2, forms, pictures and private answers, in a real browser with a bot that shows them all."""

import asyncio
import random
from collections.abc import AsyncIterator

import discord
import pytest
import pytest_asyncio
import yarl
from playwright.async_api import Locator, expect

from sandbox.discord import Interaction
from sandbox.spark.latency import Latency
from sandbox.spark.painter import swatch
from sandbox.stage import DISCORD_TOKEN, Stage
from spark.clock import SystemClock
from tests.page.showcase import Showcase
from tests.page.visiting import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")  # that of the one browser


@pytest_asyncio.fixture(loop_scope="session")
async def stage(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """The demo's stage with a bot on it that shows what there is."""
    async with Stage(
        SystemClock(), random.Random(7), latency=Latency.fixed(0.2), patience=60.0, paint=swatch
    ) as stage:
        monkeypatch.setattr(discord.http.Route, "BASE", stage.discord.api_url)
        gateway = yarl.URL(stage.discord.gateway_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
        async with Showcase() as bot:
            await bot.login(DISCORD_TOKEN)
            connection = asyncio.create_task(bot.connect())
            await stage.bot_ready()
            yield stage
        await connection


async def shown(stage: Stage, command: str, **options: bool | int) -> Interaction:
    """Have Ada type a command, and the bot answer it."""
    typed = await stage.discord.command(stage.member, stage.general, command, options)
    await stage.discord.wait_for(lambda: typed.response or typed.modal)
    return typed


async def size(locator: Locator) -> tuple[float, float]:
    box = await locator.bounding_box()
    assert box is not None
    return box["width"], box["height"]


async def test_components_v2_are_drawn_as_in_discord(client: Client, stage: Stage) -> None:
    await shown(stage, "/layout")
    message = client.message("Page 1 of 2")
    box = message.locator(".container").first
    style = (
        "box => (({ content, backgroundColor }) => [content, backgroundColor])(getComputedStyle(box, '::before'))"
    )
    assert await box.evaluate(style) == ['""', "rgb(35, 165, 90)"]
    await expect(box.get_by_role("heading", name="Your pictures")).to_be_visible()
    await expect(box.get_by_role("img", name="A fox")).to_be_visible()
    await expect(box.locator(".gallery .picture")).to_have_count(3)
    await expect(box.get_by_role("separator")).to_have_count(1)
    await expect(box.get_by_role("button", name="Newer")).to_be_disabled()
    await expect(message.get_by_role("link", name="notes.txt")).to_be_visible()
    await expect(message).not_to_contain_text("unseen")
    hidden = box.get_by_role("button", name="Show what is hidden")
    await hidden.click()
    await expect(box.get_by_role("img", name="Picture three")).to_be_visible()
    cover = message.get_by_role("button", name="Show what is hidden")
    await cover.click()
    await expect(message.get_by_text("The end of the story")).to_be_visible()


async def test_what_stands_in_a_layout_is_pressed_and_chosen(client: Client, stage: Stage) -> None:
    await shown(stage, "/layout")
    await client.tab.get_by_role("button", name="Open", exact=True).click()
    await expect(client.message("opened by Ada")).to_be_visible()
    await client.messages.get_by_role("combobox").select_option("The fox")
    await expect(client.message("chose The fox")).to_be_visible()


async def test_a_form_with_choices_and_files_is_filled_in(client: Client, stage: Stage) -> None:
    await shown(stage, "/form")
    form = client.tab.get_by_role("dialog", name="Edit picture 2")
    await expect(form.get_by_text("It costs $0.008")).to_be_visible()
    await form.get_by_label("What to change").fill("a hat")
    await form.get_by_role("radio", name="Structure").check()
    await form.get_by_role("checkbox", name="Spoiler").check()
    await form.get_by_role("button", name="Choose up to 2 files").click()
    await client.tab.get_by_role("menuitem", name="fox.jpg").click()
    await expect(form.get_by_role("img", name="fox.jpg")).to_be_visible()
    await form.get_by_role("button", name="Submit").click()
    told = client.message("words: a hat")
    await expect(told).to_contain_text("how: Structure")
    await expect(told).to_contain_text("extras: ['Spoiler']")
    await expect(told).to_contain_text("mask: ['fox.jpg']")


async def test_a_form_with_people_and_places_goes_by_keyboard_alone(client: Client, stage: Stage) -> None:
    await shown(stage, "/form", second=True)
    form = client.tab.get_by_role("dialog", name="Who and where")
    await expect(form.get_by_role("checkbox", name="Keep it private")).to_be_focused()
    press = client.tab.keyboard.press
    await press("Space")
    await press("Tab")
    await client.tab.keyboard.type("@Ben")
    await press("Tab")
    await client.tab.keyboard.type("#gen")
    await press("Tab")
    await press("Tab")
    await press("Enter")
    told = client.message("keep: False")
    await expect(told).to_contain_text("who: ['Ben']")
    await expect(told).to_contain_text("where: ['general']")


async def test_tall_pictures_keep_their_shape_alone_and_together(client: Client, stage: Stage) -> None:
    await shown(stage, "/album", count=1)
    width, height = await size(client.pictures.first)
    assert height / width == pytest.approx(3, rel=0.03)
    await shown(stage, "/album", count=4)
    await expect(client.pictures).to_have_count(5)
    width, height = await size(client.pictures.last)
    assert height / width == pytest.approx(4 / 3, rel=0.03)


async def test_the_viewer_goes_on_and_back(client: Client, stage: Stage) -> None:
    await shown(stage, "/album", count=3)
    await client.pictures.first.click()
    viewer = client.tab.get_by_role("dialog", name="Picture")
    await expect(viewer.get_by_role("img", name="The teal one")).to_be_visible()
    await viewer.get_by_role("button", name="Next picture").click()
    await expect(viewer.get_by_role("img", name="The brown one")).to_be_visible()
    await client.tab.keyboard.press("ArrowRight")
    await expect(viewer.get_by_role("img", name="The navy one")).to_be_visible()
    await client.tab.keyboard.press("ArrowRight")
    await expect(viewer).to_contain_text("1 of 3")
    await client.tab.keyboard.press("ArrowLeft")
    await expect(viewer).to_contain_text("3 of 3")
    await client.tab.keyboard.press("Escape")
    await expect(viewer).not_to_be_visible()


async def test_a_picture_that_is_held_or_right_clicked_opens_the_apps(client: Client, stage: Stage) -> None:
    await shown(stage, "/album", count=2)
    picture = client.pictures.first
    box = await picture.bounding_box()
    assert box is not None
    if client.phone:
        touch = await client.tab.context.new_cdp_session(client.tab)
        at = {"x": box["x"] + 20, "y": box["y"] + 20}
        await touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
        await expect(client.tab.get_by_role("menu")).to_be_visible()
        await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    else:
        await picture.click(button="right")
    await expect(client.tab.get_by_role("menuitem", name="Save picture")).to_be_visible()
    await client.tab.get_by_role("menuitem", name="Name it").click()
    await expect(client.message("named ")).to_be_visible()
    await expect(client.tab.get_by_role("dialog", name="Picture")).not_to_be_visible()


async def test_a_private_answer_comes_into_sight_and_is_dismissed(client: Client, stage: Stage) -> None:
    for number in range(30):
        await stage.discord.say(stage.people[1], stage.general, f"words {number}\n" * 3)
    await expect(client.message("words 29")).to_be_visible()
    await client.tab.evaluate("document.getElementById('messages').scrollTop = 0")
    await shown(stage, "/whisper")
    whisper = client.message("Only you can see this")
    await expect(whisper).to_be_in_viewport()
    await whisper.get_by_role("button", name="Dismiss message").click()
    await expect(whisper).to_have_count(0)
    await client.tab.reload()
    await expect(client.message("words 29")).to_be_visible()
    await expect(whisper).to_have_count(0)


async def test_others_words_do_not_take_the_reader_away_and_older_ones_are_reached(
    client: Client, stage: Stage
) -> None:
    for number in range(150):
        await stage.discord.say(stage.people[1], stage.general, f"words {number:03}")
    await expect(client.message("words 149")).to_be_in_viewport()
    await expect(client.message("words 089")).to_have_count(0)
    for first in ("words 030", "words 000"):
        await client.tab.get_by_role("button", name="Show older messages").click()
        await expect(client.message(first)).to_have_count(1)
    await expect(client.tab.get_by_role("button", name="Show older messages")).to_have_count(0)
    await client.message("words 000").scroll_into_view_if_needed()
    await stage.discord.say(stage.people[1], stage.general, "the newest")
    await expect(client.message("the newest")).to_have_count(1)
    await expect(client.message("words 000")).to_be_in_viewport()
    await client.tab.get_by_role("button", name="Newest messages").click()
    await expect(client.message("the newest")).to_be_in_viewport()


async def test_choices_are_picked_with_the_arrow_keys_and_typed_ones_stand(client: Client) -> None:
    line = client.tab.get_by_label("Message", exact=True)
    await line.fill("/album count:")
    await line.press("Enter")
    choices = client.tab.get_by_role("listbox", name="Choices for count")
    await expect(choices.get_by_role("option")).to_have_count(4)
    assert await choices.evaluate("each => each.getBoundingClientRect().top >= 0")
    await client.tab.keyboard.press("ArrowDown")
    await client.tab.keyboard.press("ArrowDown")
    await client.tab.keyboard.press("Enter")
    await expect(choices).to_be_hidden()
    await expect(client.tab.get_by_role("combobox", name="count")).to_have_value("2 · $0.0130")
    await client.tab.keyboard.press("Enter")
    await expect(client.pictures).to_have_count(2)
    await line.fill("/album count:3")
    await line.press("Enter")
    await client.tab.keyboard.press("Enter")
    await expect(client.pictures).to_have_count(5)


async def test_all_that_is_pressed_is_large_enough_for_a_thumb(client: Client, stage: Stage) -> None:
    if not client.phone:
        pytest.skip("a mouse points finely")
    await shown(stage, "/layout")
    await shown(stage, "/whisper")
    await shown(stage, "/form")
    small = """() => [...document.querySelectorAll("button, select, input, textarea, summary, .choice, a.button")]
        .filter((each) => each.checkVisibility() && !each.closest(".choice input, .visually-hidden"))
        .filter((each) => !each.matches(".visually-hidden, .choice input, .mention, .above"))
        .map((each) => [each.getBoundingClientRect(), each])
        .filter(([{ width, height }]) => width > 0 && (width < 44 || height < 43.5))
        .map(([{ width, height }, each]) => `${each.outerHTML.slice(0, 90)} ${width}×${height}`)"""
    assert await client.tab.evaluate(small) == []


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_axe_finds_nothing(client: Client, stage: Stage, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.async_playwright").Axe()

    async def found() -> list[str]:
        report = (await axe.run(client.tab)).response
        return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in report["violations"]]

    await client.tab.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    await shown(stage, "/layout")
    await shown(stage, "/album", count=3)
    await shown(stage, "/whisper")
    await expect(client.pictures).to_have_count(7)
    assert await found() == []
    line = client.tab.get_by_label("Message", exact=True)
    await line.fill("/")
    await expect(client.tab.get_by_role("listbox")).to_be_visible()
    assert await found() == []
    await line.fill("/album count:")
    await line.press("Enter")
    await expect(client.tab.get_by_role("listbox", name="Choices for count")).to_be_visible()
    assert await found() == []
    await client.pictures.first.click(button="right")
    await expect(client.tab.get_by_role("menu")).to_be_visible()
    assert await found() == []
    await client.tab.keyboard.press("Escape")
    await client.tab.get_by_label("Behind the scenes").first.click()
    assert await found() == []
    for second in (False, True):
        await shown(stage, "/form", second=second)
        await expect(client.tab.get_by_role("dialog")).to_be_visible()
        assert await found() == []
        await client.tab.keyboard.press("Escape")
        await expect(client.tab.get_by_role("dialog")).not_to_be_visible()
