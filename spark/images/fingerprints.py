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
for such a crop.

So have the colours, which light forgets, in 8×8 cells of the views that fit best: once the paler ones are scaled,
since more contrast makes all of them stronger. A cell may differ by what the picture's own crops make it differ,
and by what compression does; what is beyond that is added up. A cell with a part as bright as can be counts for
nothing: there a lighter picture has lost colour. Where one of two is grey, light decides alone.

A picture with few traits (one colour, a gradient, mist) shows nothing to be recognised by: two such are never
alike, and only the bytes can tell that they are the same.
"""

import math
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final, Self

CELLS: Final = 24
"""Cells along each side that may have a trait."""
CORE: Final = 1
SURROUNDINGS: Final = 2
"""How many cells to each side are averaged, for a cell's own light and for that around it."""
GRID: Final = CELLS + 2 * SURROUNDINGS
"""Cells along each side of the grid: those at the edges are only looked at."""
COLOURS: Final = 8
"""Cells along each side whose colours are kept."""
DAZZLING: Final = 0
"""Blueness and redness of a cell whose colours cannot be told; no colour has both."""
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
_PALE: Final = 2.2
"""Levels of colour, of 127, below which they are put down to compression."""
_STAINED: Final = 2.0
"""Levels by which compression changes the colour of a cell, beside what a crop does."""
_COLOURED: Final = 3.6
"""Levels by which the cells of pictures that are taken for the same differ beyond that, all together."""
_TRAITS_MIN: Final = 60
"""The fewest by which a picture is recognised."""
_SHAPE: Final = 0.05
"""By how much the logarithms of two proportions may differ: 2 % at each of two edges make 0.041."""
_SHAPE_STEPS: Final = 1000

_REST: Final = SURROUNDINGS - CORE
_AREAS: Final = COLOURS * COLOURS
_HALF: Final = CELLS * CELLS
_MASK: Final = (1 << _HALF) - 1
_GREY: Final = 128
_UNTOLD: Final = complex(DAZZLING - _GREY, DAZZLING - _GREY)
_SHAPE_BYTES: Final = 2
_COLOURS_BYTES: Final = 2 * _AREAS
_TRAITS_BYTES: Final = 2 * _HALF // 8
_VIEW_BYTES: Final = _COLOURS_BYTES + _TRAITS_BYTES
_BYTES: Final = _SHAPE_BYTES + len(VIEWS) * _VIEW_BYTES
LENGTH: Final = 4 * -(-_BYTES // 3)
"""Of a fingerprint as text."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A picture's proportions, colours and traits; `str` writes them in base64, in `LENGTH` characters."""

    shape: int
    """Thousandths of the logarithm of width to height."""
    colours: tuple[bytes, ...]
    """In each of `VIEWS` blueness and then redness of `COLOURS` × `COLOURS` cells, row by row; 128 is grey.

    See JFIF, Cb and Cr.
    """
    views: tuple[int, ...]
    """The traits in each of `VIEWS`: a bit for each that may be, those of the left half first."""

    @classmethod
    def of(cls, width: int, height: int, grids: Iterable[Sequence[float]], colours: Iterable[bytes]) -> Self:
        """Read a grid for each of `VIEWS`: `GRID` × `GRID` levels of light from 0 to 255, row by row."""
        return cls(round(math.log(width / height) * _SHAPE_STEPS), tuple(colours), tuple(map(_traits, grids)))

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `str` wrote; raises `ValueError` for another length, or no base64."""
        data = b64decode(text, validate=True)
        if len(data) != _BYTES:
            raise ValueError(f"a fingerprint has {LENGTH} characters")
        starts = range(_SHAPE_BYTES, _BYTES, _VIEW_BYTES)
        colours = tuple(data[start : start + _COLOURS_BYTES] for start in starts)
        traits = (data[start + _COLOURS_BYTES : start + _VIEW_BYTES] for start in starts)
        return cls(int.from_bytes(data[:_SHAPE_BYTES], signed=True), colours, tuple(map(int.from_bytes, traits)))

    def __str__(self) -> str:
        """Write it in base64."""
        views = zip(self.colours, self.views, strict=True)
        written = b"".join(colours + view.to_bytes(_TRAITS_BYTES) for colours, view in views)
        return b64encode(self.shape.to_bytes(_SHAPE_BYTES, signed=True) + written).decode("ascii")

    @property
    def is_flat(self) -> bool:
        """Whether the picture shows too little to be recognised by anything but its bytes."""
        return self.views[0].bit_count() < _TRAITS_MIN

    @property
    def mirrored(self) -> Self:
        """The fingerprint of the picture with left and right exchanged."""
        return type(self)(self.shape, tuple(map(_turned, self.colours)), tuple(map(_mirrored, self.views)))


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
    return _best_fit(one, other)[0]


def _best_fit(one: Fingerprint, other: Fingerprint) -> tuple[float, int, int]:
    """Tell the distance of the two views that are the nearest, and which of each it is."""
    of_other = ((_dice(one.views[0], view), 0, number) for number, view in enumerate(other.views))
    of_one = ((_dice(view, other.views[0]), number, 0) for number, view in enumerate(one.views))
    return min(*of_other, *of_one)


def _same(one: Fingerprint, other: Fingerprint) -> bool:
    apart, of_one, of_other = _best_fit(one, other)
    return apart <= _allowed(one, other) and _colours_apart(one, of_one, other, of_other) <= _COLOURED


def _allowed(one: Fingerprint, other: Fingerprint) -> float:
    """Tell the most distance of two pictures for them to be one."""
    moved = fmean(_dice(each.views[0], crop) for each in (one, other) for crop in each.views[1:-1])
    return min(max(_ALIKE[0], _MOVED * moved), _ALIKE[1])


def _colours_apart(one: Fingerprint, of_one: int, other: Fingerprint, of_other: int) -> float:
    """Tell by how many levels the cells of two views differ, beyond what a crop and compression do."""
    moved = map(max, _moved(one), _moved(other))
    pairs = zip(_vectors(one.colours[of_one]), _vectors(other.colours[of_other]), moved, strict=True)
    told = [pair for pair in pairs if _UNTOLD not in pair]
    pale, strong = sorted(([pair[side] for pair in told] for side in (0, 1)), key=_power)
    if _power(pale) <= 2 * len(told) * _PALE**2:
        return 0.0
    along = sum((a * b.conjugate()).real for a, b in zip(pale, strong, strict=True))
    scale = max(0.0, along / _power(pale))
    return sum(
        max(0.0, abs(scale * a - b) - crop - _STAINED) for a, b, (*_, crop) in zip(pale, strong, told, strict=True)
    )


def _moved(one: Fingerprint) -> list[float]:
    """Tell by how many levels a crop changes each cell of a picture."""
    whole, *crops = map(_vectors, one.colours[:-1])
    return [max(abs(cell - crop) for crop in cropped) for cell, *cropped in zip(whole, *crops, strict=True)]


def _vectors(colours: bytes) -> list[complex]:
    """Give the cells as vectors; that of a grey one has no length."""
    cells = zip(colours[:_AREAS], colours[_AREAS:], strict=True)
    return [complex(blue - _GREY, red - _GREY) for blue, red in cells]


def _power(vectors: Iterable[complex]) -> float:
    return sum(abs(vector) ** 2 for vector in vectors)


def _dice(one: int, other: int) -> float:
    traits = one.bit_count() + other.bit_count()
    return (one ^ other).bit_count() / traits if traits else 1.0


def _mirrored(view: int) -> int:
    return (view & _MASK) << _HALF | view >> _HALF


def _turned(colours: bytes) -> bytes:
    return b"".join(colours[start : start + COLOURS][::-1] for start in range(0, _COLOURS_BYTES, COLOURS))


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
