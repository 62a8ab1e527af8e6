import pytest

from bot.delivery.files import next_goal


@pytest.mark.parametrize(
    ("refused", "goal"),
    [
        (52_000_000, 8_000_000),
        (8_000_001, 8_000_000),
        (8_000_000, 4_000_000),
        (3_000_000, 1_500_000),
        (900_000, 500_000),
        (500_001, 500_000),
        (500_000, None),
        (20_000, None),
    ],
)
def test_what_is_refused_is_halved_down_to_half_a_megabyte(refused: int, goal: int | None) -> None:
    assert next_goal(refused) == goal
