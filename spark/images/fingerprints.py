"""What a picture is recognised by, when it comes again in other bytes: another format, size, quality, or a crop.

A fingerprint says where a picture is lighter or darker than what lies around, and nothing of how much. The
picture is laid under a square grid of cells. A cell's light is averaged with its neighbours' (3×3), and compared
with that of the 5×5 cells around it: the difference of two averages, a band-pass, which is 0 where the light is
even or slopes evenly. A cell that differs by more than half of what cells do on average, and by more than lossy
compression makes them differ, has a trait: *lighter* or *darker*. So a picture is a set of traits.

The distance of two pictures is Dice's (1945): of the traits of both, the share that the other has not,
|A Δ B| / (|A| + |B|), which is one XOR and its bits counted. The Hamming distance of hashes whose bits are all
equally likely (pHash, PDQ) counts cells that are empty in both as agreement, so that white paper makes two
drawings alike; Dice's does not. And as each cell is compared with its own surroundings alone, the words on two
pages of one layout weigh as much as the heavy bars that the pages share.

A crop moves what is left: by up to 2 % of a side at an edge that was cropped, by up to 1 % in the middle.
Therefore a picture is looked at six times: whole, without 2 % at each edge, and without 0.5 % at one and 1.5 % at
the other edge, for both pairs of edges. The whole of one is compared with all six of the other; in one of them
nothing is moved by more than 0.5 % in the middle and 1.5 % at an edge, whatever up to 2 % was cropped at any edge.
How much that changes depends on how fine a picture is, and is known from its own looks: a page of words may be
farther from its crop than a face, and is farther from another page.

Cells are numbered from both sides towards the middle, so that mirroring a picture exchanges two halves of a
number; a mirrored picture is recognised, too. The proportions, which the square grid forgets, have to agree but
for such a crop; and so do the colours, which light forgets, in 6×6 cells: their directions, as it were, since more
contrast only makes them longer. Where one of two is grey, light decides alone.

A picture with few traits (one colour, a gradient, mist) shows nothing to be recognised by: two such are never
alike, and only the bytes can tell that they are the same.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul
from statistics import fmean
from typing import Final, Self

CELLS: Final = 24
"""Cells along each side that may have a trait."""
CORE: Final = 1
SURROUNDINGS: Final = 2
"""How many cells to each side are averaged, for a cell's own light and for that around it."""
GRID: Final = CELLS + 2 * SURROUNDINGS
"""Cells along each side of the grid: those at the edges are only looked at."""
COLOURS: Final = 6
"""Cells along each side whose colours are kept."""
_CROP: Final = 0.02
"""The most that may be missing at an edge, as a share of the side."""
VIEWS: Final = (
    (0.0, 0.0, 0.0, 0.0),
    *((left, top, _CROP - left, _CROP - top) for left in (0.005, 0.015) for top in (0.005, 0.015)),
    (_CROP, _CROP, _CROP, _CROP),
)
"""What is left out each time at the left, the top, the right and the bottom, as shares of the sides."""

_NOISE: Final = 0.5
"""Of 255 levels: what lossy compression does to a cell's light."""
_RANGE: Final = 0.01
"""Of the difference between the lightest and the darkest cell: what a curved gradient does."""
_STANDS_OUT: Final = 0.5
"""Of what cells differ from their surroundings on average."""
_ALIKE: Final = (0.13, 0.2)
"""The most distance of pictures that are taken for the same: what is always allowed, and what never is."""
_MOVED: Final = 1.4
"""What is allowed in between, beside the distance of the pictures from their own crops."""
_STRANGE: Final = 0.4
"""The distance of two whole pictures from which on no crop of the one is looked for in the other."""
_TURNED: Final = 0.165
"""The sine of the most angle between the colours of pictures that are taken for the same."""
_PALE: Final = 2.2
"""Levels of colour, of 127, below which they are put down to compression."""
_TRAITS_MIN: Final = 60
"""The fewest by which a picture is recognised."""
_SHAPE: Final = 0.05
"""By how much the logarithms of two proportions may differ: 2 % at each of two edges make 0.041."""
_SHAPE_STEPS: Final = 1000

_REST: Final = SURROUNDINGS - CORE
_AREAS: Final = COLOURS * COLOURS
_HALF: Final = CELLS * CELLS
_MASK: Final = (1 << _HALF) - 1
_SHAPE_BYTES: Final = 2
_VIEWS_AT: Final = _SHAPE_BYTES + 2 * _AREAS
_VIEW_BYTES: Final = 2 * _HALF // 8
_BYTES: Final = _VIEWS_AT + len(VIEWS) * _VIEW_BYTES
DIGITS: Final = 2 * _BYTES
"""Of a fingerprint as text."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A picture's proportions, colours and traits; `str` writes them as `DIGITS` lowercase hexadecimal digits."""

    shape: int
    """Thousandths of the logarithm of width to height."""
    colours: bytes
    """Blueness and then redness of `COLOURS` × `COLOURS` cells, row by row; 128 is grey. See JFIF, Cb and Cr."""
    views: tuple[int, ...]
    """The traits in each of `VIEWS`: a bit for each that may be, those of the left half first."""

    @classmethod
    def of(cls, width: int, height: int, grids: Iterable[Sequence[float]], colours: bytes) -> Self:
        """Read a grid for each of `VIEWS`: `GRID` × `GRID` levels of light from 0 to 255, row by row."""
        return cls(round(math.log(width / height) * _SHAPE_STEPS), colours, tuple(map(_traits, grids)))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` wrote; raises `ValueError` for another length, or no number."""
        data = bytes.fromhex(text)
        if len(data) != _BYTES:
            raise ValueError(f"a fingerprint has {DIGITS} digits")
        shape, colours = int.from_bytes(data[:_SHAPE_BYTES], signed=True), data[_SHAPE_BYTES:_VIEWS_AT]
        views = (data[start : start + _VIEW_BYTES] for start in range(_VIEWS_AT, _BYTES, _VIEW_BYTES))
        return cls(shape, colours, tuple(map(int.from_bytes, views)))

    def __str__(self) -> str:
        """Write it in hexadecimal digits."""
        views = b"".join(view.to_bytes(_VIEW_BYTES) for view in self.views)
        return (self.shape.to_bytes(_SHAPE_BYTES, signed=True) + self.colours + views).hex()

    @property
    def is_flat(self) -> bool:
        """Whether the picture shows too little to be recognised by anything but its bytes."""
        return self.views[0].bit_count() < _TRAITS_MIN

    @property
    def mirrored(self) -> Self:
        """The fingerprint of the picture with left and right exchanged."""
        rows = (self.colours[start : start + COLOURS] for start in range(0, 2 * _AREAS, COLOURS))
        colours = b"".join(row[::-1] for row in rows)
        return type(self)(self.shape, colours, tuple(map(_mirrored, self.views)))


def alike(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two pictures are the same one, perhaps encoded anew, scaled, cropped by up to 2 %, or mirrored.

    Two flat pictures are not, even where they are equal: compare their bytes first. Takes 2 µs for most others.
    """
    if abs(one.shape - other.shape) > _SHAPE * _SHAPE_STEPS or (one.is_flat and other.is_flat):
        return False
    whole = other.views[0]
    if _dice(one.views[0], whole) < _STRANGE and _same(one, other):
        return True
    return _dice(_mirrored(one.views[0]), whole) < _STRANGE and _same(one.mirrored, other)


def distance(one: Fingerprint, other: Fingerprint) -> float:
    """Tell the share of two pictures' traits that the other has not, from 0 to 1, with the crop that fits best."""
    of_one = min(_dice(one.views[0], view) for view in other.views)
    return min(of_one, *(_dice(view, other.views[0]) for view in one.views[1:]))


def _same(one: Fingerprint, other: Fingerprint) -> bool:
    return distance(one, other) <= _allowed(one, other) and _same_colours(one.colours, other.colours)


def _allowed(one: Fingerprint, other: Fingerprint) -> float:
    """Tell the most distance of two pictures for them to be one."""
    moved = fmean(_dice(each.views[0], crop) for each in (one, other) for crop in each.views[1:-1])
    return min(max(_ALIKE[0], _MOVED * moved), _ALIKE[1])


def _same_colours(one: bytes, other: bytes) -> bool:
    """Whether colours point the same way, seen as vectors; those of a grey picture point to none."""
    these, those = [level - 128 for level in one], [level - 128 for level in other]
    long, wide = math.hypot(*these), math.hypot(*those)
    noise = _PALE * math.sqrt(2 * _AREAS)
    if min(long, wide) <= noise:
        return True
    cosine = sum(map(mul, these, those)) / (long * wide)
    sine = math.sqrt(max(0.0, 1 - cosine * cosine))
    return cosine > 0 and sine * max(long, wide) <= max(noise, _TURNED * max(long, wide))


def _dice(one: int, other: int) -> float:
    traits = one.bit_count() + other.bit_count()
    return (one ^ other).bit_count() / traits if traits else 1.0


def _mirrored(view: int) -> int:
    return (view & _MASK) << _HALF | view >> _HALF


def _traits(light: Sequence[float]) -> int:
    """Find the cells of a grid that are lighter or darker than their surroundings."""
    rows = [light[start : start + GRID] for start in range(0, GRID * GRID, GRID)]
    own = _averages([row[_REST:-_REST] for row in rows[_REST:-_REST]], CORE)
    around = _averages(rows, SURROUNDINGS)
    differences = [[a - b for a, b in zip(*pair, strict=True)] for pair in zip(own, around, strict=True)]
    usual = sum(abs(one) for row in differences for one in row) / CELLS**2
    least = max(_NOISE, _RANGE * (max(light) - min(light)), _STANDS_OUT * usual)
    traits = 0
    for half in (slice(CELLS // 2), slice(None, CELLS // 2 - 1, -1)):
        for sign in (1, -1):
            for row in differences:
                for one in row[half]:
                    traits = traits << 1 | (sign * one > least)
    return traits


def _averages(rows: Sequence[Sequence[float]], reach: int) -> Sequence[Sequence[float]]:
    """Average each square of cells that lies wholly within rows, and reaches so far to each side of its middle."""
    side = 2 * reach + 1
    places = range(len(rows) - side + 1)
    across = [[sum(row[x : x + side]) for x in places] for row in rows]
    return [[sum(column) / side**2 for column in zip(*across[y : y + side], strict=True)] for y in places]
