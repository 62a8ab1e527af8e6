import math
import random
import time
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spark import GrowingIntervals, LearntIntervals, Schedule
from spark.life_table import MOMENTS, LifeTable
from spark.schedule import plan_looks, solve

KIND = ("spark_t2i_3_0", 1328, 1328)
GROWING = GrowingIntervals()
SECONDS = st.floats(0, 100_000)
PROGRESS = st.none() | st.floats(0, 1)

Law = Callable[[random.Random], float]
LAWS: dict[str, Law] = {
    "lognormal": lambda rng: rng.lognormvariate(math.log(12), 0.25),
    "narrow": lambda rng: rng.gauss(12, 0.4),
    "exponential": lambda rng: rng.expovariate(1 / 12),
    "bimodal": lambda rng: rng.lognormvariate(math.log(6 if rng.random() < 0.6 else 25), 0.12),
}
QUICK: Law = lambda rng: rng.lognormvariate(math.log(8), 0.2)  # noqa: E731
SLOW: Law = lambda rng: rng.lognormvariate(math.log(20), 0.2)  # noqa: E731


class Fixed(GrowingIntervals):
    def __init__(self, seconds: float) -> None:
        super().__init__(share=0, shortest=seconds, longest=seconds)


def learning() -> LearntIntervals:
    return LearntIntervals(random.Random(5))


def found(schedule: Schedule, law: Law, tasks: int, seed: int = 1) -> tuple[float, float]:
    """Look at so many tasks; give how many looks each took, and how long after its end it was found."""
    rng, looks, delays = random.Random(seed), 0, []
    for _ in range(tasks):
        at, end = 0.0, law(rng)
        while at < end:
            before, at = at, at + schedule.next_look(KIND, at)
            schedule.record(KIND, before, at, ended=at >= end)
            looks += 1
        delays.append(at - end)
    return looks / tasks, fmean(delays)


@pytest.mark.parametrize(
    ("elapsed", "pause"), [(0, 1), (5, 1), (10, 1.5), (20, 3), (60, 9), (100, 15), (3600, 15)]
)
def test_growing_pauses_are_a_share_of_the_time_waited_within_bounds(elapsed: float, pause: float) -> None:
    assert GROWING.next_look(KIND, elapsed) == pytest.approx(pause)


@pytest.mark.parametrize(
    ("elapsed", "progress", "pause"),
    [
        (20, 0.8, 5.0),  # expected to end at 25 s
        (20, 0.95, 1.0526),
        (20, 0.1, 9.0),  # no further than three times the plain 3 s
        (60, 0.999, 3.0),  # no nearer than a third of the plain 9 s
        (20, 0.0, 3.0),  # no progress says nothing
        (20, 1.0, 1.0),
    ],
)
def test_progress_leads_to_the_expected_end_within_bounds(elapsed: float, progress: float, pause: float) -> None:
    assert GROWING.next_look(KIND, elapsed, progress) == pytest.approx(pause, rel=1e-3)


@given(elapsed=SECONDS, progress=PROGRESS)
def test_a_growing_pause_is_never_below_one_second_nor_above_fifteen(
    elapsed: float, progress: float | None
) -> None:
    assert 1 <= GROWING.next_look(KIND, elapsed, progress) <= 15


@given(elapsed=SECONDS)
def test_a_look_is_late_by_its_share_at_most(elapsed: float) -> None:
    assert GROWING.next_look(KIND, elapsed) <= max(1, 0.15 * elapsed)


@given(
    gaps=st.lists(st.floats(0.1, 5), min_size=1, max_size=7),
    hazards=st.lists(st.floats(0, 0.9), min_size=7, max_size=7),
    price=st.floats(0.01, 10),
)
def test_no_other_looks_cost_less(gaps: list[float], hazards: list[float], price: float) -> None:
    moments, survival = [0.0], [1.0]
    for gap, hazard in zip(gaps, hazards, strict=False):
        moments.append(moments[-1] + gap)
        survival.append(survival[-1] * (1 - hazard))
    best = solve(moments, survival, price)

    def costs(now: int, then: int) -> tuple[float, float]:
        """Give the looks and the wait from one look to the next."""
        parts = pairwise(range(now, then + 1))
        ended = sum((moments[b] - moments[a]) * (1 - (survival[a] + survival[b]) / 2) for a, b in parts)
        return survival[now], ended - (1 - survival[now]) * (moments[then] - moments[now])

    @cache
    def least(now: int) -> float:
        ways = ((costs(now, then), least(then)) for then in range(now + 1, len(moments)))
        return min((price * looks + wait + rest for (looks, wait), rest in ways), default=0.0)

    assert best.wait + price * best.looks == pytest.approx(least(0), abs=1e-9)
    path = [0]
    while path[-1] < len(gaps):
        path.append(best.following[path[-1]])
    taken = [costs(now, then) for now, then in pairwise(path)]
    assert best.looks == pytest.approx(sum(looks for looks, _ in taken))
    assert best.wait == pytest.approx(sum(wait for _, wait in taken), abs=1e-9)


def test_many_looks_are_as_dense_as_the_root_of_the_hazard() -> None:
    moments = [n / 100 for n in range(1001)]
    hazard = [0.1 if moment < 5 else 0.4 for moment in moments]
    survival = [math.exp(-sum(hazard[:n]) / 100) for n in range(1001)]
    following = solve(moments, survival, 0.01).following
    early, late = (moments[following[n]] - moments[n] for n in (200, 700))
    assert early / late == pytest.approx(2, rel=0.1)  # Keller


@pytest.mark.parametrize("name", LAWS)
def test_a_learnt_law_is_never_served_worse_than_by_fixed_intervals_with_as_many_looks(name: str) -> None:
    schedule = learning()
    found(schedule, LAWS[name], 100)
    fixed, _ = found(Fixed(5), LAWS[name], 800, seed=2)
    looks, delay = found(schedule, LAWS[name], 800, seed=2)
    assert looks <= fixed * 1.02
    as_many, as_many_delay = found(Fixed(5 * fixed / looks), LAWS[name], 800, seed=2)
    assert looks * delay <= as_many * as_many_delay * (1.03 if name == "exponential" else 0.45)


def test_three_looks_find_a_usual_task_about_a_second_after_its_end() -> None:
    schedule = learning()
    found(schedule, LAWS["lognormal"], 100)
    looks, delay = found(schedule, LAWS["lognormal"], 300, seed=2)
    assert looks < 3.05
    assert delay < 1.1


@pytest.mark.parametrize(("before", "after"), [(QUICK, SLOW), (SLOW, QUICK)])
def test_twenty_tasks_after_a_shift_it_is_right_again(before: Law, after: Law) -> None:
    looks, delays = zip(*(relearnt(before, after, seed) for seed in range(3)), strict=True)
    fixed, fixed_delay = found(Fixed(5), after, 400)
    assert fmean(looks) <= fixed * 1.2
    assert fmean(delays) <= fixed_delay * 0.7


def relearnt(before: Law, after: Law, seed: int) -> tuple[float, float]:
    schedule = LearntIntervals(random.Random(seed))
    found(schedule, before, 150, seed)
    found(schedule, after, 20, seed)
    return found(schedule, after, 30, seed + 100)


def test_tasks_that_still_run_teach_when_not_to_look() -> None:
    schedule = learning()
    found(schedule, LAWS["lognormal"], 20)
    first = schedule.next_look(KIND, 0.0)
    for _ in range(100):
        schedule.record(KIND, 0.0, first, ended=False)
    assert schedule.next_look(KIND, 0.0) > first * 1.1


def test_the_first_tasks_of_a_kind_are_looked_at_soon_and_a_crowd_is_not() -> None:
    schedule = learning()
    firsts = [schedule.next_look(KIND, 0.0) for _ in range(10)]
    assert firsts[:3] == [1.0] * 3
    assert min(firsts[3:]) > 5
    assert schedule.next_look(KIND, 10.0) == GROWING.next_look(KIND, 10.0)


def test_what_the_first_tasks_took_counts_for_the_next_one() -> None:
    schedule = learning()
    for _ in range(3):
        schedule.next_look(KIND, 0.0)
        schedule.record(KIND, 0.0, 1.0, ended=True)
    assert schedule.next_look(KIND, 0.0) < 2


def test_quick_tasks_do_not_wait_for_the_interval() -> None:
    schedule = learning()
    looks, delay = found(schedule, lambda rng: rng.gauss(3, 0.3), 100)
    assert looks < 2.5
    assert delay < 0.6


@pytest.mark.parametrize("law", [QUICK, SLOW])
def test_what_an_earlier_life_has_seen_counts_from_the_first_task_on(law: Law) -> None:
    assert fmean(recalled(law, 50, seed) for seed in range(4)) < 0.75 * fmean(
        recalled(law, 0, seed) for seed in range(4)
    )


def recalled(law: Law, before: int, seed: int) -> float:
    """Tell what a new life's first tasks cost it, in looks times seconds."""
    schedule, rng = LearntIntervals(random.Random(seed)), random.Random(seed + 9)
    for _ in range(before):
        schedule.recall(KIND, law(rng) + rng.uniform(0, 2))
    looks, delay = found(schedule, law, 20, seed=seed)
    return looks * delay


def test_kinds_learn_apart() -> None:
    schedule = learning()
    other = ("spark_t2i_3_0", 2048, 2048)
    before = schedule.likelihood(other, 0.0, 12.0)
    found(schedule, SLOW, 50)
    assert schedule.likelihood(other, 0.0, 12.0) == before
    assert schedule.likelihood(KIND, 0.0, 12.0) < before / 3


def test_new_kinds_push_out_those_that_nobody_asks_for() -> None:
    schedule = learning()
    found(schedule, QUICK, 50)
    for _ in range(50):
        schedule.next_look("old", 0.0)
        schedule.record("old", 0.0, 5.0, ended=True)
    assert schedule.likelihood("old", 0.0, 10.0) > 0.9
    for number in range(500):
        schedule.next_look(number, 0.0)
        schedule.likelihood(KIND, 0.0, 1.0)
    assert schedule.likelihood(KIND, 0.0, 10.0) > 0.7
    assert schedule.likelihood("old", 0.0, 10.0) < 0.5


@pytest.mark.parametrize("elapsed", [60.0, 400.0, 5000.0])
def test_past_what_is_known_intervals_grow(elapsed: float) -> None:
    schedule = learning()
    found(schedule, LAWS["lognormal"], 50)
    assert schedule.next_look(KIND, elapsed) == GROWING.next_look(KIND, elapsed)
    assert schedule.likelihood(KIND, elapsed, elapsed * 1.25) == pytest.approx(0.2)


def test_progress_leads_a_planned_look_too() -> None:
    schedule = learning()
    found(schedule, LAWS["lognormal"], 50)
    plain = schedule.next_look(KIND, 10.0)
    assert schedule.next_look(KIND, 10.0, 0.8) == pytest.approx(2.5)
    assert schedule.next_look(KIND, 10.0, 0.0) == pytest.approx(plain, rel=0.25)
    assert schedule.next_look(KIND, 10.0, 0.05) <= 3 * plain * 1.25


def test_the_longer_since_the_last_look_the_likelier_the_end() -> None:
    schedule = learning()
    likelihoods = [schedule.likelihood(KIND, after, 12.0) for after in (0.0, 6.0, 10.0, 12.0)]
    assert likelihoods == sorted(likelihoods, reverse=True)
    assert likelihoods[0] == pytest.approx(0.5, abs=0.01)  # the median of what is expected of unknown tasks
    assert likelihoods[-1] == 0.0


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 400), st.booleans()), max_size=40))
def test_whatever_looks_tell_the_law_stays_one(looks: list[tuple[float, float, bool]]) -> None:
    table = LifeTable()
    for start, length, ended in looks:
        table.record(start, start + length, ended=ended)
        if table.stale:
            table.renew()
    assert table.survival[0] == 1
    assert all(before >= after >= 0 for before, after in pairwise(table.survival))
    plan = plan_looks(table, 5.0)
    assert all(look > moment for look, moment in zip(plan, MOMENTS, strict=False))


def test_planning_does_not_hold_up_the_event_loop() -> None:
    table = LifeTable()
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        plan_looks(table, 5.0)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.01
