from decimal import Decimal

import pytest

from bot.domain.kinds import Kind
from bot.features.generation.forms.button import FormButton
from bot.features.generation.styles_at_once import StyledPictureSelect, StyleSelect
from bot.features.generation.stylize import StylizeButton
from bot.features.results.again import AgainButton, TryAgainButton
from bot.features.results.details import DetailsButton
from sandbox.discord import Channel, Message
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.photos import photo, picture_of, settings_of
from tests.e2e.pressing import (
    DAYS,
    NOBODYS,
    PLACES,
    Place,
    bot_view,
    chosen,
    labels,
    more,
    posted_by_bot,
    private,
    result,
)
from tests.e2e.styles import choose_picture, choose_style, head, order_button, ordered, pressable, styled

NUMBERS = ["1", "2", "3", "4"]
GESTURES = ["Again", "Edit", "Style", "Portrait", "⋯ More"]
places = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)


def home(message: Message) -> Channel:
    """Give where the results of clicks on a message go."""
    return message.channel


async def test_what_stands_under_a_result(bot: Harness) -> None:
    assert labels(await result(bot, count=4)) == [NUMBERS, GESTURES]
    assert labels(await bot.posted(await bot.command("/edit", prompt="night", image=photo()))) == [GESTURES]


@pytest.mark.parametrize(
    ("code", "below"),
    [("003001098", [["Try 2 and 3 again"]]), ("003001002", [])],
    ids=["may pass", "would fail again"],
)
async def test_what_failed_in_part_can_be_tried_again_where_that_may_help(
    bot: Harness, code: str, below: list[list[str]]
) -> None:
    failing = Trouble("submit", "fail", code=code, where=lambda params: params["seed"] > 5, times=2)
    bot.spark.trouble.add(failing)
    assert labels(await result(bot, seed=5, count=3)) == [GESTURES, *below]


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble("submit", "fail", code="003001098"),
        Trouble("submit", "answer", status=403, body='{"message": "balance"}'),
    ],
    ids=["Spark's own", "until it is topped up"],
)
async def test_a_notice_of_what_may_pass_has_nothing_but_try_again(bot: Harness, trouble: Trouble) -> None:
    bot.spark.trouble.add(trouble)
    notice = await result(bot)
    assert labels(notice) == [["Try again"]]
    await bot.posted(await bot.click(bot.alice, notice, "Try again"))


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble("submit", "fail", code="003001002"),
        Trouble("submit", "answer", status=400, body='{"message": "not allowed by our policy"}'),
    ],
    ids=["with a code", "in words"],
)
async def test_what_would_fail_again_is_not_tried_again_but_shown_to_be_changed(
    bot: Harness, trouble: Trouble
) -> None:
    bot.spark.trouble.add(trouble)
    notice = await result(bot)
    assert labels(notice) == [["Try again", "Details"]]
    [button, _] = notice.components[0]["components"]
    assert button["disabled"]
    assert "/imagine prompt:" in (await private(bot, await bot.click(bot.alice, notice, "Details"))).content
    # a message of an older version of the bot, or a hand-made click
    [job_id] = await bot.books.jobs()
    old = await posted_by_bot(bot, bot_view(TryAgainButton(job_id)))
    text = await bot.refused(await bot.click(bot.alice, old, "Try again"))
    assert "The same would come to nothing again" in text
    assert len(bot.submits) == 1


async def test_a_paid_picture_that_spark_has_lost_can_be_asked_for_again(bot: Harness) -> None:
    bot.spark.trouble.add(Trouble("file", "answer", status=410, body="gone"))
    notice = await result(bot)
    assert labels(notice) == [["Try again", "Again"]]
    await bot.posted(await bot.click(bot.alice, notice, "Again"))


@places
async def test_again_asks_for_the_same_with_a_new_seed(bot: Harness, place: Place) -> None:
    first = await result(bot, await place(bot), prompt="a red fox", seed=5, enhance="off", spoiler=True)
    again = await bot.click(bot.alice, first, "Again")
    posted = await bot.posted(again)
    before, after = (settings_of(submit) for submit in bot.submits)
    assert after["seed"] != before["seed"]
    assert {**after, "seed": 5} == before
    assert posted.channel is home(first)
    assert posted.attachments[0].filename == f"SPOILER_{again.id}-1.png"
    assert await bot.books.entries(again.id) == [(1, "reserve", "0.0065"), (1, "settle", "0.0065")]
    assert (await bot.books.job(again.id)).repeats_id == (await bot.books.jobs())[0]


async def test_again_of_an_edit_works_on_the_same_picture(bot: Harness) -> None:
    edited = await bot.posted(await bot.command("/edit", prompt="night", image=photo()))
    await bot.clock.advance(DAYS)
    await bot.posted(await bot.click(bot.alice, edited, "Again"), tick=1)
    first, second = bot.submits
    assert picture_of(first) == picture_of(second)
    assert first.params["seed"] != second.params["seed"]


async def test_again_of_a_picture_that_is_no_longer_kept_asks_for_it(bot: Harness) -> None:
    asked = await bot.command("/edit", prompt="night", image=photo())
    edited = await bot.posted(asked)
    await bot.clock.advance(8 * 24 * 3600)
    while (await bot.books.job(asked.id)).tasks[0].image_sha256 is not None:
        await bot.clock.advance(60)
    text = await bot.refused(await bot.click(bot.alice, edited, "Again"))
    assert "Its picture is no longer kept" in text


async def test_another_members_click_on_again_is_a_job_of_their_own(bot: Harness) -> None:
    first = await result(bot)
    posted = await bot.posted(await bot.click(bot.bob, first, "Again"))
    assert posted.pinged == {bot.bob.id}
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0")
    assert await bot.books.today(bot.bob, bot.guild) == ("0.0065", "0")


async def test_what_was_shown_to_the_bot_alone_is_made_again_by_its_owner_alone(bot: Harness) -> None:
    edited = await bot.posted(await bot.command("/edit", prompt="night", image=photo()))
    click = await bot.click(bot.bob, edited, "Again")
    text = await bot.refused(click)
    assert text.startswith("**This one is somebody else's.**")
    assert "**Edit** under the picture" in text
    assert click.response is None
    assert len(await bot.books.jobs()) == 1


@places
async def test_two_clicks_on_again_at_once_make_one_job(bot: Harness, place: Place) -> None:
    first = await result(bot, await place(bot))
    bot.spark.trouble.add(Trouble("submit", "never", times=None))
    clicks = [await bot.discord.click(bot.alice, first, "Again") for _ in range(2)]
    late = await bot.until(lambda: next((click for click in clicks if bot.private_answer(click)), None))
    assert "Already on it." in await bot.refused(late)
    assert len(await bot.books.jobs()) == 2
    await bot.logged("task.running")
    bot.finish()
    await bot.posted(next(click for click in clicks if click is not late), tick=1)
    assert len(bot.submits) == 2


async def test_a_replayed_click_is_one_job(bot: Harness) -> None:
    first = await result(bot)
    again = await bot.click(bot.alice, first, "Again")
    bot.discord.replay(again)
    await bot.logged("interaction.replayed")
    await bot.posted(again)
    assert len(bot.submits) == 2


@pytest.mark.parametrize("button", ["Again", "Edit", "Style", "Portrait"])
async def test_a_click_with_the_budget_spent_is_refused_at_once(harness: Harness, button: str) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.0325")})
    await harness.ready()
    first = await result(harness)
    await result(harness, count=4)
    click = await harness.click(harness.alice, first, button)
    text = await harness.refused(click)
    assert text.startswith("**Your $0.0325 for today is used up.**")
    assert click.modal is None
    assert len(await harness.books.jobs()) == 2


@places
async def test_a_style_is_chosen_in_private_and_its_picture_posted(bot: Harness, place: Place) -> None:
    first = await result(bot, await place(bot))
    offered = await private(bot, await bot.click(bot.alice, first, "Style"))
    assert list(pressable(offered)) == [
        "Anime & comics",
        "Paint & ink",
        "Light & mood",
        "3D & dolls",
        "Choose a style…",
        "Stylize · about $0.03",
        "Watermark…",
    ]
    assert len(pressable(offered)["Choose a style…"]["options"]) == 22
    assert order_button(offered)["disabled"]
    choice = await styled(bot, bot.alice, offered, "Watercolor Style")
    posted = await bot.posted(choice)
    submit = bot.submits[-1]
    assert submit.params["req_key"] == "img2img_water_paint_style_usage"
    assert picture_of(submit) == first.attachments[0].content
    assert posted.channel is home(first)
    assert choice.response is not None
    assert not choice.response.ephemeral
    parent = (await bot.books.job(choice.id)).parent
    assert parent is not None
    assert (parent.job_id, parent.position) == ((await bot.books.jobs())[0], 1)


async def test_anybody_stylizes_on_a_budget_of_their_own(bot: Harness) -> None:
    first = await result(bot)
    offered = await private(bot, await bot.click(bot.bob, first, "Style"))
    posted = await bot.posted(await styled(bot, bot.bob, offered, "Doll"))
    assert posted.pinged == {bot.bob.id}
    assert await bot.books.today(bot.alice, bot.guild) == ("0.0065", "0")
    assert await bot.books.today(bot.bob, bot.guild) == ("0.005", "0")


async def test_one_of_several_pictures_is_stylized(bot: Harness) -> None:
    first = await result(bot, count=3)
    offered = await private(bot, await bot.click(bot.alice, first, "Style"))
    await choose_style(bot, bot.alice, offered, "Angel Style")
    await choose_picture(bot, bot.alice, offered, "Picture 3")
    assert "**Angel Style**" in head(offered)
    await bot.posted(await ordered(bot, bot.alice, offered))
    assert picture_of(bot.submits[-1]) == first.attachments[2].content


async def test_the_same_style_pressed_twice_at_once_is_one_job(bot: Harness) -> None:
    offered = await private(bot, await bot.click(bot.alice, await result(bot), "Style"))
    await choose_style(bot, bot.alice, offered, "Doll")
    bot.spark.trouble.add(Trouble("submit", "never", times=None))
    button = order_button(offered)["custom_id"]
    choices = [await bot.discord.click(bot.alice, offered, button) for _ in range(2)]
    late = await bot.until(lambda: next((each for each in choices if bot.private_answer(each)), None))
    assert "Already on it." in await bot.refused(late)
    await bot.logged("task.running")
    bot.finish()
    await bot.posted(next(each for each in choices if each is not late), tick=1)
    assert len(await bot.books.jobs()) == 2


@places
async def test_everything_works_after_a_restart_days_later(harness: Harness, place: Place) -> None:
    await harness.start()
    await harness.ready()
    first = await result(harness, await place(harness), count=2)
    await harness.stop()
    await harness.clock.advance(DAYS)
    await harness.start(seed=12)
    await harness.ready()
    await harness.posted(await harness.click(harness.alice, first, "Again"), tick=1)
    assert (await private(harness, await more(harness, harness.alice, first, "Details"))).content
    assert (await private(harness, await more(harness, harness.alice, first, "Delete"))).components
    assert (await harness.click(harness.alice, first, "Edit")).modal is not None
    assert (await harness.click(harness.alice, first, "Portrait")).modal is not None
    offered = await private(harness, await harness.click(harness.alice, first, "Style"))
    await harness.stop()
    await harness.start(seed=13)
    await harness.ready()
    await choose_picture(harness, harness.alice, offered, "Picture 2")
    await harness.posted(await styled(harness, harness.alice, offered, "Doll"), tick=1)
    assert picture_of(harness.submits[-1]) == first.attachments[1].content


async def test_the_picture_of_a_deleted_message_cannot_be_stylized(bot: Harness) -> None:
    first = await result(bot)
    offered = await private(bot, await bot.click(bot.alice, first, "Style"))
    bot.discord.delete(first)
    text = await bot.refused(await styled(bot, bot.alice, offered, "Doll"))
    assert "The picture is gone" in text
    assert len(await bot.books.jobs()) == 1


@pytest.mark.parametrize("job_id", NOBODYS)
@pytest.mark.parametrize("button", [AgainButton, StylizeButton, DetailsButton, TryAgainButton])
async def test_a_button_of_a_job_that_there_is_not_is_refused(
    bot: Harness,
    button: type[AgainButton | StylizeButton | DetailsButton | TryAgainButton],
    job_id: int,
) -> None:
    message = await posted_by_bot(bot, bot_view(button(job_id)))
    text = await bot.refused(await bot.click(bot.alice, message, f"{button(job_id).custom_id}"))
    assert "I no longer know this picture" in text or "The picture is gone" in text


@pytest.mark.parametrize("job_id", NOBODYS)
async def test_a_form_or_a_style_for_a_job_that_there_is_not_is_refused(bot: Harness, job_id: int) -> None:
    items = [FormButton(Kind.EDIT, job_id), StyledPictureSelect(job_id, [1, 3], 1), StyleSelect(job_id, 4)]
    message = await posted_by_bot(bot, bot_view(*items))
    opened = await bot.click(bot.alice, message, "Edit")
    assert "The picture is gone" in await bot.refused(opened)
    assert "no longer know this picture" in await bot.refused(
        await chosen(bot, bot.alice, message, "Choose a style…", "Doll")
    )
    await chosen(bot, bot.alice, message, "Picture", "Picture 3")
    assert await bot.books.jobs() == []
