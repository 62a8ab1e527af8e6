from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
import structlog

from bot.domain.troubles import Trouble
from bot.health.troubles import Troubles
from sandbox.clock import MovableClock


@pytest.fixture
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    with structlog.testing.capture_logs() as entries:
        yield entries


async def test_a_trouble_is_said_when_it_begins_and_when_it_is_over(log: list[MutableMapping[str, Any]]) -> None:
    clock = MovableClock()
    troubles = Troubles(clock)
    troubles.met(Trouble.SPARK_AWAY, reason="refused")
    await clock.advance(60)
    troubles.met(Trouble.SPARK_AWAY, affected=3, reason="refused again")
    assert troubles.now() == {Trouble.SPARK_AWAY: 60.0}
    await clock.advance(2.5)
    troubles.over(Trouble.SPARK_AWAY, Trouble.SPARK_REFUSES_KEY)
    troubles.over(Trouble.SPARK_AWAY)

    assert troubles.now() == {}
    assert log == [
        {"event": "spark.away", "log_level": "warning", "trouble": "began", "reason": "refused"},
        {"event": "spark.away", "log_level": "warning", "trouble": "ended", "seconds": 62.5, "affected": 4},
    ]


async def test_troubles_last_each_by_itself(log: list[MutableMapping[str, Any]]) -> None:
    clock = MovableClock()
    troubles = Troubles(clock)
    troubles.met(Trouble.DATABASE_FULL)
    await clock.advance(5)
    troubles.met(Trouble.SPARK_REFUSES_KEY)
    assert troubles.now() == {Trouble.DATABASE_FULL: 5.0, Trouble.SPARK_REFUSES_KEY: 0.0}
    troubles.over(Trouble.DATABASE_FULL)
    troubles.met(Trouble.DATABASE_FULL)
    assert [(entry["event"], entry["trouble"]) for entry in log] == [
        ("database.full", "began"),
        ("spark.refuses_key", "began"),
        ("database.full", "ended"),
        ("database.full", "began"),
    ]
