"""A portrait's picture that Spark cannot take as it stands in Discord: its copy is posted in sight on consent."""

import asyncio
import io
import itertools
from collections.abc import Callable

import pytest
from PIL import Image

from sandbox.discord import ClientRefusal, Upload
from sandbox.discord.http.trouble import Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.consenting import GO_ON, asked, copies, from_a_phone
from tests.e2e.harness import Harness
from tests.e2e.photos import photo
from tests.spark.images.pictures import encoded, exif, scene

GONE = "**This was sent already, or has waited too long.**"


def holiday() -> Upload:
    """Give a photo that tells where it was taken."""
    return Upload(0, "holiday.jpg", encoded(scene(640, 800), "JPEG", exif=exif(place=True)))


async def nothing_came_of_it(bot: Harness) -> bool:
    return not (bot.posts() or bot.submits or await bot.books.jobs() or await bot.books.images())


@pytest.mark.parametrize(
    ("picture", "done", "instead"),
    [
        (from_a_phone, "converted from HEIC to JPEG", "or a JPEG or PNG that needs no such change"),
        (
            holiday,
            "removed its hidden data, with the place where it was taken",
            "which does not tell where it was taken",
        ),
    ],
    ids=["HEIC", "with a place"],
)
async def test_a_copy_in_sight_of_others_is_asked_for_in_private(
    bot: Harness, picture: Callable[[], Upload], done: str, instead: str
) -> None:
    interaction, question = await asked(bot, picture())
    assert question.ephemeral
    assert question.content.startswith("**May I post a copy of this picture here?**")
    assert f"this one has to be changed first ({done})" in question.content
    assert question.content.endswith(f"or send a screenshot of it, {instead}.")
    assert await nothing_came_of_it(bot)
    assert await bot.books.today(bot.alice, bot.guild) == ("0", "0")
    assert bot.discord.visible(bot.general, bot.bob) == []
    assert interaction.response is None or interaction.response.deleted


async def test_on_consent_the_copy_is_posted_and_the_portrait_made(bot: Harness) -> None:
    _, question = await asked(bot, holiday())
    click = await bot.click(bot.alice, question, GO_ON)
    result = await bot.posted(click)

    (copy,) = copies(bot.general)
    data = copy.attachments[0].content
    assert Image.open(io.BytesIO(data)).getexif() == {}
    assert b"SecretCam" not in data
    assert copy.pinged == set()
    [submit] = bot.submits
    assert bot.spark.tasks[submit.task_id or ""].order.source == data
    assert [file.filename for file in result.attachments] == [f"{click.id}-1.png"]
    assert await bot.books.entries(click.id) == [(1, "reserve", "0.03"), (1, "settle", "0.02")]


async def test_two_clicks_are_one_portrait(bot: Harness) -> None:
    _, question = await asked(bot, from_a_phone())
    first, second = await asyncio.gather(*(bot.click(bot.alice, question, GO_ON) for _ in range(2)))
    answer = await bot.until(lambda: bot.private_answer(first) or bot.private_answer(second))
    assert answer.content.startswith(GONE)
    # nobody else has seen it work on the second one
    assert answer in (first.response, second.response)
    await bot.posted(first if bot.private_answer(second) else second)
    assert len(bot.submits) == len(copies(bot.general)) == len(await bot.books.jobs()) == 1


async def test_whoever_was_asked_before_a_restart_consents_afterwards(bot: Harness) -> None:
    _, question = await asked(bot, from_a_phone())
    await bot.stop()
    await bot.start()
    await bot.ready()
    await bot.posted(await bot.click(bot.alice, question, GO_ON))
    assert len(copies(bot.general)) == 1


async def test_a_question_that_has_waited_too_long_is_asked_anew(bot: Harness) -> None:
    _, question = await asked(bot, from_a_phone())
    await bot.clock.advance(15 * 60)
    said = await bot.refused(await bot.click(bot.alice, question, GO_ON))
    assert said.startswith(GONE)
    assert await nothing_came_of_it(bot)


async def test_nobody_else_can_consent(bot: Harness) -> None:
    _, question = await asked(bot, from_a_phone())
    with pytest.raises(ClientRefusal):
        await bot.click(bot.bob, question, GO_ON)


async def test_a_channel_for_copies_keeps_them_out_of_sight_without_a_question(harness: Harness) -> None:
    assets = harness.discord.add_channel(harness.guild, "assets")
    await harness.start(discord={"assets_channel_id": assets.id})
    await harness.ready()
    click = await harness.command("/portrait", prompt="as a pirate", image=holiday())
    await harness.posted(click)
    assert len(copies(assets)) == 1
    assert copies(harness.general) == []
    assert harness.bill == "0.02"


async def test_in_direct_messages_nobody_is_asked(bot: Harness) -> None:
    dm = bot.discord.direct_messages(bot.alice)
    await bot.posted(await bot.command("/portrait", place=dm, prompt="as a pirate", image=from_a_phone()))
    assert len(copies(dm)) == 1


async def test_a_picture_that_spark_takes_as_it_stands_is_not_posted(bot: Harness) -> None:
    await bot.posted(await bot.command("/portrait", prompt="as a pirate", image=photo()))
    assert copies(bot.general) == []


async def test_a_picture_that_vanishes_while_it_waits_is_told_and_costs_nothing(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "answer", status=429, headers={"Retry-After": "700"}, body="{}"))
    waiting = await bot.command("/portrait", prompt="as a pirate", image=photo())
    await bot.logged("task.requeued")
    await bot.clock.advance(12 * 60)
    notice = await bot.posted(waiting, tick=5)
    assert "Discord no longer has its picture" in notice.content
    assert "Nothing was charged." in notice.content
    assert await bot.books.entries(waiting.id) == [(1, "reserve", "0.03"), (1, "release", "0.03")]
    assert bot.bill == "0"


async def test_trying_again_with_a_file_that_has_vanished_asks_for_a_copy(bot: Harness) -> None:
    bot.spark.trouble.add(SparkTrouble("submit", "fail", code="003010099"))
    notice = await bot.posted(await bot.command("/portrait", prompt="as a pirate", image=photo()))
    await bot.clock.advance(30 * 60)
    click = await bot.click(bot.alice, notice, "Try again")
    assert "Discord no longer has the file that came with the command" in await bot.refused(click)
    question = bot.private_answer(click)
    assert question is not None
    result = await bot.posted(await bot.click(bot.alice, question, GO_ON))
    assert len(result.attachments) == len(copies(bot.general)) == 1


@pytest.mark.parametrize(
    ("times", "asleep", "told"),
    [(9, 0, "here is your portrait"), (999, 15 * 60, "Its picture could not be handed to Spark")],
)
async def test_while_discord_takes_no_copy_the_task_waits_but_not_for_ever(
    harness: Harness, times: int, asleep: float, told: str
) -> None:
    assets = harness.discord.add_channel(harness.guild, "assets")
    await harness.start(discord={"assets_channel_id": assets.id})
    await harness.ready()
    path = f"/channels/{assets.id}/messages"
    harness.discord.trouble.add(Trouble("POST", path, status=503, times=times))
    asked = await harness.command("/portrait", prompt="as a pirate", image=holiday())
    await harness.logged("task.postponed", times=9, tick=10)
    await harness.clock.leap(asleep)
    message = await harness.posted(asked, tick=10)
    assert told in message.content
    tried = [each.when for each in harness.discord.requests.matching("POST", path)]
    assert all(later - earlier >= 5 for earlier, later in itertools.pairwise(tried[:times]))
    assert len(copies(assets)) == len(harness.submits) == len(message.attachments) == (1 if times == 9 else 0)
