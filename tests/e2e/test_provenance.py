"""What posted pictures tell machines, and those who do not see them, of how they were made."""

from collections.abc import Sequence

import pytest

from sandbox.spark.order import Order, Paint
from sandbox.spark.painter import swatch
from sandbox.spark.provenance import holds, with_provenance
from spark.images.provenance import FROM_A_PICTURE, FROM_WORDS
from tests.e2e.harness import Harness
from tests.e2e.photos import photo
from tests.e2e.pressing import private, result
from tests.e2e.talking import at, edited, say
from tests.spark.images.pictures import encoded, scene
from tests.spark.images.told import pixels_of, told_in

TOLD_BY_SPARK, SIGNED, PLAIN = 1, 2, 3
"""Seeds of a picture that tells how it was made, of one that is signed besides, and of one that tells nothing."""


@pytest.fixture
def paint() -> Paint:
    """Paint what the real Spark may give."""
    return lambda order: with_provenance(swatch(order), order)


async def made_by_spark(bot: Harness) -> Sequence[bytes]:
    """Give the files that Spark has made, in the order in which they were asked for."""
    tasks = (bot.spark.tasks[submit.task_id or ""] for submit in bot.submits)
    return [await picture for task in tasks for picture in task.pictures.values()]


# invariant I17
async def test_each_picture_tells_it_beside_what_spark_has_written(bot: Harness) -> None:
    asked = await bot.imagine(prompt="a secret fox", seed=TOLD_BY_SPARK, count=3)
    posted = [file.content for file in (await bot.posted(asked)).attachments]
    made = await made_by_spark(bot)
    assert [told_in(file)["DigitalSourceType"] for file in posted] == [FROM_WORDS] * 3
    assert [pixels_of(file) for file in posted] == [pixels_of(file) for file in made]
    assert (posted[1], holds(posted[1])) == (made[1], True)
    ours = {
        "AISystemUsed": "Spark",
        "AISystemVersionUsed": "spark_t2i_3_0",
        "TransmissionReference": str(asked.id),
    }
    assert told_in(posted[0]).items() >= {**ours, "CreatorTool": "Spark's own", "seed": "1"}.items()
    assert told_in(posted[2]).items() >= {**ours, "CreatorTool": "Spark spark_t2i_3_0"}.items()
    assert not any(word in file for file in posted for word in (b"secret", b"alice", str(bot.alice.id).encode()))
    assert asked.response is not None
    [preview] = asked.response.attachments
    assert told_in(preview.content)["DigitalSourceType"] == FROM_WORDS


@pytest.mark.parametrize("command", ["/edit", "/portrait"])
@pytest.mark.parametrize("seed", [TOLD_BY_SPARK, SIGNED, PLAIN])
async def test_work_on_a_picture_says_so(bot: Harness, command: str, seed: int) -> None:
    posted = await bot.posted(await bot.command(command, prompt="at night", image=photo(), seed=seed))
    [file] = posted.attachments
    assert told_in(file.content)["DigitalSourceType"] == FROM_A_PICTURE
    assert (file.description or "").startswith("AI-made ")


@pytest.mark.parametrize("seed", [TOLD_BY_SPARK, SIGNED, PLAIN])
async def test_what_a_result_tells_is_no_hidden_data_when_it_is_edited(bot: Harness, seed: int) -> None:
    said = await say(bot, at(bot, "make it night"), reply_to=await result(bot, seed=seed))
    posted = await edited(bot, said)
    assert "hidden data" not in posted.content
    source = bot.spark.tasks[bot.submits[-1].task_id or ""].order.source
    assert source is not None
    assert told_in(source)["DigitalSourceType"] == FROM_WORDS


def large(order: Order) -> bytes:
    return with_provenance(swatch(order), order).ljust(11_000_000, b"\0")


@pytest.mark.parametrize("paint", [large])
async def test_what_is_made_smaller_tells_it_too(bot: Harness) -> None:
    posted = await result(bot, seed=TOLD_BY_SPARK, count=2)
    told = [told_in(file.content) for file in posted.attachments]
    assert all(file.filename.endswith(".jpg") for file in posted.attachments)
    assert [each["DigitalSourceType"] for each in told] == [FROM_WORDS] * 2
    assert [each["seed"] for each in told] == ["1", "2"]


def gif(order: Order) -> bytes:
    return encoded(scene(*order.size), "GIF")


@pytest.mark.parametrize("paint", [gif])
async def test_what_cannot_be_stamped_is_posted_as_it_is_and_the_log_says_so_once_aloud(bot: Harness) -> None:
    posted = await result(bot, count=2)
    assert [file.content for file in posted.attachments] == list(await made_by_spark(bot))
    told = [entry for entry in bot.log if entry["event"] == "picture.not_stamped"]
    assert [(entry["log_level"], entry["so_far"]) for entry in told] == [("warning", 1), ("info", 2)]
    assert told[0]["reason"] == "XMP is not written into GIF."


async def test_private_pages_say_it_too(bot: Harness) -> None:
    await result(bot, seed=PLAIN)
    page = await private(bot, await bot.command("/history"))
    assert "AI-made: a red fox" in str(page.components)
