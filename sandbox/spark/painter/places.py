"""The landscapes, from the horizon to our feet."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageChops, ImageDraw

from sandbox.spark.painter import city, land, sky
from sandbox.spark.painter.canvas import Point, clouds, fade, outline, oval, polygon, scaled, shine, soft
from sandbox.spark.painter.colour import RGB, lit, mix
from sandbox.spark.painter.stage import Stage

_GRASS: RGB = (126, 160, 84)
_MOSS: RGB = (74, 98, 66)
_SAND: RGB = (233, 178, 116)
_ROCK: RGB = (92, 104, 104)


def mountains(stage: Stage) -> None:
    """Paint ranges of mountains above wooded hills, at times with a lake before them."""
    rng, horizon, unit = stage.rng, stage.horizon, stage.unit
    snow = stage.snow if not stage.palette.night else mix(stage.snow, stage.palette.haze, 0.35)
    for distance, tall in ((0.72, 0.3), (0.46, 0.36)):
        top, foot = stage.tone(_ROCK, distance), stage.dark(min(distance + 0.3, 0.95))
        top = mix(top, stage.dark(distance), 0.6)
        land.peaks(
            stage.image,
            rng,
            horizon + unit * 0.06,
            unit * tall,
            (top, foot),
            mix(snow, stage.palette.haze, distance * 0.5),
            stage.side,
        )
    hills = land.ridge(rng, stage.width, horizon + unit * 0.02, unit * 0.05, 0.5, 1.2)
    land.ground(stage.image, hills, stage.dark(0.55), stage.dark(0.7))
    land.forest(stage.image, rng, hills, unit * 0.055, 3.2, (stage.dark(0.45), stage.dark(0.6)))
    if stage.scene.subject in (None, "boat", "bird", "balloon"):
        _lake(stage)
        return
    _foreground(stage, _MOSS, woods=True)


def _lake(stage: Stage) -> None:
    unit, rng = stage.unit, stage.rng
    level = stage.horizon + unit * 0.045
    sparkle = (stage.sun[0], stage.palette.source) if stage.palette.night else None
    land.water(stage.image, rng, level, mix(stage.palette.near, stage.palette.sky[1], 0.5), sparkle)
    bank = land.ridge(rng, stage.width, stage.height * 0.97, unit * 0.05, 0.4, 0.8)
    land.ground(stage.image, bank, stage.dark(0.1), stage.dark(0.0))
    land.forest(stage.image, rng, bank, unit * 0.13, 2.2, (stage.dark(0.12), stage.dark(0.0)))
    _frame(stage)


def forest(stage: Stage) -> None:
    """Paint rows of spruces that fade into the haze, and a clearing before them."""
    rng, unit, horizon = stage.rng, stage.unit, stage.horizon
    snow = mix(stage.snow, stage.palette.haze, 0.35)
    tones = (mix(stage.dark(0.62), stage.palette.haze, 0.3), stage.dark(0.9))
    land.peaks(stage.image, rng, horizon, unit * 0.3, tones, snow if stage.scene.snow else None, stage.side)
    rows = ((0.78, -0.05, 0.1, 2.6), (0.6, -0.01, 0.14, 2.2), (0.38, 0.03, 0.2, 1.7))
    for distance, below, tall, density in rows:
        line = land.ridge(rng, stage.width, horizon + unit * below, unit * 0.035, 0.4, 1.1)
        base = stage.tone(_MOSS, min(distance + 0.15, 0.95))
        land.ground(stage.image, line, base, stage.tone(_MOSS, max(distance - 0.1, 0)))
        land.forest(
            stage.image,
            rng,
            line,
            unit * tall,
            density,
            (stage.dark(distance), stage.dark(min(distance + 0.2, 0.95))),
        )
        feet = land.Ridge(tuple((x, y + unit * tall * 0.03) for x, y in line.line))
        land.ground(stage.image, feet, mix(base, stage.dark(min(distance + 0.2, 0.95)), 0.25), base)
    _foreground(stage, _MOSS, woods=False)
    _frame(stage)


def meadow(stage: Stage) -> None:
    """Paint rolling hills with trees here and there, and flowers at our feet."""
    rng, unit, horizon = stage.rng, stage.unit, stage.horizon
    far = land.ridge(rng, stage.width, horizon - unit * 0.03, unit * 0.06, 0.5, 1.0)
    land.ground(stage.image, far, stage.dark(0.75), stage.dark(0.85))
    for distance, below in ((0.66, 0.02), (0.44, 0.07), (0.24, 0.13)):
        line = land.ridge(rng, stage.width, horizon + unit * below, unit * 0.04, 0.12, 0.9)
        colour = stage.tone(_GRASS, distance)
        land.ground(stage.image, line, lit(colour, 1.08), stage.tone(_MOSS, distance))
        for _ in range(rng.randint(3, 6)):
            x = rng.random() * stage.width
            _round_tree(stage, x, line.at(x), unit * (0.09 - distance * 0.09), distance)
    _foreground(stage, _GRASS, woods=False)
    if not stage.scene.snow:
        _flowers(stage)


def _round_tree(stage: Stage, x: float, y: float, tall: float, distance: float) -> None:
    dark = stage.dark(distance)
    polygon(
        stage.image,
        [
            (x - tall * 0.05, y - tall * 0.5),
            (x + tall * 0.05, y - tall * 0.5),
            (x + tall * 0.06, y),
            (x - tall * 0.06, y),
        ],
        dark,
    )
    tone = mix(stage.tone((94, 132, 72), distance), dark, 0.35)
    for dx, dy, size in ((0, -0.75, 0.34), (-0.2, -0.6, 0.25), (0.22, -0.58, 0.24)):
        polygon(
            stage.image,
            oval((x + dx * tall, y + dy * tall), size * tall, size * tall * 0.9, 32),
            lit(tone, 1.15),
            dark,
        )


def _flowers(stage: Stage) -> None:
    rng, unit = stage.rng, stage.unit
    colours = ((244, 214, 90), (250, 246, 238), (226, 92, 84), (214, 132, 196), (150, 130, 214))
    chosen = rng.sample(colours, 3)
    draw = ImageDraw.Draw(stage.image)
    start = stage.horizon + unit * 0.17
    for _ in range(420):
        depth = rng.random() ** 0.75
        x, y = rng.random() * stage.width, start + depth * (stage.height - start)
        size = unit * (0.0014 + 0.0052 * depth)
        colour = stage.tone(rng.choice(chosen), 0.3 * (1 - depth))
        draw.line(
            (x, y, x + rng.uniform(-1, 1) * size, y + size * 4),
            fill=stage.tone(_MOSS, 0.2),
            width=max(1, round(size / 2)),
        )
        draw.ellipse((x - size, y - size * 0.8, x + size, y + size * 0.8), fill=colour)


def sea(stage: Stage) -> None:
    """Paint the sea, with headlands on the horizon and a shore at our feet."""
    rng, unit, horizon = stage.rng, stage.unit, stage.horizon
    for distance, tall in ((0.82, 0.05), (0.6, 0.035)):
        line = land.ridge(rng, stage.width, horizon - unit * tall * 0.2, unit * tall, 0.55, rng.uniform(0.6, 1.3))
        land.ground(stage.image, line, stage.dark(distance), stage.dark(min(distance + 0.15, 0.95)))
    tone = mix(stage.palette.near, stage.palette.sky[0], 0.5)
    land.water(
        stage.image, rng, horizon, tone, (stage.sun[0], mix(stage.palette.sky[-1], stage.palette.source, 0.7))
    )
    shore = land.ridge(rng, stage.width, stage.height * 0.985, unit * 0.04, 0.35, 0.7)
    land.ground(stage.image, shore, stage.dark(0.16), stage.dark(0.0))


def desert(stage: Stage) -> None:
    """Paint dunes, bright where they face the sun."""
    rng, unit, horizon = stage.rng, stage.unit, stage.horizon
    mesas = land.ridge(rng, stage.width, horizon - unit * 0.01, unit * 0.09, 0.8, 0.8)
    land.ground(stage.image, mesas, stage.tone((178, 104, 84), 0.6), stage.tone((178, 104, 84), 0.8))
    for distance, below in ((0.6, 0.02), (0.42, 0.1), (0.24, 0.22), (0.06, 0.36)):
        line = land.ridge(
            rng,
            stage.width,
            horizon + unit * below,
            unit * (0.07 + 0.07 * (1 - distance)),
            0.0,
            rng.uniform(0.7, 1.3),
        )
        bright, dim = (
            stage.tone(_SAND, distance),
            mix(stage.tone((188, 112, 84), distance), stage.palette.shadow, 0.3),
        )
        land.ground(
            stage.image,
            line,
            lit(bright, 1.12),
            mix(stage.tone((214, 138, 88), distance), stage.palette.shadow, 0.25),
        )
        _lee(stage, line, unit * 0.05 * (1.4 - distance), dim)


def _lee(stage: Stage, line: land.Ridge, deep: float, tone: RGB) -> None:
    """Shade each dune on the side away from the sun, behind an edge that winds down from its crest."""
    away = -stage.side
    for at in range(1, len(line.line) - 1):
        x, y = line.line[at]
        if not (y <= line.line[at - 1][1] and y < line.line[at + 1][1]):
            continue
        foot = at
        while 0 < foot < len(line.line) - 1 and line.line[foot + away][1] >= line.line[foot][1]:
            foot += away
        slope = line.line[at : foot + 1] if away > 0 else line.line[foot : at + 1][::-1]
        reach, drop = abs(slope[-1][0] - x), max(slope[-1][1] - y, 1)
        if reach < stage.unit * 0.15:
            continue
        steps = 24
        edge = []
        for i in range(steps + 1):
            share = i / steps
            sag = math.sin(share * math.pi) * deep * (0.5 + 0.3 * math.sin(share * 5))
            edge.append((x + away * reach * share * (0.82 + 0.18 * share), y + drop * share**0.7 + sag))
        polygon(stage.image, [*slope, *reversed(edge)], tone, mix(tone, stage.tone(_SAND, 0.2), 0.35), 0.9)


def space(stage: Stage) -> None:
    """Paint a nebula, stars and planets."""
    rng, unit = stage.rng, stage.unit
    hues = rng.choice(
        (((90, 120, 255), (220, 90, 200), (255, 160, 120)), ((60, 190, 200), (110, 110, 250), (250, 120, 170)))
    )
    sky.galaxy(stage.image, rng, hues)
    sky.stars(stage.image, rng, stage.height * 1.6, 1.0)
    x, y, radius = (
        stage.width * (0.5 + stage.side * rng.uniform(0.24, 0.32)),
        stage.height * rng.uniform(0.62, 0.78),
        unit * rng.uniform(0.17, 0.26),
    )
    _planet(stage, x, y, radius, rng.choice(((226, 150, 104), (120, 170, 220), (190, 130, 200))), ring=True)
    _planet(
        stage, stage.width * 0.8, stage.height * rng.uniform(0.14, 0.26), unit * 0.055, (206, 200, 196), ring=False
    )


def _planet(stage: Stage, x: float, y: float, radius: float, colour: RGB, *, ring: bool) -> None:
    image, side = stage.image, stage.side
    shine(image, colour, (x, y), radius * 2.1, 3)
    if ring:
        _rings(stage, (x, y), radius, lit(colour, 1.2), behind=True)
    disc = image.copy()
    polygon(disc, oval((x, y), radius, radius, 96), lit(colour, 1.15), lit(colour, 0.8))
    for band in range(5):
        level = y - radius * 0.7 + band * radius * 0.33
        polygon(
            disc,
            oval((x, level), radius * 1.2, radius * stage.rng.uniform(0.04, 0.09), 48),
            lit(colour, stage.rng.choice((0.8, 1.18))),
            opacity=0.55,
        )
    mask = soft(outline(image.size, oval((x, y), radius, radius, 96)), 0.8)
    image.paste(disc, mask=mask)
    dark = image.copy()
    polygon(
        dark, oval((x - side * radius * 0.55, y + radius * 0.12), radius * 1.05, radius * 1.05, 96), (8, 6, 24)
    )
    dark = soft(dark, radius / 7)
    image.paste(dark, mask=mask.point([round(v * 0.8) for v in range(256)]))
    if ring:
        _rings(stage, (x, y), radius, lit(colour, 1.35), behind=False)


def _rings(stage: Stage, centre: Point, radius: float, colour: RGB, *, behind: bool) -> None:
    for reach, strength in ((1.45, 0.5), (1.62, 0.8), (1.78, 0.4)):
        outer = oval(centre, radius * reach, radius * reach * 0.24, 96)
        inner = oval(centre, radius * (reach - 0.11), radius * (reach - 0.11) * 0.24, 96)
        half = slice(48, 97) if behind else slice(0, 49)
        band = [*[*outer, outer[0]][half], *reversed([*inner, inner[0]][half])]
        polygon(stage.image, band, colour, opacity=strength)


def _foreground(stage: Stage, colour: RGB, *, woods: bool) -> None:
    rng, unit = stage.rng, stage.unit
    start = stage.horizon + unit * 0.1
    for step, distance in enumerate((0.3, 0.14, 0.0)):
        line = land.ridge(rng, stage.width, start + unit * 0.085 * step, unit * 0.035, 0.1, rng.uniform(0.6, 1.1))
        bright = lit(stage.tone(colour, distance), 1.1)
        deep = mix(stage.tone(colour, distance), stage.palette.shadow, 0.34 if stage.scene.snow else 0.5)
        land.ground(stage.image, line, bright, deep)
        if woods and step == 0:
            land.forest(stage.image, rng, line, unit * 0.1, 1.6, (stage.dark(0.2), stage.dark(0.35)))
    _texture(stage, start)


def _texture(stage: Stage, start: float) -> None:
    top = round(start)
    size = (stage.width, max(stage.height - top, 2))
    small = (size[0] // 3, max(size[1] // 3, 2))
    field = clouds(stage.rng, small, (7, 12), 4)
    come = fade(small, 0.05, 0.7)
    for strength, colour in ((1, stage.palette.source), (-1, stage.palette.shadow)):
        mask = field.point([max(0, min(90, round((v - 128) * strength * 1.4 - 14))) for v in range(256)])
        mask = scaled(ImageChops.multiply(mask, come), 0.5 if stage.palette.night and strength > 0 else 0.8)
        stage.image.paste(colour, (0, top), mask.resize(size, Image.Resampling.BICUBIC))
    if not stage.scene.snow:
        _grass(stage, start + stage.unit * 0.03)


def _grass(stage: Stage, start: float) -> None:
    rng, unit = stage.rng, stage.unit
    draw = ImageDraw.Draw(stage.image)
    green = stage.tone((104, 142, 74), 0.0)
    tones = [
        mix(green, other, share)
        for other in (stage.palette.shadow, stage.palette.source)
        for share in (0.25, 0.45)
    ]
    blades = sorted((rng.random() ** 0.8, rng.random()) for _ in range(2600))
    for depth, across in blades:
        x, y = across * stage.width * 1.04, start + depth * (stage.height * 1.03 - start)
        tall = unit * (0.004 + 0.026 * depth) * rng.uniform(0.5, 1.3)
        lean = tall * rng.uniform(-0.5, 0.5)
        tone = mix(rng.choice(tones), stage.tone(_MOSS, 0.3), 0.65 * (1 - depth))
        draw.line((x, y, x + lean, y - tall), fill=tone, width=max(1, round(unit * 0.0018 * depth)))


def _frame(stage: Stage) -> None:
    """Let near spruces stand at the edges, so that the eye goes between them."""
    rng, unit = stage.rng, stage.unit
    tones = (stage.dark(0.1), lit(stage.palette.near, 0.75))
    for x, tall in (
        (rng.uniform(-0.02, 0.05), rng.uniform(0.72, 0.95)),
        (rng.uniform(0.95, 1.03), rng.uniform(0.6, 0.85)),
    ):
        foot = (stage.width * x, stage.height * rng.uniform(0.92, 1.0))
        if stage.scene.snow:
            land.snowy_spruce(
                stage.image, rng, foot, unit * tall, tones, mix(stage.snow, stage.palette.shadow, 0.12), stage.side
            )
        else:
            polygon(stage.image, land.conifer(rng, foot, unit * tall), tones[0], tones[1])


PLACES: Final[Mapping[str, Callable[[Stage], None]]] = MappingProxyType(
    {
        "mountains": mountains,
        "forest": forest,
        "meadow": meadow,
        "sea": sea,
        "desert": desert,
        "city": city.downtown,
        "space": space,
    }
)
