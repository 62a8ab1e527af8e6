"""The leap day and the month's end through Discord: limits, grants and blocks of several servers, and the bill."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from sandbox.clock import MovableClock
from sandbox.discord import Channel, Interaction, Member
from sandbox.spark.latency import Latency
from sandbox.spark.trouble import Trouble
from tests.e2e.harness import Harness
from tests.e2e.moderating import moderator, spend

DAY = 24 * 3600
PRICE = Decimal("0.0065")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2028, 2, 28, 22, tzinfo=UTC).timestamp())


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


class Members:
    """Has everybody ask at once, and tells who was refused by what."""

    def __init__(self, bot: Harness) -> None:
        self._bot = bot
        self.pictures = 0

    async def ask(self, *people: tuple[Member, Channel], count: int = 1) -> list[str]:
        asked = [await self._asked(member, place, count) for member, place in people]
        await self._bot.until(lambda: all(map(self._answered, asked)), tick=1)
        await self._bot.done(tick=1)
        refused = ["" if each.response else await self._bot.refused(each) for each in asked]
        self.pictures += count * refused.count("")
        return [_why(text) for text in refused]

    def _answered(self, asked: Interaction) -> bool:
        return bool(self._bot.posts(asked)) or (asked.response is None and bool(asked.followups))

    async def _asked(self, member: Member, place: Channel, count: int) -> Interaction:
        options: dict[str, Any] = {"prompt": "a fox", "count": count}
        return await self._bot.imagine(member, place, **options)


def _why(text: str) -> str:
    """Give the time of the limit that refuses, else all that is so."""
    so = text.partition("\n")[0]
    return next((time for time in ("today", "this month") if time in so), so)


async def test_the_leap_day_and_the_months_end_are_counted_and_paid_for_on_two_servers(harness: Harness) -> None:
    bot = harness
    limits = {"user_day_usd": "0.02", "user_month_usd": "0.04", "guild_day_usd": "0.10", "guild_month_usd": "0.20"}
    await bot.start(
        limits={name: Decimal(usd) for name, usd in limits.items()}, estimates={"spark_t2i_3_0": PRICE}
    )
    await bot.ready()
    mona, members = moderator(bot), Members(bot)
    elsewhere = bot.discord.add_guild("Elsewhere")
    there = bot.discord.add_channel(elsewhere, "general")
    carl = bot.discord.add_member(elsewhere, "carl")
    artists = bot.discord.add_role(bot.guild, "artists")
    anna = bot.discord.add_member(bot.guild, "anna", roles=[artists])
    alone = bot.discord.direct_messages(bot.alice)
    everybody = [(bot.alice, bot.general), (bot.bob, bot.general), (anna, bot.general), (carl, there)]
    whose_day, whose_month = "today", "this month"

    # the 28th: three pictures are a day's limit; an artist has more, a granted member too, and nobody elsewhere
    await spend(bot, "limit", mona, action="set", role=artists, day="0.05", month="0.08")
    await spend(bot, "grant", mona, member=bot.bob, amount="0.02", reason="a poster", days=1)
    assert await members.ask(*everybody, count=3) == ["", "", "", ""]
    assert await members.ask(*everybody) == [whose_day, "", "", whose_day]
    assert await members.ask((bot.alice, alone)) == [""]

    # the leap day, after midnight: a new day of the same month; the grant is still there, a failure costs nothing
    await bot.clock.advance(DAY / 4)
    bot.spark.trouble.add(Trouble("submit", "fail", code="003001098"))
    assert await members.ask((bot.alice, bot.general), count=3) == [""]
    members.pictures -= 1
    assert await members.ask((bot.bob, bot.general), count=2) == [""]
    assert await members.ask((bot.alice, bot.general), count=2) == [whose_day]

    # in its last hour: the grant is over; who is blocked is told so; the month's limit holds
    await bot.clock.advance(DAY * 19 / 24)
    await spend(bot, "block", mona, member=anna, reason="spam")
    blocked = "**A moderator has stopped you from making pictures here.**"
    assert await members.ask(*everybody[:3]) == ["", whose_month, blocked]
    await bot.stop()
    await bot.start(
        limits={name: Decimal(usd) for name, usd in limits.items()}, estimates={"spark_t2i_3_0": PRICE}
    )
    await bot.ready()

    # March: everything anew, but for the block
    await bot.clock.advance(DAY / 24)
    assert await members.ask(*everybody, count=3) == ["", "", blocked, ""]

    assert bot.bill == f"{PRICE * members.pictures}"
    assert await bot.books.problems() == ()
