"""What is below: ridges, mountains, dunes, forests and water."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from sandbox.spark.painter.canvas import Point, clouds, fade, oval, polygon, scaled, soft
from sandbox.spark.painter.colour import RGB, lit, mix


@dataclass(frozen=True, slots=True)
class Ridge:
    """A skyline: the height in pixels from the top, at even steps across the picture."""

    line: tuple[Point, ...]

    def at(self, x: float) -> float:
        """Tell the height at a place across."""
        step = self.line[1][0] - self.line[0][0]
        place = min(max(x / step, 0), len(self.line) - 1.001)
        left = int(place)
        one, two = self.line[left][1], self.line[left + 1][1]
        return one + (two - one) * (place - left)


def ridge(rng: random.Random, width: int, base: float, relief: float, rough: float, waves: float) -> Ridge:
    """Draw a skyline around `base`: waves of `relief` pixels, broken up by midpoint displacement (`rough` 0-1)."""
    count = 128
    heights = [0.0] * (count + 1)
    heights[0], heights[-1] = rng.uniform(-1, 1), rng.uniform(-1, 1)
    span, swing = count, 1.0
    while span > 1:
        for left in range(0, count, span):
            middle = (heights[left] + heights[left + span]) / 2
            heights[left + span // 2] = middle + rng.uniform(-1, 1) * swing * rough
        span //= 2
        swing *= 0.52
    phase = rng.uniform(0, 6.28)
    line = []
    for i, height in enumerate(heights):
        turn = i / count * 6.28 * waves + phase
        wave = math.sin(turn) * 0.6 + math.sin(turn * 2.3 + 1) * 0.3
        line.append((i / count * width, base - relief * (height * 0.6 + wave * 0.5)))
    return Ridge(tuple(line))


def ground(image: Image.Image, line: Ridge, top: RGB, bottom: RGB) -> None:
    """Fill everything below a skyline."""
    width, height = image.size
    polygon(image, [*line.line, (width, height), (0, height)], top, bottom)


def peaks(
    image: Image.Image,
    rng: random.Random,
    base: float,
    tall: float,
    tones: tuple[RGB, RGB],
    snow: RGB | None,
    side: int,
) -> None:
    """Raise a range of mountains on `base`, `tall` pixels high, bright to the `side` of the light.

    `tones` are the colours at the tops and in the haze at the foot; `snow` that of the caps.
    """
    width = image.width
    step = tall * rng.uniform(0.85, 1.05)
    start = -rng.uniform(0.2, 0.9) * step
    summits = []
    while start < width + step:
        summits.append((start, base - tall * rng.uniform(0.5, 1.0)))
        start += step * rng.uniform(0.55, 1.1)
    for x, y in sorted(summits, key=lambda one: one[1], reverse=True):
        _peak(image, rng, (x, y), base, tones, snow, side)


def _peak(
    image: Image.Image,
    rng: random.Random,
    top: Point,
    base: float,
    tones: tuple[RGB, RGB],
    snow: RGB | None,
    side: int,
) -> None:
    x, y = top
    tall = base - y
    left = _slope(rng, (x, y), (x - tall * rng.uniform(0.95, 1.25), base), tall * 0.05)
    right = _slope(rng, (x, y), (x + tall * rng.uniform(0.95, 1.25), base), tall * 0.05)
    spine = _slope(rng, (x, y), (x + tall * rng.uniform(-0.12, 0.12), base), tall * 0.11)
    polygon(image, [*left, *reversed(right)], tones[0], tones[1])
    dark = right if side < 0 else left
    polygon(image, [*spine, *reversed(dark)], lit(tones[0], 0.8), tones[1])
    if snow is not None:
        depth = rng.uniform(0.24, 0.4)
        _cap(image, rng, left, spine, depth, snow if side < 0 else mix(snow, tones[0], 0.45))
        _cap(image, rng, spine, right, depth, snow if side > 0 else mix(snow, tones[0], 0.45))


def _slope(rng: random.Random, start: Point, end: Point, swing: float) -> list[Point]:
    drift, steps = 0.0, 24
    line = [start]
    for i in range(1, steps + 1):
        share = i / steps
        drift = drift * 0.6 + rng.uniform(-1, 1) * swing * math.sin(math.pi * min(share * 1.2, 1))
        line.append((start[0] + (end[0] - start[0]) * share + drift, start[1] + (end[1] - start[1]) * share))
    return line


def _cap(
    image: Image.Image, rng: random.Random, left: list[Point], right: list[Point], depth: float, colour: RGB
) -> None:
    last = max(3, round(len(left) * depth))
    a, b = left[last], right[last]
    hem = []
    teeth = 4
    for i in range(1, teeth * 2):
        share = i / (teeth * 2)
        drop = (0.7 if i % 2 else -0.5) * rng.uniform(0.2, 1) * (a[1] - left[0][1]) * 0.24
        hem.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share - drop))
    polygon(image, [*left[: last + 1], *hem, *reversed(right[: last + 1])], lit(colour, 1.1), colour, 0.92)


def conifer(rng: random.Random, foot: Point, tall: float) -> list[Point]:
    """Outline a spruce with its foot at a point."""
    x, y = foot
    tiers = 7
    left: list[Point] = []
    right: list[Point] = []
    for tier in range(tiers):
        share = (tier + 1) / tiers
        reach = tall * 0.2 * share**0.85
        level = y - tall * (1 - share * 0.94)
        for line, way in ((left, -1), (right, 1)):
            tip = reach * rng.uniform(0.86, 1.12)
            line.append((x + way * tip, level + tall * 0.018))
            line.append((x + way * tip * 0.42, level - tall * 0.008))
    trunk = tall * 0.018
    return [
        (x, y - tall),
        *left,
        (x - trunk, y - tall * 0.05),
        (x - trunk, y),
        (x + trunk, y),
        (x + trunk, y - tall * 0.05),
        *reversed(right),
    ]


def forest(
    image: Image.Image, rng: random.Random, line: Ridge, tall: float, density: float, tones: tuple[RGB, RGB]
) -> None:
    """Plant spruces along a skyline, as one silhouette; `tones` are those of the tips and of the feet."""
    width = image.width
    x = -tall * 0.2
    trees: list[list[Point]] = []
    while x < width + tall * 0.2:
        trees.append(conifer(rng, (x, line.at(x) + tall * 0.1), tall * rng.uniform(0.55, 1.15)))
        x += tall * rng.uniform(0.1, 0.34) / density
    top = min(y for tree in trees for _, y in tree)
    bottom = max(y for _, y in line.line) + tall * 0.1
    upper, lower = int(top) - 1, int(bottom) + 2
    band = Image.new("L", (width * 2, max((lower - upper) * 2, 2)))
    draw = ImageDraw.Draw(band)
    for tree in trees:
        draw.polygon([(px * 2, (py - upper) * 2) for px, py in tree], fill=255)
    mask = band.reduce(2)
    paint = Image.composite(
        Image.new("RGB", mask.size, tones[1]), Image.new("RGB", mask.size, tones[0]), fade(mask.size)
    )
    image.paste(paint, (0, upper), mask)


def snowy_spruce(
    image: Image.Image, rng: random.Random, foot: Point, tall: float, tones: tuple[RGB, RGB], snow: RGB, side: int
) -> None:
    """Paint one near spruce, tier by tier, each with a ledge of snow towards the light."""
    x, y = foot
    polygon(
        image,
        [
            (x - tall * 0.02, y - tall * 0.1),
            (x + tall * 0.02, y - tall * 0.1),
            (x + tall * 0.025, y),
            (x - tall * 0.025, y),
        ],
        lit(tones[1], 0.6),
    )
    tiers = 9
    for tier in reversed(range(tiers)):
        share = (tier + 1) / tiers
        reach = tall * 0.23 * share**0.85
        lower = y - tall * (1 - share * 0.93)
        upper = lower - tall * (0.13 + 0.07 * share)
        teeth = 8 + tier * 2
        hem = []
        for i in range(teeth + 1):
            along = i / teeth * 2 - 1
            sag = (1 - along * along) * 0.9
            jag = (0.5 if i % 2 else -0.5) * rng.uniform(0.5, 1)
            hem.append((x + along * reach, lower + tall * 0.022 * (sag + jag)))
        polygon(image, [(x, upper), *hem], tones[0], tones[1])
        _ledges(image, rng, (x, upper, lower, reach), snow, side)


def water(
    image: Image.Image, rng: random.Random, level: float, tone: RGB, sparkle: tuple[float, RGB] | None
) -> None:
    """Fill everything below `level` with water that mirrors what is above it.

    `sparkle` is where across the picture the sun or moon glitters, and in which colour.
    """
    width, height = image.size
    top = round(level)
    deep = height - top
    mirror = image.crop((0, max(top - round(deep * 1.15), 0), width, top)).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    mirror = soft(mirror.resize((width, deep), Image.Resampling.BILINEAR), max(deep / 160, 1))
    mirror = _rippled(mirror, rng)
    dark = Image.new("RGB", mirror.size, tone)
    mirror = Image.composite(dark, mirror, fade(mirror.size, 0.0, 1.0, 34, 165))
    image.paste(mirror, (0, top))
    waves = clouds(rng, (width // 2, deep), (9, max(deep // 9, 4)), 2)
    crest = waves.point([max(0, min(255, (v - 150) * 5)) for v in range(256)]).resize((width, deep))
    crest = ImageChops.multiply(crest, fade(crest.size, 0, 1, 60, 130))
    above = image.getpixel((width // 2, max(top - 3, 0)))
    sheen: RGB = mix(tone, above, 0.6)  # type: ignore[arg-type]  # an RGB picture has RGB pixels
    image.paste(lit(sheen, 1.12), (0, top), scaled(crest, 0.5))
    if sparkle is not None:
        _glitter(image, rng, top, sparkle[0], sparkle[1])


def _ledges(
    image: Image.Image,
    rng: random.Random,
    tier: tuple[float, float, float, float],
    snow: RGB,
    side: int,
) -> None:
    """Lay pads of snow on one tier (its middle, top, hem and reach), thick towards the light."""
    x, upper, lower, reach = tier
    deep = lower - upper
    for _ in range(7):
        along = rng.uniform(-0.86, 0.86)
        weight = 1.0 if along * side >= -0.1 else 0.62
        centre = (x + along * reach, lower - deep * (0.02 + 0.5 * (1 - abs(along)) * rng.random()))
        across = reach * rng.uniform(0.16, 0.3) * weight
        thick = deep * rng.uniform(0.07, 0.12) * weight
        lean = along * deep * 0.1
        pad = [(px, py + (px - centre[0]) / max(across, 1) * lean) for px, py in oval(centre, across, thick, 24)]
        polygon(image, pad, lit(snow, 1.2), snow, 0.55 + 0.4 * weight)


def _rippled(mirror: Image.Image, rng: random.Random) -> Image.Image:
    width, height = mirror.size
    rippled = mirror.copy()
    row, phase = 0, rng.uniform(0, 6.28)
    while row < height:
        depth = row / height
        thick = max(2, round(2 + depth * height / 70))
        shift = round(
            math.sin(row * 0.9 + phase) * (1 + depth * width / 90) + rng.uniform(-1, 1) * (1 + depth * 6)
        )
        strip = mirror.crop((0, row, width, min(row + thick, height)))
        rippled.paste(ImageChops.offset(strip, shift, 0), (0, row))
        row += thick
    return rippled


def _glitter(image: Image.Image, rng: random.Random, top: int, x: float, colour: RGB) -> None:
    width, height = image.size
    deep = height - top
    layer = Image.new("L", (width, deep))
    draw = ImageDraw.Draw(layer)
    for _ in range(260):
        depth = rng.random() ** 1.25
        y = depth * deep
        spread = width * (0.015 + 0.075 * depth)
        centre = x + rng.gauss(0, 1) * spread
        long, thick = (0.006 + 0.03 * depth) * width * rng.uniform(0.4, 1.2), max(1.0, depth * height / 260)
        draw.ellipse((centre - long, y - thick, centre + long, y + thick), fill=round(rng.uniform(90, 235)))
    layer = soft(layer, 1.2)
    glow = ImageChops.lighter(layer, scaled(soft(layer, width / 110), 1.3))
    light = Image.composite(Image.new("RGB", layer.size, colour), Image.new("RGB", layer.size), scaled(glow, 0.85))
    image.paste(ImageChops.screen(image.crop((0, top, width, height)), light), (0, top))
