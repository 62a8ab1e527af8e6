from decimal import Decimal

from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness

TOMORROW = 1767312000  # 2026-01-02T00:00:00Z; the clock starts a day before
NEXT_MONTH = 1769904000  # 2026-02-01T00:00:00Z


async def _usage(bot: Harness) -> list[str]:
    asked = await bot.command("/usage")
    text = await bot.refused(asked)  # ephemeral, as a refusal is
    return text.splitlines()


async def test_before_during_and_after_a_job(bot: Harness) -> None:
    assert await _usage(bot) == [
        "**Your spending here**",
        f"Today: spent **$0.00** of $1.00 · **$1.00** left · starts anew <t:{TOMORROW}:R>",
        f"This month: spent **$0.00** of $10.00 · **$10.00** left · starts anew <t:{NEXT_MONTH}:R>",
    ]
    bot.spark.trouble.add(Trouble("submit", "never", times=2))
    asked = await bot.imagine(count=2)
    await bot.logged("task.running", times=2)
    held = "reserved $0.06 for work in progress"
    assert await _usage(bot) == [
        "**Your spending here**",
        f"Today: spent **$0.00** of $1.00 · {held} · **$0.94** left · starts anew <t:{TOMORROW}:R>",
        f"This month: spent **$0.00** of $10.00 · {held} · **$9.94** left · starts anew <t:{NEXT_MONTH}:R>",
    ]
    bot.finish()
    await bot.posted(asked, tick=1)
    assert await _usage(bot) == [
        "**Your spending here**",
        f"Today: spent **$0.013** of $1.00 · **$0.987** left · starts anew <t:{TOMORROW}:R>",
        f"This month: spent **$0.013** of $10.00 · **$9.987** left · starts anew <t:{NEXT_MONTH}:R>",
    ]


async def test_a_new_day_begins_with_nothing_and_the_month_goes_on(bot: Harness) -> None:
    await bot.posted(await bot.imagine())
    await bot.clock.advance(24 * 3600)
    _, day, month = await _usage(bot)
    assert day.startswith("Today: spent **$0.00** of $1.00")
    assert month.startswith("This month: spent **$0.0065** of $10.00")


async def test_another_limit_that_is_closer_is_shown_too(harness: Harness) -> None:
    await harness.start(limits={"guild_day_usd": Decimal("0.50"), "total_month_usd": Decimal("0.20")})
    await harness.ready()
    *_, server, everything = await _usage(harness)
    assert server == f"This server: $0.50 left for the day · starts anew <t:{TOMORROW}:R>"
    assert everything == f"The whole bot: $0.20 left for the month · starts anew <t:{NEXT_MONTH}:R>"


async def test_where_there_is_no_limit_none_is_named(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": None, "user_month_usd": None})
    await harness.ready()
    assert await _usage(harness) == [
        "**Your spending here**",
        "Today: spent **$0.00** · no limit",
        "This month: spent **$0.00** · no limit",
    ]


async def test_nobody_else_sees_it(bot: Harness) -> None:
    await _usage(bot)
    assert bot.discord.visible(bot.general, bot.bob) == []
    assert len(bot.discord.visible(bot.general, bot.alice)) == 1
