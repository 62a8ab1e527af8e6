"""Pictures as the store knows them: each with looks of its own, and the copies of it that people post."""

import hashlib
import random
from functools import cache
from typing import Final

import spark
from bot.domain.pictures.sources import Source
from spark.images.fingerprints import COLOURS, VIEWS

_BITS: Final = 1152
_TRAITS: Final = 300
_CHANGED: Final = 5


@cache
def looks(number: int, copy: int = 0) -> str:
    """Give the fingerprint of a picture, or of a copy of it, which differs in a few traits."""
    rng = random.Random(number)
    traits = set(rng.sample(range(_BITS), _TRAITS)) ^ set(rng.sample(range(_BITS), _CHANGED * copy))
    grey = bytes([128]) * (2 * COLOURS * COLOURS)
    views = (sum(1 << trait for trait in traits),) * len(VIEWS)
    return str(spark.Fingerprint(0, (grey,) * len(VIEWS), views))


def picture(number: int, poster_id: int | None = None, message_id: int | None = None, *, copy: int = 0) -> Source:
    """Give a fetched picture as somebody has posted it."""
    return Source(
        "https://cdn.discordapp.com/1",
        "a.png",
        channel_id=None if message_id is None else 500,
        message_id=message_id,
        poster_id=poster_id,
        sha256=hashlib.sha256(f"{number} {copy}".encode()).hexdigest(),
        fingerprint=looks(number, copy),
    )
