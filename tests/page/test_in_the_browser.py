"""The page in a real browser, with the real bot behind it."""

import re

import pytest
from playwright.async_api import expect

from sandbox.discord import Kind, Trouble
from sandbox.stage import Stage
from tests.page.browsing import PHONE
from tests.page.visiting import Client

pytestmark = pytest.mark.asyncio(loop_scope="session")  # that of the one browser
# what does not depend on the window's shape is played once, in the one where there is less room
on_a_phone = pytest.mark.parametrize("client", [(PHONE, "light")], ids=["phone-light"], indirect=True)


async def test_a_command_is_picked_filled_in_and_answered_with_a_thread_and_a_picture(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).press_sequentially("/ima")
    await expect(client.tab.locator("#suggestions li").first).to_contain_text("/imagine")
    await client.tab.keyboard.press("Enter")
    await client.tab.get_by_label("prompt").fill("a red fox in snow")
    await client.tab.get_by_text("More options").click()
    await client.tab.locator(".rest button", has_text="size").first.click()
    await client.tab.get_by_role("combobox", name="size").fill("16:9")
    await client.tab.get_by_role("button", name="Send").click()
    await client.open("a red fox in snow")
    await expect(client.pictures).to_have_attribute("alt", "AI-made: a red fox in snow")
    await expect(client.message("here is your picture")).to_contain_text("1664×936")
    await client.tab.reload()
    await expect(client.pictures).to_be_visible()


@on_a_phone
async def test_a_picture_is_attached_and_edited(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).fill("/edit prompt:make it night")
    await client.tab.keyboard.press("Enter")
    await client.tab.get_by_role("button", name="Choose a picture…").click()
    await client.tab.get_by_role("menuitem", name="fox.jpg").click()
    await expect(client.tab.locator(".preview img")).to_be_visible()
    await client.tab.get_by_role("button", name="Send").click()
    await client.open("make it night")
    await expect(client.message("here is your edited picture")).to_contain_text("fox.jpg")


@on_a_phone
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


@on_a_phone
async def test_a_style_is_seen_chosen_and_ordered(client: Client, sheets: None) -> None:  # noqa: ARG001
    await client.paint("a red fox in snow")
    await client.tab.get_by_role("button", name="Style").click()
    page = client.message("Which style?")
    await expect(page.get_by_alt_text("Influencer Anime")).to_be_visible()
    await page.get_by_role("button", name="Paint & ink").click()
    await expect(page.get_by_alt_text("Watercolor, Monet Garden")).to_be_visible()
    await client.messages.locator("select").select_option(value="watercolor")
    await client.message("Paint & ink").get_by_role("button", name="Stylize · ").click()
    await expect(client.message("here is your stylized picture")).to_be_visible()


async def test_one_of_three_is_opened_and_edited_and_more_marks_a_favourite(client: Client) -> None:
    await client.command("/imagine prompt:a red fox in snow count:3")
    await client.open("a red fox in snow")
    result = client.message("here are your 3 pictures")
    await result.get_by_role("button", name="3", exact=True).click()
    card = client.message("picture 3 of 3")
    await expect(card.locator("img")).to_be_visible()
    await expect(card.get_by_role("button", name="Again in HD")).to_be_visible()
    await card.get_by_role("button", name="Edit").click()
    form = client.tab.get_by_role("dialog", name="Edit picture 3")
    await form.get_by_label("What to change").fill("make it night")
    await form.get_by_role("button", name="Submit").click()
    await expect(client.message("here is your edited picture")).to_be_visible()
    await result.get_by_role("button", name="⋯ More").click()
    await client.messages.get_by_role("button", name="Favourite").click()
    await expect(client.messages.get_by_role("button", name="Favourite ✓")).to_be_visible()


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


@on_a_phone
async def test_a_private_answer_is_not_seen_by_the_other_member(client: Client) -> None:
    await client.command("/usage")
    await expect(client.message("Only you can see this")).to_be_visible()
    await client.is_now("Ben")
    await expect(client.tab.locator("#messages")).to_be_empty()
    await client.is_now("Ada")
    await expect(client.message("Only you can see this")).to_be_visible()


@on_a_phone
async def test_a_failing_spark_gives_the_refusals_words(client: Client) -> None:
    await client.tab.get_by_label("Behind the scenes").first.click()
    await client.tab.get_by_label("Spark is").select_option(label="Failing every task")
    await client.tab.get_by_label("Behind the scenes").first.click()
    await client.command("/imagine prompt:a red fox in snow")
    await expect(client.message("Nothing was charged").last).to_contain_text("Spark")


@on_a_phone
async def test_the_prices_of_a_choice_are_offered(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).fill("/imagine prompt:fox")
    await client.tab.keyboard.press("Enter")
    await client.tab.get_by_text("More options").click()
    await client.tab.locator(".rest button", has_text="count").first.click()
    offered = client.tab.get_by_role("listbox", name="Choices for count").get_by_role("option")
    await expect(offered).to_have_count(4)
    await expect(offered.last).to_contain_text(re.compile(r"4 .*\$"))
    await offered.nth(1).click()
    await expect(client.tab.get_by_role("combobox", name="count")).to_have_value(re.compile(r"2 .*\$"))
    await client.tab.get_by_role("button", name="Send").click()
    await client.open("fox")
    await expect(client.pictures).to_have_count(2)


async def test_a_moderator_sees_what_the_server_spent_and_a_member_is_not_offered_it(client: Client) -> None:
    await client.paint("a red fox in snow")
    await client.is_now("Mona (moderator)")
    await client.command("/spend server")
    await expect(client.message("What this server has")).to_contain_text("@Ada")
    await expect(client.message("What this server has").locator(".picture img")).to_be_visible()
    await client.is_now("Ben")
    await client.tab.get_by_label("Message", exact=True).fill("/spend")
    await expect(client.tab.locator("#suggestions")).to_be_hidden()


async def test_what_was_made_is_found_again_with_its_picture_and_gone_on_from(client: Client) -> None:
    await client.paint("a red fox in snow")
    await client.command("/history search:FOX")
    page = client.messages.filter(has_text="Dismiss").last
    await expect(page).to_contain_text("What you made here with “FOX”")
    await expect(page.locator(".container img")).to_have_count(1)
    await page.locator("select").select_option(index=1)
    await expect(page.get_by_role("button", name="Edit")).to_be_visible()
    await page.get_by_role("button", name="Edit").click()
    form = client.tab.locator("#form")
    await form.get_by_label("What to change").fill("make it night")
    await form.get_by_role("button", name="Submit").click()
    await expect(client.message("here is your edited picture")).to_be_visible()
    await page.get_by_role("button", name="Back").click()
    await expect(page).to_contain_text("What you made here with “FOX”")


@on_a_phone
async def test_what_a_client_does_not_send_is_said(client: Client) -> None:
    await client.tab.get_by_label("Message", exact=True).fill("/imagine prompt:fox")
    await client.tab.keyboard.press("Enter")
    await client.tab.evaluate("document.querySelector('[name=prompt]').required = false")
    await client.tab.get_by_label("prompt").fill("")
    await client.tab.get_by_role("button", name="Send").click()
    await expect(client.tab.get_by_role("alert")).to_contain_text("prompt is required")


@on_a_phone
async def test_a_limit_is_set_by_a_typed_command(client: Client) -> None:
    await client.is_now("Mona (moderator)")
    await client.command("/spend limit day:0.50")
    await expect(client.message("0.50").last).to_be_visible()


@on_a_phone
async def test_what_is_typed_and_belongs_nowhere_is_told(client: Client) -> None:
    for line, told in (
        ("/imagine prompt:fox colour:red", "/imagine has no option “colour”. It takes prompt,"),
        ("/imagine a red fox", "“a red fox” belongs to no option"),
        ("/imagine prompt:fox enhance:round", "enhance does not take “round”"),
        ("/imagine prompt:fox seed:abc", "seed does not take “abc”"),
        ("/edit prompt:night model:", "model has no value yet"),
        ("/usage period:fortnight", "period does not take “fortnight”"),
    ):
        await client.tab.get_by_label("Message", exact=True).fill(line)
        await client.tab.keyboard.press("Enter")
        await expect(client.tab.get_by_role("alert")).to_contain_text(told)
        await client.tab.keyboard.press("Escape")


@on_a_phone
async def test_a_command_with_words_that_belong_nowhere_is_not_sent_without_them(client: Client) -> None:
    await client.is_now("Mona (moderator)")
    line = client.tab.get_by_label("Message", exact=True)
    await line.fill("/spend limit user:Ada day:1")
    for _ in range(2):
        await client.tab.keyboard.press("Enter")
        await expect(client.tab.get_by_role("alert")).to_contain_text("/spend limit has no option “user”.")
        await expect(line).to_have_value("/spend limit user:Ada day:1")


@on_a_phone
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


@on_a_phone
async def test_an_application_that_does_not_respond_is_said(client: Client, stage: Stage) -> None:
    late = stage.discord.trouble.add(Trouble("POST", "/interactions/.*/callback", Kind.HANG))
    await client.command("/usage")
    await expect(client.message("The application did not respond")).to_be_visible()
    late.release()
