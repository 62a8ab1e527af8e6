"""How surely a picture is recognised that comes again in other bytes, and how rarely another is taken for it."""

import random
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Final

from benchmarks.lookalikes import CHANGES, FAMILIES, PLAIN
from benchmarks.pictures import noise
from benchmarks.rows import Row, Scale
from spark.images.fingerprints import Fingerprint, alike, distance
from spark.images.looks import fingerprint

PAIRS: Final = 10_000
CHANGED: Final = 12
"""Pictures of each family that are changed."""
COMPARED: Final = 20_000

Families = Mapping[str, Sequence[Sequence[Fingerprint]]]


async def rows(_scale: Scale) -> AsyncIterator[Row]:
    """Change pictures, compare different ones, and time both."""
    for row in chain(_changed(), _different(), _costs()):
        yield row


def _changed() -> Iterator[Row]:
    pictures = [
        picture
        for family, groups in FAMILIES.items()
        for group in groups[:1]
        for picture, _ in zip(group(), range(CHANGED), strict=False)
        if family not in PLAIN
    ]
    originals = [fingerprint(picture) for picture in pictures]
    for what, change in CHANGES.items():
        again = [fingerprint(change(picture)) for picture in pictures]
        pairs = list(zip(originals, again, strict=True))
        missed = sum(not alike(*pair) for pair in pairs)
        apart = sorted(_nearer(*pair) for pair in pairs)
        told = f"distance: median {_percent(apart, 0.5)}, p99 {_percent(apart, 0.99)}, most {_percent(apart, 1)}"
        yield Row(f"not recognised: {what}", missed, 0, f"of {len(pairs)}", told)


def _different() -> Iterator[Row]:
    known = {
        family: [[fingerprint(picture) for picture in group()] for group in groups]
        for family, groups in FAMILIES.items()
    }
    within = {
        family: [pair for group in groups for pair in combinations(group, 2)] for family, groups in known.items()
    }
    apart = _from_others(known, PAIRS - sum(map(len, within.values())))
    mistaken = 0
    for family, pairs in (within | {"any two families": apart}).items():
        wrong = sum(alike(*pair) for pair in pairs)
        mistaken += wrong
        flat = sum(one.is_flat or other.is_flat for one, other in pairs)
        near = sorted(_nearer(*pair) for pair in pairs if not (pair[0].is_flat or pair[1].is_flat)) or [1.0]
        told = f"distance: least {_percent(near, 0)}, p1 {_percent(near, 0.01)}, median {_percent(near, 0.5)}"
        yield Row(f"mistaken: {family}", wrong, None, f"of {len(pairs)}", f"{told}; {flat} too flat to tell")
    yield Row("mistaken: all of these", mistaken, 1, f"of {PAIRS}", "flat and similar ones among them")


def _from_others(known: Families, pairs: int) -> list[tuple[Fingerprint, Fingerprint]]:
    rng = random.Random(1)
    families = [[one for group in groups for one in group] for groups in known.values()]
    return [(rng.choice(one), rng.choice(other)) for one, other in (rng.sample(families, 2) for _ in range(pairs))]


def _costs() -> Iterator[Row]:
    one, other = fingerprint(noise(300, 200)), fingerprint(noise(300, 200).rotate(180))
    began = time.process_time()
    for _ in range(COMPARED):
        alike(one, other)
    taken = (time.process_time() - began) / COMPARED * 1e6
    yield Row("comparing two fingerprints", taken, 10, "µs", f"{len(str(one))} characters each")
    for side in (1024, 4096):
        picture = noise(side, side)
        began = time.process_time()
        fingerprint(picture)
        taken = (time.process_time() - began) * 1000
        yield Row(f"the fingerprint of a decoded picture of {side}×{side}", taken, 100, "ms", "in the worker")


def _nearer(one: Fingerprint, other: Fingerprint) -> float:
    return min(distance(one, other), distance(one.mirrored, other))


def _percent(ordered: Sequence[float], share: float) -> str:
    return f"{ordered[min(int(len(ordered) * share), len(ordered) - 1)]:.1%}".replace("%", " %")
