import pytest

import spark
from bot.domain.troubles import Trouble
from bot.health.spark_probe import SparkProbe
from bot.health.troubles import Troubles
from sandbox.clock import MovableClock

REFUSED = spark.ConnectionFailed("refused")


def status(kind: type[spark.StatusError], code: int, message: str = "") -> spark.StatusError:
    return kind(code, "", message=message, may_have_been_accepted=False)


KEY = status(spark.Unauthorized, 401)
MODEL = status(spark.NotFound, 404, "no such model")


@pytest.fixture
def probe(troubles: Troubles, clock: MovableClock) -> SparkProbe:
    return SparkProbe(troubles, clock)


async def test_spark_is_away_once_nothing_but_failures_has_come_for_two_seconds(
    probe: SparkProbe, troubles: Troubles, clock: MovableClock
) -> None:
    probe.looked(REFUSED)
    await clock.advance(1.5)
    probe.looked(status(spark.ServerError, 503))
    probe.looked(None)
    await clock.advance(1.5)
    probe.looked(REFUSED)
    assert troubles.now() == {}
    await clock.advance(2)
    probe.submitted("t2i", REFUSED)
    assert troubles.now().keys() == {Trouble.SPARK_AWAY}
    probe.looked(status(spark.RateLimited, 429))  # whoever says that is there
    assert troubles.now() == {}


async def test_a_key_is_refused_until_an_answer_shows_that_it_is_taken(
    probe: SparkProbe, troubles: Troubles, clock: MovableClock
) -> None:
    for refused in (KEY, status(spark.Forbidden, 403)):
        probe.looked(refused)
        probe.looked(status(spark.RateLimited, 429))
        probe.looked(status(spark.NotFound, 404))  # a proxy's page
        assert troubles.now().keys() == {Trouble.SPARK_REFUSES_KEY}
        assert probe.answered_ago is None or probe.answered_ago > 0
        probe.looked(status(spark.NotFound, 404, "no such task"))
        assert (troubles.now(), probe.answered_ago) == ({}, 0.0)
        await clock.advance(1)


def test_credit_shows_in_a_submit_and_not_in_a_look(probe: SparkProbe, troubles: Troubles) -> None:
    probe.submitted("t2i", status(spark.PaymentRequired, 402))
    probe.looked(None)
    assert troubles.now().keys() == {Trouble.SPARK_OUT_OF_CREDIT}
    probe.submitted("edit", None)
    assert troubles.now() == {}


def test_models_are_refused_until_each_has_taken_a_task(probe: SparkProbe, troubles: Troubles) -> None:
    probe.submitted("edit", MODEL)
    probe.submitted("portrait", MODEL)
    probe.submitted("t2i", None)
    probe.submitted("edit", None)
    assert troubles.now().keys() == {Trouble.SPARK_REFUSES_MODEL}
    probe.submitted("portrait", None)
    assert troubles.now() == {}
