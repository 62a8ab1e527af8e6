"""How a decoded picture looks, cell by cell, for its fingerprint. For the worker."""

from collections.abc import Iterator, Sequence
from typing import Final

from PIL import Image, ImageChops

from spark.images.fingerprints import COLOURS, DAZZLING, GRID, VIEWS, Fingerprint

SIDE: Final = 256
"""Pixels of either side that a picture is reduced to first, or up to twice as many: no pixel is divided."""
_BRIGHT: Final = 250
"""The level of red, green or blue from which on one that is lighter may have lost colour."""
_PART: Final = 0.01
"""Of a cell: where so much of it is bright, its colours are not to be relied on."""


def fingerprint(image: Image.Image) -> Fingerprint:
    """Take the fingerprint of a picture that stands upright, in grey or RGB; takes 30 ms for 16 megapixels."""
    small = image.reduce((max(1, image.width // SIDE), max(1, image.height // SIDE))).convert("RGB")
    return Fingerprint.of(*image.size, _grids(small), _colours(small))


def _grids(small: Image.Image) -> Iterator[Sequence[float]]:
    light = small.convert("L").convert("F")
    for box in _boxes(small):
        grid = light.resize((GRID, GRID), Image.Resampling.BILINEAR, box)
        yield memoryview(grid.tobytes()).cast("f").tolist()


def _colours(small: Image.Image) -> Iterator[bytes]:
    dazzling = _dazzling(small)
    for box in _boxes(small):
        cells = small.resize((COLOURS, COLOURS), Image.Resampling.BILINEAR, box).convert("YCbCr")
        cells.paste((0, DAZZLING, DAZZLING), mask=dazzling)
        _, blue, red = cells.split()
        yield blue.tobytes() + red.tobytes()


def _dazzling(small: Image.Image) -> Image.Image:
    """Mark the cells that have a bright part."""
    red, green, blue = small.split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    shares = brightest.point(lambda level: 255 * (level >= _BRIGHT)).resize(
        (COLOURS, COLOURS), Image.Resampling.BILINEAR
    )
    return shares.point(lambda share: 255 * (share > 255 * _PART))


def _boxes(small: Image.Image) -> Iterator[tuple[float, float, float, float]]:
    """Give what is seen in each of `VIEWS`."""
    width, height = small.size
    for left, top, right, bottom in VIEWS:
        yield left * width, top * height, (1 - right) * width, (1 - bottom) * height
