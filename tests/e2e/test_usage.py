import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from sandbox.discord import Message, Trouble
from sandbox.spark.trouble import Trouble as SparkTrouble
from tests.e2e.books import OWN_LIMITS
from tests.e2e.harness import Harness
from tests.e2e.pages import words_of

TOMORROW = 1767312000  # 2026-01-02T00:00:00Z; the clock starts a day before
NEXT_MONTH = 1769904000  # 2026-02-01T00:00:00Z
FULL = "`██████████`"
NOTHING = "**Nothing spent this month**"


async def _shown(bot: Harness, **options: Any) -> Message:
    asked = await bot.command("/usage", **options)
    return await bot.until(lambda: bot.private_answer(asked))


async def _usage(bot: Harness, **options: Any) -> list[str]:
    return words_of(await _shown(bot, **options)).splitlines()


async def test_before_during_and_after_a_job(bot: Harness) -> None:
    assert await _usage(bot) == [
        "**What you have here**",
        "Today: **$1.00 left** of $1.00",
        f"{FULL} more <t:{TOMORROW}:R>",
        "This month: **$10.00 left** of $10.00",
        f"{FULL} more <t:{NEXT_MONTH}:R>",
        NOTHING,
    ]
    bot.spark.trouble.add(SparkTrouble("submit", "never", times=2))
    asked = await bot.imagine(count=2)
    await bot.logged("task.running", times=2)
    at = int(bot.clock.time())
    assert await _usage(bot) == [
        "**What you have here**",
        "Today: **$0.94 left** of $1.00",
        f"{FULL} more <t:{TOMORROW}:R>",
        "This month: **$9.94 left** of $10.00",
        f"{FULL} more <t:{NEXT_MONTH}:R>",
        "-# $0.06 of it is held for pictures on the way",
        NOTHING,
        "**Your newest** · /history shows all",
        f"- a red fox · being made · ready <t:{at + 18}:R> · <t:{at}:R>",
    ]
    bot.finish()
    posted = await bot.posted(asked, tick=1)
    link = f"https://discord.com/channels/{bot.guild.id}/{posted.channel.id}/{posted.id}"
    assert await _usage(bot) == [
        "**What you have here**",
        "Today: **$0.987 left** of $1.00",
        f"{FULL} more <t:{TOMORROW}:R>",
        "This month: **$9.987 left** of $10.00",
        f"{FULL} more <t:{NEXT_MONTH}:R>",
        "**$0.013 spent this month** on 2 pictures",
        "-# $0.013 on 2 by /imagine",
        "**Your newest** · /history shows all",
        f"- [a red fox]({link}) · $0.013 · <t:{at}:R>",
    ]


async def test_a_new_day_begins_with_nothing_and_the_month_goes_on(bot: Harness) -> None:
    await bot.posted(await bot.imagine())
    await bot.clock.advance(24 * 3600)
    _, day, _, month, *_ = await _usage(bot)
    assert day.startswith("Today: **$1.00 left** of $1.00")
    assert month.startswith("This month: **$9.9935 left** of $10.00")


@pytest.mark.parametrize(
    ("period", "spent"),
    [
        ("day", "**$0.0065 spent today** on 1 picture"),
        ("week", "**$0.013 spent in the last 7 days** on 2 pictures"),
        ("month", "**$0.0195 spent this month** on 3 pictures"),
        ("all", "**$0.0195 spent in all** on 3 pictures"),
    ],
)
async def test_a_period_is_chosen(bot: Harness, period: str, spent: str) -> None:
    for days in (10, 3, 0):
        await bot.posted(await bot.imagine())
        await bot.clock.advance(days * 24 * 3600)
    assert spent in await _usage(bot, period=period)


async def test_the_chart_comes_with_it_and_is_told_in_words(bot: Harness) -> None:
    assert (await _shown(bot)).attachments == []
    await bot.posted(await bot.imagine(count=2))
    [file] = (await _shown(bot)).attachments
    assert file.description == (
        "Chart of your spending, January 2026, by day (UTC): $0.013 in all; imagine $0.013. "
        "Something was spent in 1 day; the most, $0.013, on 1 January."
    )
    with Image.open(BytesIO(file.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 900))


async def test_where_the_chart_is_not_taken_the_words_are_shown(bot: Harness) -> None:
    await bot.posted(await bot.imagine())
    bot.discord.trouble.add(Trouble("PATCH", r"/webhooks/\d+/[^/]+/messages/@original", status=403, code=50013))
    shown = await _shown(bot)
    assert words_of(shown).startswith("**What you have here**")
    assert shown.attachments == []


async def test_another_limit_that_is_closer_is_shown_too(harness: Harness) -> None:
    await harness.start(limits={"guild_day_usd": Decimal("0.50"), "total_month_usd": Decimal("0.20")})
    await harness.ready()
    *_, server, everything, _ = await _usage(harness)
    assert server == f"This server: $0.50 left today · more <t:{TOMORROW}:R>"
    assert everything == f"Everybody together: $0.20 left this month · more <t:{NEXT_MONTH}:R>"


async def test_where_there_is_no_limit_none_is_named(harness: Harness) -> None:
    await harness.start(limits=dict.fromkeys((*OWN_LIMITS, "total_day_usd", "total_month_usd")))
    await harness.ready()
    assert await _usage(harness) == [
        "**What you have here**",
        "Today: **$0.00** spent, without a limit",
        "This month: **$0.00** spent, without a limit",
        NOTHING,
    ]


async def test_what_others_spent_and_what_was_spent_elsewhere_is_not_counted(bot: Harness) -> None:
    direct = bot.discord.direct_messages(bot.alice)
    await bot.posted(await bot.imagine(bot.bob, prompt="bob's"))
    await bot.posted(await bot.imagine(place=direct, prompt="alone", count=2))
    assert NOTHING in await _usage(bot)
    asked = await bot.command("/usage", place=direct)
    alone = await bot.until(lambda: bot.private_answer(asked))
    assert "**$0.013 spent this month** on 2 pictures" in words_of(alone)
    assert re.findall(r"\[(.*)\]", words_of(alone)) == ["alone"]


async def test_nobody_else_sees_it(bot: Harness) -> None:
    await _usage(bot)
    assert bot.discord.visible(bot.general, bot.bob) == []
    assert len(bot.discord.visible(bot.general, bot.alice)) == 1


async def test_a_hand_made_period_is_refused(bot: Harness) -> None:
    asked = await bot.command("/usage", period="century", strict=False)
    assert (await bot.refused(asked)).startswith("**The period cannot be ")
