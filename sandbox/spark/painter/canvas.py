"""Pillow's own operations, as a painter's: washes, glows, grain and soft-edged shapes."""

import random
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sandbox.spark.painter.colour import RGB
from sandbox.spark.sizes import Size

Point = tuple[float, float]
Points = Sequence[Point]

_SMOOTH: Final = 2  # shapes are drawn this much larger and reduced, so that their edges are soft


def vertical(size: Size, colours: Sequence[RGB]) -> Image.Image:
    """Paint a gradient from top to bottom, the colours evenly apart."""
    column = Image.new("RGB", (1, len(colours)))
    for row, colour in enumerate(colours):
        column.putpixel((0, row), colour)
    # Resizing puts each colour at the middle of its pixel; the box makes the outer ones reach the edges.
    box = (0, 0.5, 1, len(colours) - 0.5)
    return column.resize((1, size[1]), Image.Resampling.BILINEAR, box).resize(size)


def fade(size: Size, start: float = 0.0, end: float = 1.0, top: int = 0, bottom: int = 255) -> Image.Image:
    """Make a mask that goes from `top` to `bottom` between two shares of the height."""
    width, height = size
    column = Image.new("L", (1, height))
    span = max((end - start) * height, 1)
    for row in range(height):
        share = min(max((row - start * height) / span, 0.0), 1.0)
        column.putpixel((0, row), round(top + (bottom - top) * share))
    return column.resize((width, height))


def glow(size: Size, centre: Point, radius: float, power: float = 2.0) -> Image.Image:
    """Make a mask that is white at its centre and fades to nothing at `radius`."""
    disc = Image.radial_gradient("L").point([round(255 * max(0.0, 1 - v / 180) ** power) for v in range(256)])
    side = max(round(radius * 2), 2)
    mask = Image.new("L", size)
    mask.paste(disc.resize((side, side), Image.Resampling.BILINEAR), _corner(centre, radius))
    return mask


def shine(image: Image.Image, colour: RGB, centre: Point, radius: float, power: float = 2.0) -> None:
    """Add coloured light to a picture, fading out at `radius`."""
    left, upper = _corner(centre, radius)
    box = _clip((left, upper, left + round(radius * 2), upper + round(radius * 2)), image.size)
    if box is None:
        return
    size = (box[2] - box[0], box[3] - box[1])
    mask = glow(size, (centre[0] - box[0], centre[1] - box[1]), radius, power)
    light = Image.composite(Image.new("RGB", size, colour), Image.new("RGB", size), mask)
    image.paste(ImageChops.screen(image.crop(box), light), box)


def scaled(mask: Image.Image, factor: float) -> Image.Image:
    """Make a mask weaker or stronger."""
    return mask.point([min(255, round(v * factor)) for v in range(256)])


def noise(rng: random.Random, size: Size, cells: Size) -> Image.Image:
    """Make smooth noise with this many cells across and down."""
    across, down = max(cells[0], 2), max(cells[1], 2)
    grain = Image.frombytes("L", (across, down), rng.randbytes(across * down))
    return grain.resize(size, Image.Resampling.BICUBIC)


def clouds(rng: random.Random, size: Size, cells: Size, octaves: int = 4) -> Image.Image:
    """Make fractal noise: each octave has twice the cells and half the weight of the one before."""
    total = noise(rng, size, cells)
    for octave in range(1, octaves):
        finer = noise(rng, size, (cells[0] << octave, cells[1] << octave))
        total = Image.blend(total, finer, 0.5 ** (octave + 0.3))
    return total


def polygon(image: Image.Image, points: Points, top: RGB, bottom: RGB | None = None, opacity: float = 1.0) -> None:
    """Fill a shape with soft edges, by one colour or from one at its top to another at its bottom."""
    stencil = _stencil(image.size, points)
    if stencil is None:
        return
    mask, box = stencil
    if opacity < 1:
        mask = scaled(mask, opacity)
    paint = vertical(mask.size, (top, bottom)) if bottom else Image.new("RGB", mask.size, top)
    if image.mode == "RGBA":
        paint.putalpha(mask)
        image.alpha_composite(paint, box[:2])
    else:
        image.paste(paint, box, mask)


def outline(size: Size, points: Points) -> Image.Image:
    """Make the mask of a shape."""
    mask = Image.new("L", size)
    if (stencil := _stencil(size, points)) is not None:
        mask.paste(stencil[0], stencil[1])
    return mask


def oval(centre: Point, across: float, down: float, steps: int = 48) -> list[Point]:
    """Tell the outline of an ellipse, by its radii."""
    unit = [_CIRCLE[i * len(_CIRCLE) // steps] for i in range(steps)]
    return [(centre[0] + x * across, centre[1] + y * down) for x, y in unit]


def soft(image: Image.Image, radius: float) -> Image.Image:
    """Blur a picture or a mask."""
    return image.filter(ImageFilter.GaussianBlur(radius))


def _circle(steps: int) -> list[Point]:
    turn = [complex(0, 1) ** (4 * i / steps) for i in range(steps)]
    return [(one.real, one.imag) for one in turn]


_CIRCLE: Final = _circle(96)


def _corner(centre: Point, radius: float) -> tuple[int, int]:
    return round(centre[0] - radius), round(centre[1] - radius)


def _clip(box: tuple[int, int, int, int], size: Size) -> tuple[int, int, int, int] | None:
    left, upper = max(box[0], 0), max(box[1], 0)
    right, lower = min(box[2], size[0]), min(box[3], size[1])
    return (left, upper, right, lower) if left < right and upper < lower else None


def _stencil(size: Size, points: Points) -> tuple[Image.Image, tuple[int, int, int, int]] | None:
    across, down = [x for x, _ in points], [y for _, y in points]
    bounds = (int(min(across)) - 1, int(min(down)) - 1, int(max(across)) + 2, int(max(down)) + 2)
    box = _clip(bounds, size)
    if box is None:
        return None
    large = Image.new("L", ((box[2] - box[0]) * _SMOOTH, (box[3] - box[1]) * _SMOOTH))
    moved = [((x - box[0]) * _SMOOTH, (y - box[1]) * _SMOOTH) for x, y in points]
    ImageDraw.Draw(large).polygon(moved, fill=255)
    return large.reduce(_SMOOTH), box
