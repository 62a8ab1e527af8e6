import pytest

from bot.domain.durations import Durations


@pytest.mark.parametrize(
    ("recent", "elapsed", "left"),
    [
        ((), 0, 15),
        ((), 5, 10),
        ((10,), 4, 6),
        ((10, 20), 4, 11),
        ((10, 20), 12, 8),  # the short one would have ended
        ((10, 20), 25, 3.75),  # longer than any: a quarter of the mean
        ((), 100, 3.75),
    ],
)
def test_what_is_left_is_told_from_those_that_took_longer(
    recent: tuple[float, ...], elapsed: float, left: float
) -> None:
    assert Durations.of(recent).left_after(elapsed) == left


def test_it_is_never_past_whatever_has_run() -> None:
    durations = Durations.of([8, 9, 12, 30])
    assert all(durations.left_after(elapsed) > 0 for elapsed in range(200))
