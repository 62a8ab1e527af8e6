"""How a decoded picture looks, cell by cell, for its fingerprint. For the worker."""

from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image

from spark.images.fingerprints import COLOURS, GRID, VIEWS, Fingerprint

SIDE: Final = 256
"""Pixels of either side that a picture is reduced to first, or up to twice as many: no pixel is divided."""


def fingerprint(image: Image.Image) -> Fingerprint:
    """Take the fingerprint of a picture that stands upright, in grey or RGB; takes 30 ms for 16 megapixels."""
    small = image.reduce((max(1, image.width // SIDE), max(1, image.height // SIDE))).convert("RGB")
    return Fingerprint.of(*image.size, _grids(small), _colours(small))


def _grids(small: Image.Image) -> Iterator[Sequence[float]]:
    light, (width, height) = small.convert("L").convert("F"), small.size
    for left, top, right, bottom in VIEWS:
        box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
        grid = light.resize((GRID, GRID), Image.Resampling.BILINEAR, box)
        yield memoryview(grid.tobytes()).cast("f").tolist()


def _colours(small: Image.Image) -> bytes:
    _, blue, red = small.resize((COLOURS, COLOURS), Image.Resampling.BILINEAR).convert("YCbCr").split()
    return blue.tobytes() + red.tobytes()
