"""A ceiling is a promise: what is accepted is priced again before it is sent, with what pictures really cost."""

from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from sandbox.discord import Interaction, Message
from sandbox.spark import server
from sandbox.spark.latency import Latency
from tests.e2e.harness import Harness

HOUR = 3600


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)


def _charge(monkeypatch: pytest.MonkeyPatch, *usd: str) -> None:
    """Have Spark charge these, one picture after the other, and the last for all that follow."""
    prices = [Decimal(each) for each in usd]

    def price(_model: str, _size: tuple[int, int]) -> Decimal:
        return prices.pop(0) if len(prices) > 1 else prices[0]

    monkeypatch.setattr(server, "price", price)


async def _start(harness: Harness, **settings: Any) -> None:
    await harness.start(**settings)
    await harness.ready()


def _answer(harness: Harness, asked: Interaction) -> str | None:
    private = harness.private_answer(asked)
    return private.content if private else asked.response.content if asked.response else None


def _said(harness: Harness) -> list[Message]:
    return [post for post in harness.posts() if "It was not sent" in post.content]


# invariant I5
async def test_the_bill_stays_under_a_ceiling_though_spark_charges_ten_times_the_estimate(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    _charge(monkeypatch, "0.30")
    limits = {"user_day_usd": Decimal("0.40"), "total_day_usd": Decimal("1.00"), "user_queued": 20}
    await _start(harness, limits=limits)
    people = [harness.alice, harness.bob, harness.discord.add_member(harness.guild, "cara")]

    for asked in [await harness.imagine(person, count=4) for _ in range(5) for person in people]:
        await harness.until(partial(_answer, harness, asked))
    await harness.done(tick=1)

    at_spark = 2 * Decimal("0.27")  # what two more cost than was expected, before anybody knew
    assert Decimal(harness.bill) <= Decimal("1.00") + at_spark
    spent = [Decimal((await harness.books.today(person, harness.guild))[0]) for person in people]
    assert max(spent) <= Decimal("0.40") + at_spark
    assert sum(spent) == Decimal(harness.bill)
    told = _said(harness)
    assert "It was not sent: it would cost $0.30 by now" in told[0].content
    assert {user for post in told for user in post.pinged} == {person.id for person in people}


async def test_one_odd_price_shuts_nobody_out_for_longer_than_an_hour(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    _charge(monkeypatch, "0.0065", "0.0065", "1.50", "0.0065")
    await _start(harness, limits={"user_day_usd": Decimal(5)})
    for _ in range(3):
        await harness.posted(await harness.imagine(), tick=1)
    await harness.logged("price.odd")
    await harness.stop()
    await _start(harness, limits={"user_day_usd": Decimal("1.00")})

    dear = await harness.posted(await harness.imagine(harness.bob), tick=1)
    assert "it would cost $1.50 by now, which is more than your limit for today leaves" in dear.content
    assert dear.content.endswith("-# Nothing was charged.")
    assert len(harness.submits) == 3

    await harness.clock.advance(HOUR)
    assert len((await harness.posted(await harness.imagine(harness.bob), tick=1)).attachments) == 1
    assert len((await harness.posted(await harness.imagine(harness.bob), tick=1)).attachments) == 1


async def test_portions_of_claims_follow_on_each_other(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.turns.CLAIMED_AT_ONCE", 1)
    monkeypatch.setattr("bot.jobs.worker.CLAIMED_AT_ONCE", 1)
    await _start(harness)
    await harness.posted(await harness.imagine(), tick=1)
    await harness.imagine(count=3)
    await harness.logged("task.running", times=4)  # nothing ends meanwhile: the clock stands


async def test_a_clock_that_is_set_back_keeps_nobody_waiting(harness: Harness) -> None:
    await _start(harness)
    await harness.posted(await harness.imagine(), tick=1)
    harness.clock.set_back(HOUR)
    asked = await harness.imagine()
    harness.clock.set_back(HOUR)
    await harness.posted(asked, tick=1)
    assert harness.clock.monotonic() < 60
