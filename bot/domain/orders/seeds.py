"""Seeds: where a person gives none, the bot draws one, so that every result can be repeated."""

import random

SEED_MAX = 2**31 - 1


def draw_seed(rng: random.Random, count: int = 1) -> int:
    """Draw the first of `count` consecutive seeds, all from 1 to 2³¹-1."""
    return rng.randint(1, SEED_MAX - (count - 1))
