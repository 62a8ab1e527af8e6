"""Two hundred commands at once of one member who has money for ten."""

from decimal import Decimal

import pytest

from sandbox.spark.latency import Latency
from tests.e2e.harness import Harness


@pytest.fixture
def url(database_url: str) -> str:
    return database_url


@pytest.fixture
def latency() -> Latency:
    return Latency.fixed(10)  # no picture is done, and its price known, before all have been answered


# invariant I5
async def test_exactly_ten_of_two_hundred_commands_are_accepted_and_paid_for(harness: Harness) -> None:
    await harness.start(limits={"user_day_usd": Decimal("0.30")})
    await harness.ready()
    prompt = {"prompt": "a red fox"}

    asked = [await harness.discord.command(harness.alice, harness.general, "/imagine", prompt) for _ in range(200)]
    await harness.until(lambda: sum(harness.private_answer(each) is not None for each in asked) == 190)

    refused = [each for each in asked if harness.private_answer(each)]
    for each in refused:
        assert "today" in await harness.refused(each)
        assert each.response is None  # the deferral that everybody saw is gone
    taken = [each.id for each in asked if each not in refused]
    assert await harness.books.jobs() == taken
    assert await harness.books.today(harness.alice, harness.guild) == ("0", "0.3")

    await harness.done(tick=1)
    assert len(harness.submits) == 10
    assert harness.bill == "0.065"
    assert await harness.books.today(harness.alice, harness.guild) == (harness.bill, "0")
