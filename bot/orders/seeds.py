"""Seeds: where a person gives none, the bot draws one, so that every result can be repeated."""

import random

import spark

SEED_MAX = spark.SEED_MAX
_DRAWN_MAX = 2**31 - 1
"""Ten digits at most, for people to copy."""


def draw_seed(rng: random.Random, count: int = 1) -> int:
    """Draw the first of `count` consecutive seeds, all from 1 to 2³¹-1."""
    return rng.randint(1, _DRAWN_MAX - (count - 1))
