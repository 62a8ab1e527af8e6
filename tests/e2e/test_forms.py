from decimal import Decimal

import pytest

from sandbox.discord import Permissions
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.markup import as_shown
from tests.e2e.photos import picture_of, settings_of
from tests.e2e.pressing import (
    DAYS,
    PLACES,
    Place,
    fields,
    form_sent,
    refused_with_words,
    result,
    submitted,
)

WORDS = "make it *night*, ``` and <b>starry</b>"
places = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


@places
async def test_words_change_the_picture_and_the_result_goes_where_it_stands(bot: Harness, place: Place) -> None:
    first = await result(bot, await place(bot))
    sent = await form_sent(bot, bot.alice, first, "Edit", **{"What to change": " make it night "})
    posted = await bot.posted(sent)

    submit = bot.submits[-1]
    assert submit.model == "spark_edit_3_0"
    assert settings_of(submit) == {"prompt": "make it night", "seed": submit.params["seed"]}
    assert picture_of(submit) == first.attachments[0].content
    assert posted.channel is first.channel
    assert posted.pinged == {bot.alice.id}
    job = await bot.books.job(sent.id)
    assert job.parent is not None
    assert (job.parent.job_id, job.parent.position) == ((await bot.books.jobs())[0], 1)


@pytest.mark.parametrize(
    ("values", "model", "params"),
    [
        ({"Strength": "0.25"}, "spark_edit_3_0", {"scale": 0.25}),
        ({"Strength": "0,25"}, "spark_edit_3_0", {"scale": 0.25}),
        ({"Strength": " 1 "}, "spark_edit_3_0", {"scale": 1}),
        ({"How": "structure"}, "spark_i2i_3_0", {}),
        ({"How": "structure", "Strength": "0"}, "spark_i2i_3_0", {"scale": 0}),
    ],
    ids=str,
)
async def test_each_field_of_an_edit_reaches_spark(
    bot: Harness, values: dict[str, str], model: str, params: dict[str, float]
) -> None:
    await bot.posted(await form_sent(bot, bot.alice, await result(bot), "Edit", prompt="night", **values))
    submit = bot.submits[-1]
    assert submit.model == model
    assert settings_of(submit) == {"prompt": "night", "seed": submit.params["seed"], **params}


@pytest.mark.parametrize("usual", ["spark_edit_3_0", "spark_i2i_3_0"])
async def test_the_usual_model_is_chosen_already(harness: Harness, usual: str) -> None:
    await harness.start(spark={"edit_model": usual})
    await harness.ready()
    await harness.posted(await form_sent(harness, harness.alice, await result(harness), "Edit", prompt="night"))
    assert harness.submits[-1].model == usual


@pytest.mark.parametrize(
    ("values", "params"),
    [
        ({}, {}),
        ({"The portrait that you want": "as a king"}, {"prompt": "as a king"}),
        ({"The portrait that you want": "  "}, {}),
        (
            {"prompt": "as a king", "Mode": "character", "Face clarity": "0.7", "Beautify": "0", "Even skin": "1"},
            {"prompt": "as a king", "gen_mode": "reference_char", "gpen": 0.7, "skin": 0, "skin_unifi": 1},
        ),
    ],
    ids=str,
)
async def test_each_field_of_a_portrait_reaches_spark(
    bot: Harness, values: dict[str, str], params: dict[str, object]
) -> None:
    first = await result(bot)
    await bot.posted(await form_sent(bot, bot.bob, first, "Portrait", **values))
    submit = bot.submits[-1]
    assert submit.model == "spark_edit_portrait"
    assert settings_of(submit) == {"seed": submit.params["seed"], **params}
    assert bot.spark.tasks[submit.task_id or ""].order.source == first.attachments[0].content


@pytest.mark.parametrize(("button", "count"), [("Edit", 3), ("Portrait", 3)])
async def test_one_of_several_pictures_is_chosen_in_the_form(bot: Harness, button: str, count: int) -> None:
    first = await result(bot, count=count)
    opened = await bot.click(bot.alice, first, button)
    which = fields(opened)["Which picture"]
    assert [option["label"] for option in which["options"]] == ["Picture 1", "Picture 2", "Picture 3"]
    sent = await submitted(bot, opened, prompt="night", picture="Picture 3")
    await bot.posted(sent)
    source = bot.spark.tasks[bot.submits[-1].task_id or ""].order.source
    assert source == first.attachments[2].content
    parent = (await bot.books.job(sent.id)).parent
    assert parent is not None
    assert parent.position == 3


async def test_the_first_picture_is_chosen_already(bot: Harness) -> None:
    first = await result(bot, count=2)
    await bot.posted(await form_sent(bot, bot.alice, first, "Edit", prompt="night"))
    assert picture_of(bot.submits[-1]) == first.attachments[0].content


async def test_a_single_picture_is_not_asked_for(bot: Harness) -> None:
    first = await result(bot)
    assert list(fields(await bot.click(bot.alice, first, "Edit"))) == [
        "What to change",
        "How",
        "Strength",
        "Spoiler",
    ]
    assert list(fields(await bot.click(bot.alice, first, "Portrait")))[-1] == "Even skin"


async def test_a_late_pictures_form_is_about_that_picture(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("submit", "never", where=lambda params: params["seed"] == 61))
    asked = await bot.imagine(seed=60, count=2)
    await bot.logged("task.running")
    await bot.clock.advance(15 * 60)
    await bot.posted(asked, tick=1)
    bot.finish()
    await bot.until(lambda: len(bot.posts(asked)) == 2, tick=10)
    await bot.done(tick=1)
    _, late = bot.posts(asked)
    sent = await form_sent(bot, bot.alice, late, "Edit", prompt="night")
    await bot.posted(sent, tick=1)
    assert picture_of(bot.submits[-1]) == late.attachments[0].content
    parent = (await bot.books.job(sent.id)).parent
    assert parent is not None
    assert parent.position == 2


async def test_anybody_edits_on_a_budget_of_their_own(bot: Harness) -> None:
    first = await result(bot)
    posted = await bot.posted(await form_sent(bot, bot.bob, first, "Edit", prompt="night"))
    assert posted.pinged == {bot.bob.id}
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0")
    assert await bot.books.today(bot.bob, bot.guild) == ("0.008", "0")


@pytest.mark.parametrize("strength", ["much", "1.5", "-1", "0.5.5"])
async def test_a_wrong_strength_is_refused_at_once_and_nothing_typed_is_lost(bot: Harness, strength: str) -> None:
    sent = await form_sent(bot, bot.alice, await result(bot), "Edit", prompt=WORDS, strength=strength)
    text = await refused_with_words(bot, sent, WORDS)
    assert text.startswith("**The strength cannot be ")
    assert as_shown(text).endswith(f"-# strength: {strength}")
    assert sent.response is not None  # there was no deferral to delete
    assert len(await bot.books.jobs()) == 1


async def test_words_that_are_only_spaces_are_refused(bot: Harness) -> None:
    sent = await form_sent(bot, bot.alice, await result(bot), "Edit", prompt="   ")
    text = await bot.refused(sent)
    assert "The prompt has" in text
    assert "```" not in text


async def test_a_budget_that_is_spent_while_the_form_is_open_gives_the_words_back(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.0365")})
    await harness.ready()
    opened = await harness.click(harness.alice, await result(harness), "Edit")
    await result(harness)
    sent = await submitted(harness, opened, prompt=WORDS)
    text = await refused_with_words(harness, sent, WORDS)
    assert "left today" in text
    assert sent.response is None  # the deferral that everybody saw is gone
    assert len(await harness.books.jobs()) == 2


@places
async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(harness: Harness, place: Place) -> None:
    await harness.start()
    await harness.ready()
    first = await result(harness, await place(harness))
    edit = await harness.click(harness.alice, first, "Edit")
    portrait = await harness.click(harness.alice, first, "Portrait")
    await harness.stop()
    await harness.start(seed=12)
    await harness.ready()
    for opened in (edit, portrait):
        await harness.posted(await submitted(harness, opened, prompt="as a king"))
    sources = [harness.spark.tasks[submit.task_id or ""].order.source for submit in harness.submits[1:]]
    assert sources == [first.attachments[0].content] * 2


@places
async def test_forms_work_days_later(bot: Harness, place: Place) -> None:
    first = await result(bot, await place(bot))
    await bot.clock.advance(DAYS)
    opened = await bot.click(bot.alice, first, "Edit")
    await bot.clock.advance(DAYS)
    await bot.posted(await submitted(bot, opened, prompt="night"), tick=1)
    assert picture_of(bot.submits[-1]) == first.attachments[0].content


async def test_a_message_that_is_deleted_while_the_form_is_open(bot: Harness) -> None:
    first = await result(bot)
    opened = await bot.click(bot.alice, first, "Edit")
    bot.discord.delete(first)
    await refused_with_words(bot, await submitted(bot, opened, prompt=WORDS), WORDS)
    assert len(await bot.books.jobs()) == 1


async def test_a_missing_permission_is_named_before_anybody_types(bot: Harness) -> None:
    first = await result(bot)
    assert first.channel.parent is bot.general
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=Permissions.ATTACH_FILES)
    opened = await bot.click(bot.alice, first, "Edit")
    assert "Attach Files" in await bot.refused(opened)
    assert opened.modal is None


async def test_a_permission_that_is_lost_while_the_form_is_open_is_named_and_the_words_given_back(
    bot: Harness,
) -> None:
    opened = await bot.click(bot.alice, await result(bot), "Edit")
    bot.discord.set_overwrite(bot.general, bot.guild.everyone, deny=Permissions.ATTACH_FILES)
    text = await refused_with_words(bot, await submitted(bot, opened, prompt=WORDS), WORDS)
    assert "Attach Files" in text


@pytest.mark.parametrize("button", ["Again", "Edit", "Style", "Portrait", "⋯ More"])
async def test_where_the_bot_is_no_longer_allowed_no_button_works(harness: Harness, button: str) -> None:
    await harness.start()
    await harness.ready()
    first = await result(harness)
    await harness.stop()
    await harness.start(discord={"allowed_guilds": frozenset({1})})
    await harness.ready()
    text = await harness.refused(await harness.click(harness.alice, first, button))
    assert text.startswith("**I am not switched on for this server.**")


async def test_no_form_is_kept_in_memory(bot: Harness) -> None:
    first = await result(bot)
    for _ in range(3):
        await bot.click(bot.alice, first, "Edit")
    assert not bot.app.client._connection._view_store._modals
