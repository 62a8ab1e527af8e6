import random
from collections.abc import Mapping, Set

import pytest

from bot.domain.durations import Durations
from bot.domain.prices import PriceKind
from bot.domain.queue import AtSpark, Expected, Queue, Waiting
from bot.jobs.queue_forecast import forecast
from bot.store import Capacity

NOW = 1_000_000.0
FAST, SLOW = "fast", "slow"
DURATIONS = {model: Durations((takes,), takes, takes) for model, takes in ((FAST, 10.0), (SLOW, 40.0))}
ANNA, BEN, CARA, DORA, EMIL = range(1, 6)


def waits(
    job: int, user: int, model: str = FAST, *, count: int = 1, after: float = 0, refused: bool = False
) -> list[Waiting]:
    not_before, kind = int((NOW + after) * 1000), PriceKind(model, 0, 0)
    return [Waiting(job, position, user, kind, not_before, refused) for position in range(1, count + 1)]


def runs(job: int, user: int, since: float | None = 0, model: str = FAST) -> AtSpark:
    return AtSpark(job, user, PriceKind(model, 0, 0), None if since is None else int((NOW - since) * 1000))


def told(
    waiting: list[Waiting],
    at_spark: list[AtSpark] | None = None,
    *,
    total: int = 1,
    per_person: int = 3,
    served: Mapping[int, int] | None = None,
    unpriced: Set[str] = frozenset(),
) -> dict[int, tuple[int, float]]:
    """Give for each job how many begin before it and in how many seconds it is ready."""
    queue = Queue(waiting, at_spark or [], served or {}, {PriceKind(model, 0, 0) for model in unpriced})
    expected: Mapping[int, Expected] = forecast(queue, Capacity(total, per_person, unpriced=2), DURATIONS, NOW)
    return {job: (each.ahead, each.ready_at - NOW) for job, each in expected.items()}


@pytest.mark.parametrize(
    ("case", "seen", "expected"),
    [
        ("nothing", told([]), {}),
        ("a free place", told(waits(1, ANNA)), {1: (0, 10)}),
        ("one who runs", told([], [runs(1, ANNA, 4)]), {1: (0, 6)}),
        ("one who is about to be sent", told([], [runs(1, ANNA, None)]), {1: (0, 10)}),
        ("one who runs for longer than usual", told([], [runs(1, ANNA, 13)]), {1: (0, -3)}),
        ("behind one who runs", told(waits(2, BEN), [runs(1, ANNA, 4)]), {1: (0, 6), 2: (0, 16)}),
        (
            "behind one who runs for longer than usual",
            told(waits(2, BEN), [runs(1, ANNA, 13)]),
            {1: (0, -3), 2: (0, 12.5)},
        ),
        (
            "one after the other",
            told([*waits(2, BEN), *waits(3, CARA), *waits(4, DORA)], [runs(1, ANNA, 4)]),
            {1: (0, 6), 2: (0, 16), 3: (1, 26), 4: (2, 36)},
        ),
        (
            "two places",
            told(
                [*waits(3, CARA), *waits(4, DORA), *waits(5, EMIL)], [runs(1, ANNA, 4), runs(2, BEN, 1)], total=2
            ),
            {1: (0, 6), 2: (0, 9), 3: (0, 16), 4: (1, 19), 5: (2, 26)},
        ),
        (
            "everybody's first before anybody's second",
            told([*waits(1, ANNA, count=3), *waits(2, BEN)]),
            {1: (0, 40), 2: (1, 20)},
        ),
        (
            "who runs already comes after who does not",
            told([*waits(2, ANNA), *waits(3, BEN)], [runs(1, ANNA)], total=2),
            {1: (0, 10), 2: (1, 20), 3: (0, 10)},
        ),
        (
            "whoever was served last goes last",
            told([*waits(1, ANNA), *waits(2, BEN)], served={ANNA: 9, BEN: 8}),
            {1: (1, 20), 2: (0, 10)},
        ),
        (
            "whoever is being served now goes last too",
            told([*waits(2, ANNA), *waits(3, BEN)], [runs(1, ANNA, None)]),
            {1: (0, 10), 2: (1, 30), 3: (0, 20)},
        ),
        (
            "the limit per person, with places left free",
            told([*waits(2, ANNA)], [runs(1, ANNA, 4)], total=9, per_person=1),
            {1: (0, 6), 2: (0, 16)},
        ),
        (
            "a job of more than one may run at once",
            told([*waits(1, ANNA, count=4)], total=9, per_person=3),
            {1: (0, 20)},
        ),
        (
            "a job that runs in part",
            told([Waiting(1, 2, ANNA, PriceKind(FAST, 0, 0), 0)], [runs(1, ANNA, 4)], per_person=1),
            {1: (0, 16)},
        ),
        (
            "what must wait for its moment lets others pass",
            told([*waits(1, ANNA, after=15), *waits(2, BEN)]),
            {1: (1, 25), 2: (0, 10)},
        ),
        (
            "what Spark has refused for now, before its person's later ones",
            told([*waits(1, ANNA, after=15, refused=True), *waits(3, ANNA), *waits(2, BEN)], total=9),
            {1: (1, 25), 2: (0, 10), 3: (2, 25)},
        ),
        (
            "what must wait for its moment, with nothing else to do",
            told([*waits(1, ANNA, after=15)]),
            {1: (0, 25)},
        ),
        (
            "each model takes its own time",
            told([*waits(1, ANNA, SLOW), *waits(2, BEN, FAST), *waits(3, CARA, SLOW)], total=2),
            {1: (0, 40), 2: (1, 10), 3: (2, 50)},
        ),
        (
            "what no price is known of: two first, the others when they have ended",
            told(waits(1, ANNA, count=4), total=9, per_person=9, unpriced={FAST}),
            {1: (0, 20)},
        ),
        (
            "what no price is known of lets others pass, its owner's too",
            told([*waits(1, ANNA, count=3), *waits(2, ANNA, SLOW)], total=9, per_person=9, unpriced={FAST}),
            {1: (0, 20), 2: (2, 40)},
        ),
        (
            "what waits for a price keeps its turn",
            told([*waits(1, ANNA, count=3), *waits(2, ANNA, SLOW)], total=9, unpriced={FAST}),
            {1: (0, 20), 2: (3, 50)},
        ),
        (
            "one at Spark whose price will be known",
            told(waits(2, BEN, count=2), [runs(1, ANNA, 4)], total=9, unpriced={FAST}),
            {1: (0, 6), 2: (0, 16)},
        ),
        (
            "more at Spark than there are places",
            told([*waits(4, DORA)], [runs(1, ANNA, 4), runs(2, BEN, 3), runs(3, CARA, 2)], total=2),
            {1: (0, 6), 2: (0, 7), 3: (0, 8), 4: (0, 17)},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_place_and_time(
    case: str, seen: dict[int, tuple[int, float]], expected: dict[int, tuple[int, float]]
) -> None:
    assert {job: ahead for job, (ahead, _) in seen.items()} == {job: a for job, (a, _) in expected.items()}, case
    assert {job: at for job, (_, at) in seen.items()} == pytest.approx({j: at for j, (_, at) in expected.items()})


def test_the_wait_adds_up_means_and_ones_own_picture_is_promised_with_care() -> None:
    durations = {FAST: Durations.of([4.0, 8.0, 12.0, 16.0])}
    queue = Queue([*waits(1, ANNA), *waits(2, BEN), *waits(3, CARA)], [], {}, set())
    expected = forecast(queue, Capacity(1, 1, unpriced=2), durations, NOW)
    assert [expected[job].ready_at - NOW for job in (1, 2, 3)] == [20, 30, 40]


def test_ten_thousand_are_told_in_one_go_each_with_a_place_of_their_own() -> None:
    rng = random.Random(5)
    people = list(range(1, 1001))
    waiting = [Waiting(job, 1, rng.choice(people), PriceKind(FAST, 0, 0), 0) for job in range(1, 10_001)]
    expected = forecast(Queue(waiting, [], {}, set()), Capacity(50, 3, unpriced=2), DURATIONS, NOW)
    assert sorted(each.ahead for each in expected.values()) == list(range(10_000))
    assert max(each.ready_at for each in expected.values()) == NOW + 10_000 / 50 * 10
