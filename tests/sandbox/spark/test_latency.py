import random
import statistics
from typing import Literal

import pytest

from sandbox.spark.catalogue import EDIT, T2I
from sandbox.spark.latency import TYPICAL, Latency


@pytest.mark.parametrize("shape", ["lognormal", "normal"])
def test_durations_have_the_mean_and_spread_asked_for(
    shape: Literal["lognormal", "normal"], rng: random.Random
) -> None:
    drawn = [Latency(shape, 12, 0.25).draw(T2I, rng) for _ in range(20_000)]
    assert statistics.mean(drawn) == pytest.approx(12, rel=0.02)
    assert statistics.stdev(drawn) == pytest.approx(3, rel=0.03)
    assert min(drawn) > 0


def test_a_typical_task_takes_twelve_seconds() -> None:
    assert (TYPICAL.shape, TYPICAL.mean, TYPICAL.spread) == ("lognormal", 12, 0.25)


def test_fixed_and_instant_latencies_draw_nothing(rng: random.Random) -> None:
    before = rng.getstate()
    assert Latency.fixed(4).draw(T2I, rng) == 4
    assert Latency.instant().draw(T2I, rng) == 0
    assert rng.getstate() == before


def test_a_model_may_have_its_own_latency(rng: random.Random) -> None:
    latency = Latency("fixed", 4, models={EDIT: Latency.fixed(9)})
    assert (latency.draw(T2I, rng), latency.draw(EDIT, rng)) == (4, 9)


def test_the_same_seed_draws_the_same_durations(rng: random.Random) -> None:
    start = rng.getstate()
    drawn = [TYPICAL.draw(T2I, rng) for _ in range(5)]
    rng.setstate(start)
    assert [TYPICAL.draw(T2I, rng) for _ in range(5)] == drawn
    assert len(set(drawn)) == 5
