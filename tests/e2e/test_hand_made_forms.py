import pytest

from tests.e2e.harness import Harness
from tests.e2e.pressing import (
    NOBODYS,
    hand_made_form,
    private,
    refused_with_words,
    result,
    sent_by_hand,
    submitted,
)

WORDS = "make it *night*, ``` and <b>starry</b>"


async def test_a_job_whose_record_is_erased_while_the_form_is_open(bot: Harness) -> None:
    opened = await bot.click(bot.alice, await result(bot), "Edit")
    job_id = (await bot.books.jobs())[0]
    gone = await hand_made_form(bot, bot.alice, f"form:edit:r{job_id + 1}:1", prompt=WORDS)
    assert "I no longer know this picture" in await refused_with_words(bot, gone, WORDS)
    await bot.posted(await submitted(bot, opened, prompt="night"))


@pytest.mark.parametrize(
    "custom_id",
    [
        "form:edit",
        "form:paint:r5:1",
        "form:edit:x5:1",
        "form:edit:d../../etc:1",
        "🦊",
        *(f"form:{kind}:r{job}:{n}" for kind in ("edit", "portrait") for job in NOBODYS for n in (1, 99)),
        *(f"form:edit:r{job}" for job in NOBODYS),
        "form:stylize:r5:1",
        "form:edit:d1-1:1",
        "form:edit:d1-1",
    ],
)
async def test_a_hand_made_form_is_refused(bot: Harness, custom_id: str) -> None:
    values = {"prompt": WORDS, "picture": "-7", "style": "oil"}
    text = await bot.refused(await hand_made_form(bot, bot.alice, custom_id, **values))
    assert text.startswith("**")
    assert await bot.books.jobs() == []


@pytest.mark.parametrize("number", ["0", "2", "9", "-1", "x", "", "99999999999"])
async def test_a_picture_that_there_is_not_is_refused(bot: Harness, number: str) -> None:
    await result(bot)
    [job_id] = await bot.books.jobs()
    sent = await hand_made_form(bot, bot.alice, f"form:edit:r{job_id}", prompt=WORDS, picture=number)
    assert "The picture is gone" in await refused_with_words(bot, sent, WORDS)
    assert await bot.books.jobs() == [job_id]


PROMPT = {"type": 4, "custom_id": "prompt", "value": "night"}


@pytest.mark.parametrize(
    "components",
    [
        None,
        "prompt",
        {"0": PROMPT},
        ["prompt"],
        [None],
        [PROMPT, 5],
        [{"type": 18, "component": "prompt"}],
        [{"type": 18, "component": {**PROMPT, "custom_id": None}}],
        [{"type": 18, "component": {"type": 3, "custom_id": "prompt", "values": 5}}],
        [{"type": 1, "components": 7}],
        [{"type": 1, "components": [[PROMPT]]}],
        *([{"type": 18, "component": {**PROMPT, "value": value}}] for value in (12, True, ["x"], {"a": "x"})),
        [{"type": 18, "component": {"type": 3, "custom_id": "prompt", "values": [800]}}],
    ],
)
async def test_a_form_of_another_shape_is_refused_in_private(bot: Harness, components: object) -> None:
    await result(bot)
    [job_id] = await bot.books.jobs()
    sent = await sent_by_hand(bot, bot.alice, {"custom_id": f"form:edit:r{job_id}:1", "components": components})
    told = await private(bot, sent)
    assert "I no longer know this form." in told.content
    assert told is sent.response
    assert await bot.books.jobs() == [job_id]


async def test_more_words_than_a_message_holds_are_given_back_in_part(bot: Harness) -> None:
    text = await bot.refused(await hand_made_form(bot, bot.alice, "form:edit:r5:1", prompt="x" * 4000))
    assert "The prompt has" in text
    assert f"```\n{'x' * 1000}\n```" in text


async def test_a_replayed_click_opens_one_form_and_a_replayed_form_makes_one_job(bot: Harness) -> None:
    opened = await bot.click(bot.alice, await result(bot), "Edit")
    bot.discord.replay(opened)
    await bot.logged("interaction.not_begun")
    assert bot.private_answer(opened) is None
    sent = await submitted(bot, opened, prompt="night")
    bot.discord.replay(sent)
    await bot.logged("interaction.replayed")
    await bot.posted(sent)
    assert len(bot.submits) == 2
