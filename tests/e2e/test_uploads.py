import io

import pytest
from PIL import Image

from sandbox.discord import Message
from sandbox.spark.order import Order, Paint
from sandbox.spark.painter import swatch
from tests.e2e.harness import Harness

MEBIBYTE = 1024 * 1024


@pytest.fixture
def paint(size: int) -> Paint:
    """Paint pictures of so many bytes; what follows a PNG's end is not looked at."""

    def padded(order: Order) -> bytes:
        return swatch(order).ljust(size, b"\0")

    return padded


def _shown(posted: Message) -> tuple[str, str, tuple[int, int]]:
    (file,) = posted.attachments
    with Image.open(io.BytesIO(file.content)) as picture:
        return file.filename.rpartition(".")[2], picture.format or "", picture.size


@pytest.mark.parametrize("size", [10 * MEBIBYTE])
async def test_a_picture_of_just_the_limit_is_posted_as_it_is(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine())
    assert _shown(posted) == ("png", "PNG", (1328, 1328))
    assert len(posted.attachments[0].content) == 10 * MEBIBYTE


@pytest.mark.parametrize("size", [10 * MEBIBYTE + 1])
async def test_a_picture_beyond_the_limit_is_encoded_anew(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine())
    assert _shown(posted) == ("jpg", "JPEG", (1328, 1328))
    assert len(bot.discord.requests.matching("POST", r"/channels/\d+/messages")) == 1


@pytest.mark.parametrize("size", [10 * MEBIBYTE + 1])
async def test_a_boosted_server_takes_more(harness: Harness) -> None:
    harness.guild.premium_tier = 2
    await harness.start()
    await harness.ready()
    posted = await harness.posted(await harness.imagine())
    assert _shown(posted) == ("png", "PNG", (1328, 1328))


@pytest.mark.parametrize("size", [9 * MEBIBYTE])
async def test_where_discord_takes_less_than_it_said_the_picture_is_shrunk_once(bot: Harness) -> None:
    bot.guild.lowered_upload_limit = 8 * MEBIBYTE
    asked = await bot.imagine()
    posted = await bot.posted(asked)
    assert _shown(posted) == ("jpg", "JPEG", (1328, 1328))
    statuses = [each.status for each in bot.discord.requests.matching("POST", r"/channels/\d+/messages")]
    assert statuses == [413, 200]
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


@pytest.mark.parametrize("size", [9 * MEBIBYTE])
async def test_where_discord_takes_next_to_nothing_the_member_is_told(bot: Harness) -> None:
    bot.guild.lowered_upload_limit = 100
    asked = await bot.imagine()
    await bot.until(lambda: "waits: Discord does not let the bot post it" in bot.head(asked))
    assert "$0.0065" in bot.head(asked)
    bot.guild.lowered_upload_limit = None
    posted = await bot.posted(asked, tick=600)
    assert len(posted.attachments) == 1


@pytest.mark.parametrize("size", [1000])
async def test_a_small_picture_is_not_touched(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine(width=600, height=700))
    assert _shown(posted) == ("png", "PNG", (600, 700))
