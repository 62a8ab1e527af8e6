import random

from hypothesis import given
from hypothesis import strategies as st

import spark
from bot.orders.options import SEED_MAX, draw_seed


class Highest(random.Random):
    """Draws the highest number that it may."""

    def randint(self, a: int, b: int) -> int:
        assert a == 1
        return b


@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_a_drawn_seed_and_those_that_follow_are_seeds(rng: random.Random, count: int) -> None:
    assert 1 <= draw_seed(rng, count) <= SEED_MAX - count + 1


def test_the_highest_draw_leaves_room_for_the_pictures_that_follow() -> None:
    assert SEED_MAX == spark.SEED_MAX == 2**53 - 1
    assert draw_seed(Highest()) == 2**31 - 1
    assert draw_seed(Highest(), count=4) == 2**31 - 4
