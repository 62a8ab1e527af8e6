import functools
import io
import re

import aiohttp
import pytest
from PIL import Image

from sandbox.discord import Message, Trouble
from sandbox.spark.order import Order, Paint
from sandbox.spark.painter import swatch
from spark import Provenance
from spark.images.stamping import stamped
from tests.e2e.harness import Harness
from tests.e2e.lost_places import MESSAGES, held_before_posting
from tests.spark.images.pictures import encoded, noise, scene

DAY = 24 * 3600
MEBIBYTE = 1024 * 1024
UNSTAMPED = encoded(scene(8, 8), "PNG")
STAMP = len(stamped(UNSTAMPED, Provenance.of("spark_t2i_3_0", "1" * 19))) - len(UNSTAMPED)
"""Bytes that a file has more of where it tells how it was made."""


@pytest.fixture
def paint(size: int) -> Paint:
    """Paint pictures that have so many bytes when they are stamped; what follows a PNG's end is not looked at."""

    def padded(order: Order) -> bytes:
        return swatch(order).ljust(size - STAMP, b"\0")

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
    assert len(bot.discord.requests.matching("POST", MESSAGES)) == 1


@pytest.mark.parametrize(
    ("tier", "size", "ending"),
    [
        (1, 10 * MEBIBYTE + 1, "jpg"),
        (2, 10 * MEBIBYTE + 1, "png"),
        (2, 50 * MEBIBYTE, "png"),
        (2, 50 * MEBIBYTE + 1, "jpg"),
        (3, 50 * MEBIBYTE + 1, "png"),
    ],
)
async def test_a_boosted_server_takes_more(harness: Harness, tier: int, ending: str) -> None:
    harness.guild.premium_tier = tier
    await harness.start()
    await harness.ready()
    posted = await harness.posted(await harness.imagine())
    assert _shown(posted)[0] == ending
    assert ("-# Shown smaller" in posted.content) == (ending == "jpg")
    assert len(harness.discord.requests.matching("POST", MESSAGES)) == 1


@pytest.mark.parametrize("size", [12_000_000])
async def test_a_picture_that_is_shown_smaller_says_where_the_whole_of_it_is(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine())
    (line,) = [line for line in posted.content.splitlines() if "smaller" in line]
    (task,) = bot.spark.tasks.values()
    until = int(bot.clock.time()) + DAY
    told = re.fullmatch(
        r"-# Shown smaller \(JPEG, [0-9]+ kB\); the full picture of 1328×1328 has 12\.0 MB: "
        rf"\[open it\]\(<(http://[^>]+)>\), until <t:{until}:f>\.",
        line,
    )
    assert told is not None
    async with aiohttp.ClientSession() as session, session.get(told[1]) as response:
        assert len(await response.read()) == 12_000_000 - STAMP
    assert posted.attachments[0].description == "AI-made: a red fox"
    assert task.finished


@pytest.mark.parametrize("size", [12_000_000])
async def test_what_spark_no_longer_gives_out_is_said_to_have_been_larger(bot: Harness) -> None:
    away = bot.discord.trouble.add(Trouble("POST", MESSAGES, status=503, times=10_000))
    asked = await bot.imagine()
    await bot.logged("job.not_delivered", tick=1)
    await bot.clock.leap(DAY)
    away.times = 0
    posted = await bot.posted(asked, tick=60)
    assert "has 12.0 MB, which is more than Discord takes.\n" in f"{posted.content}\n"
    assert "http" not in posted.content


@pytest.mark.parametrize("size", [9 * MEBIBYTE])
async def test_several_pictures_share_what_one_message_may_have(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine(count=3))
    assert [file.filename.rpartition(".")[2] for file in posted.attachments] == ["jpg", "jpg", "jpg"]
    assert "-# Picture 2 is shown smaller (JPEG, " in posted.content
    assert [each.status for each in bot.discord.requests.matching("POST", MESSAGES)] == [200]


@pytest.mark.parametrize("size", [8 * MEBIBYTE])
async def test_two_pictures_that_fit_together_are_not_touched(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine(count=2))
    assert [len(file.content) for file in posted.attachments] == [8 * MEBIBYTE, 8 * MEBIBYTE]


@pytest.mark.parametrize("size", [12_000_000])
async def test_direct_messages_take_less_than_a_boosted_server(harness: Harness) -> None:
    harness.guild.premium_tier = 2
    await harness.start()
    await harness.ready()
    asked, posting, _ = await held_before_posting(harness)
    harness.discord.delete_channel(harness.general)
    posting.release()
    posted = await harness.posted(asked, tick=1)
    assert posted.channel is harness.discord.direct_messages(harness.alice)
    assert _shown(posted)[0] == "jpg"
    assert 413 not in [each.status for each in harness.discord.requests.matching("POST", MESSAGES)]


@pytest.mark.parametrize("size", [9 * MEBIBYTE])
async def test_where_discord_takes_less_than_it_said_the_picture_is_shrunk_once(bot: Harness) -> None:
    bot.guild.lowered_upload_limit = 8 * MEBIBYTE
    asked = await bot.imagine()
    posted = await bot.posted(asked)
    assert _shown(posted) == ("jpg", "JPEG", (1328, 1328))
    statuses = [each.status for each in bot.discord.requests.matching("POST", MESSAGES)]
    assert statuses == [413, 200]
    assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]


@functools.cache
def noisy() -> bytes:
    """Give what no encoder makes small: 8.5 MB as PNG."""
    return encoded(noise(1680, 1680), "PNG")


class TestWhereDiscordTakesLittle:
    """Discord refuses even 8 MB."""

    @pytest.fixture
    def paint(self) -> Paint:
        return lambda _order: noisy()

    @pytest.mark.parametrize(("taken", "goals"), [(4_500_000, 2), (500_000, 4)], ids=["4.5 MB", "500 kB"])
    async def test_a_picture_is_made_smaller_until_it_is_taken(self, bot: Harness, taken: int, goals: int) -> None:
        bot.guild.lowered_upload_limit = taken
        asked = await bot.imagine()
        posted = await bot.posted(asked)
        statuses = [each.status for each in bot.discord.requests.matching("POST", MESSAGES)]
        assert statuses == [*[413] * goals, 200]
        assert posted.channel.name == "a red fox"
        assert _shown(posted)[:2] == ("jpg", "JPEG")
        assert taken // 2 < len(posted.attachments[0].content) <= taken
        assert "-# Shown smaller (" in posted.content
        assert await bot.books.entries(asked.id) == [(1, "reserve", "0.03"), (1, "settle", "0.0065")]

    async def test_where_not_even_half_a_megabyte_is_taken_the_next_place_is_tried(self, bot: Harness) -> None:
        bot.guild.lowered_upload_limit = 400_000
        posted = await bot.posted(await bot.imagine())
        assert posted.channel is bot.discord.direct_messages(bot.alice)
        because = f"Posted here because Discord takes no picture in <#{bot.general.id}>, however small."
        assert because in posted.content
        assert _shown(posted)[:2] == ("png", "PNG")  # there is room for all of it

    async def test_a_refusal_without_a_code_is_understood_too(self, bot: Harness) -> None:
        bot.discord.trouble.add(Trouble("POST", MESSAGES, status=413, times=2))
        posted = await bot.posted(await bot.imagine())
        assert _shown(posted)[:2] == ("jpg", "JPEG")


@pytest.mark.parametrize("size", [9 * MEBIBYTE])
async def test_where_nothing_is_taken_anywhere_the_member_is_told(bot: Harness) -> None:
    full = bot.discord.trouble.add(Trouble("POST", MESSAGES, status=413, code=40005, times=10_000))
    asked = await bot.imagine()
    await bot.until(lambda: "is kept for you: Discord takes no picture in <#" in bot.status_message(asked))
    assert "$0.0065" in bot.status_message(asked)
    full.times = 0
    posted = await bot.posted(asked, tick=600)
    assert len(posted.attachments) == 1


@pytest.mark.parametrize("size", [1000])
async def test_a_small_picture_is_not_touched(bot: Harness) -> None:
    posted = await bot.posted(await bot.imagine(size="600x700"))
    assert _shown(posted) == ("png", "PNG", (600, 700))
