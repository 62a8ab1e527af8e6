import pytest
from hypothesis import given
from hypothesis import strategies as st

from spark import GrowingIntervals

PLAN = GrowingIntervals()
SECONDS = st.floats(0, 100_000)
PROGRESS = st.none() | st.floats(0, 1)


@pytest.mark.parametrize(
    ("elapsed", "pause"), [(0, 1), (5, 1), (10, 1.5), (20, 3), (60, 9), (100, 15), (3600, 15)]
)
def test_the_pause_is_a_share_of_the_time_waited_within_bounds(elapsed: float, pause: float) -> None:
    assert PLAN.next_look("spark_t2i_3_0", elapsed) == pytest.approx(pause)


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
    assert PLAN.next_look("spark_t2i_3_0", elapsed, progress) == pytest.approx(pause, rel=1e-3)


@given(elapsed=SECONDS, progress=PROGRESS)
def test_a_pause_is_never_below_one_second_nor_above_fifteen(elapsed: float, progress: float | None) -> None:
    assert 1 <= PLAN.next_look("spark_t2i_3_0", elapsed, progress) <= 15


@given(elapsed=SECONDS)
def test_a_look_is_late_by_its_share_at_most(elapsed: float) -> None:
    assert PLAN.next_look("spark_t2i_3_0", elapsed) <= max(1, 0.15 * elapsed)
