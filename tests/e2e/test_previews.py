"""The small picture on a status message whose result stands elsewhere."""

import io
from typing import Any

import pytest
from PIL import Image

from sandbox.discord import Attachment, Kind, Message, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.deleting import deleted
from tests.e2e.harness import Harness
from tests.e2e.pressing import PLACES, Place, fields, menu, submitted
from tests.e2e.talking import answers_to, at, edited, say

EDITS = r"/webhooks/\d+/[^/]+/messages/\d+"
BYTES_MAX = 80_000


async def made(bot: Harness, **options: Any) -> Message:
    """Have alice make pictures in #general, and give the status message."""
    asked = await bot.imagine(**options)
    await bot.posted(asked, tick=1)
    assert asked.response is not None
    return asked.response


def preview(status_message: Message) -> Attachment:
    [file] = status_message.attachments
    return file


async def test_it_rides_on_the_edit_that_tells_of_the_end(bot: Harness) -> None:
    before = len(bot.discord.requests)
    status_message = await made(bot, prompt="a red fox")
    file = preview(status_message)
    assert file.filename.endswith("-preview.webp")
    assert file.description == "AI-made: a red fox (1 picture in small)"
    assert len(file.content) <= BYTES_MAX
    assert Image.open(io.BytesIO(file.content)).size == (720, 720)
    asked = [(each.method, len(each.filenames)) for each in bot.discord.requests.requests[before:]]
    # the answer, the same edited, the thread, the result, the answer edited once more
    assert asked == [("POST", 0), ("PATCH", 0), ("POST", 0), ("POST", 1), ("PATCH", 1)]


async def test_several_pictures_are_one_sheet(bot: Harness) -> None:
    file = preview(await made(bot, count=4, size="16:9"))
    assert file.description == "AI-made: a red fox (4 pictures in small)"
    width, height = Image.open(io.BytesIO(file.content)).size
    assert width == 720
    assert width / height == pytest.approx(16 / 9, rel=0.02)


async def test_a_spoiler_has_none(bot: Harness) -> None:
    assert (await made(bot, spoiler=True)).attachments == []


@pytest.mark.parametrize("place", [PLACES["thread"], PLACES["direct"]], ids=["thread", "direct"])
async def test_nor_has_one_whose_result_stands_beside_it(bot: Harness, place: Place) -> None:
    asked = await bot.imagine(place=await place(bot))
    await bot.posted(asked)
    assert asked.response is not None
    assert asked.response.attachments == []


async def test_a_reply_to_it_edits_its_original(bot: Harness) -> None:
    status_message = await made(bot)
    said = await say(bot, at(bot, "make it night"), reply_to=status_message)
    await edited(bot, said)
    assert _source(bot) == _original(bot)
    [answer] = answers_to(bot, said)
    assert preview(answer).filename == f"{said.id}-preview.webp"


async def test_its_menu_is_about_its_originals(bot: Harness) -> None:
    status_message = await made(bot, count=2)
    opened = await menu(bot, bot.bob, status_message, "Edit image")
    assert len(next(iter(fields(opened).values()))["options"]) == 2
    sent = await submitted(bot, opened, **{"What to change": "make it night"})
    await bot.posted(sent)
    assert _source(bot) == _original(bot)


@pytest.mark.parametrize(("status", "code"), [(400, 20009), (413, 40005), (403, 50013)])
async def test_where_discord_does_not_take_it_the_words_stand_without_it(
    bot: Harness, status: int, code: int
) -> None:
    refusing = Trouble("PATCH", EDITS, status=status, code=code)
    bot.spark.trouble.add(SparkTrouble("submit", "never"))
    asked = await bot.imagine()
    await bot.first_status(asked)
    await bot.logged("task.running")
    bot.discord.trouble.add(refusing)
    bot.finish()
    await bot.posted(asked, tick=1)
    assert asked.response is not None
    assert asked.response.content.startswith("🖼️")
    assert asked.response.attachments == []


async def test_it_goes_with_the_result(bot: Harness) -> None:
    asked = await bot.imagine()
    posted = await bot.posted(asked)
    await deleted(bot, bot.alice, posted)
    assert asked.response is not None
    assert asked.response.content.startswith("🗑️")
    assert asked.response.attachments == []


async def test_the_next_start_makes_it_where_a_crash_came_before_it(harness: Harness) -> None:
    await harness.start()
    await harness.ready()
    hang = harness.discord.trouble.add(Trouble("PATCH", EDITS, Kind.HANG, times=9))
    asked = await harness.imagine()
    await harness.until(lambda: harness.posts(asked))
    await hang.reached.wait()
    harness.discord.trouble.clear()
    await harness.stop()
    await harness.start(seed=12)
    await harness.ready()
    await harness.done(tick=1)
    assert asked.response is not None
    assert preview(asked.response).filename == f"{asked.id}-preview.webp"


def _source(bot: Harness) -> bytes | None:
    return bot.spark.tasks[bot.submits[-1].task_id or ""].order.source


def _original(bot: Harness) -> bytes:
    return bot.posts()[0].attachments[0].content
