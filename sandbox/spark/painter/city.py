"""A city: towers with lit windows, signs, and a wet street that mirrors them."""

import random

from PIL import Image, ImageChops, ImageDraw

from sandbox.spark.painter import land
from sandbox.spark.painter.canvas import fade, polygon, scaled, shine, soft
from sandbox.spark.painter.colour import RGB, lit, mix
from sandbox.spark.painter.stage import Stage

_NEON: tuple[RGB, ...] = ((255, 70, 170), (70, 230, 255), (170, 90, 255), (255, 190, 80), (90, 255, 190))
_LAMPS: tuple[RGB, ...] = ((255, 214, 140), (255, 190, 110), (255, 236, 190), (200, 220, 255))


def downtown(stage: Stage) -> None:
    """Paint a city with lit windows, mirrored in a wet street or a river."""
    rng, unit, horizon = stage.rng, stage.unit, stage.horizon
    evening = stage.palette.night or stage.scene.time in ("dusk", "sunset", "neon", "storm")
    lights = Image.new("RGB", stage.image.size)
    neon = stage.scene.time == "neon"
    if neon:
        shine(stage.image, stage.palette.sky[-1], (stage.width / 2, horizon), max(stage.image.size) * 0.62, 1.6)
    veil_top = (horizon - unit * 0.3) / stage.height
    veil = fade(stage.image.size, veil_top, horizon / stage.height)
    for distance, low, high, wide in (
        (0.85, 0.16, 0.4, 0.055),
        (0.52, 0.12, 0.46, 0.075),
        (0.06, 0.06, 0.34, 0.12),
    ):
        _row(
            stage,
            lights,
            distance,
            (low * unit, high * unit),
            wide * unit,
            lamps=evening,
            neon=neon and distance < 0.7,
        )
        stage.image.paste(mix(stage.palette.haze, stage.palette.sky[-1], 0.35), mask=scaled(veil, distance * 0.45))
    if evening:
        _shine_out(stage, lights)
    tone = mix(stage.palette.near, stage.palette.sky[1], 0.35)
    quay = [
        (0, horizon - unit * 0.004),
        (stage.width, horizon - unit * 0.004),
        (stage.width, stage.height),
        (0, stage.height),
    ]
    polygon(stage.image, quay, lit(stage.palette.near, 0.8))
    land.water(stage.image, rng, horizon + unit * 0.004, tone, None)
    if stage.scene.subject not in (None, "boat", "bird", "balloon"):
        _promenade(stage)


def _shine_out(stage: Stage, lights: Image.Image) -> None:
    """Lay lamps and signs over the towers, each with a halo of its own colour."""
    unit = stage.unit
    near = soft(lights.reduce(4), unit / 420).resize(stage.image.size, Image.Resampling.BICUBIC)
    wide = soft(lights.reduce(8), unit / 190).resize(stage.image.size, Image.Resampling.BICUBIC)
    for layer, strength in ((lights, 1.0), (near, 0.7), (wide, 0.9)):
        glow = layer.point([min(255, round(v * strength)) for v in range(256)] * 3)
        stage.image.paste(ImageChops.screen(stage.image, glow))


def _promenade(stage: Stage) -> None:
    """Pave the near bank, with the light of the city on its wet stones."""
    unit, width, height = stage.unit, stage.width, stage.height
    top = stage.horizon + unit * 0.2
    stone = mix(stage.palette.near, stage.palette.sky[1], 0.3)
    polygon(stage.image, [(0, top), (width, top), (width, height), (0, height)], lit(stone, 1.1), lit(stone, 0.6))
    for i in range(-9, 10):
        foot = width / 2 + i * unit * 0.2
        head = width / 2 + i * unit * 0.09
        seam = [(head, top), (head + unit * 0.001, top), (foot + unit * 0.004, height), (foot, height)]
        polygon(stage.image, seam, lit(stone, 0.5), opacity=0.6)
    for share in (0.12, 0.32, 0.62):
        level = top + (height - top) * share
        polygon(
            stage.image,
            [(0, level), (width, level), (width, level + unit * 0.002), (0, level + unit * 0.002)],
            lit(stone, 0.5),
            opacity=0.6,
        )
    rail = top - unit * 0.075
    for x in range(0, width + 1, max(round(unit * 0.07), 1)):
        polygon(
            stage.image,
            [(x, rail), (x + unit * 0.004, rail), (x + unit * 0.004, top), (x, top)],
            lit(stage.palette.near, 0.7),
        )
    for level in (rail, rail + unit * 0.03):
        polygon(
            stage.image,
            [(0, level), (width, level), (width, level + unit * 0.004), (0, level + unit * 0.004)],
            lit(stage.palette.near, 0.7),
        )
    polygon(
        stage.image,
        [(0, top), (width, top), (width, top + unit * 0.004), (0, top + unit * 0.004)],
        lit(stone, 1.3),
    )


def _row(
    stage: Stage,
    lights: Image.Image,
    distance: float,
    tall: tuple[float, float],
    wide: float,
    *,
    lamps: bool,
    neon: bool,
) -> None:
    rng, horizon = stage.rng, stage.horizon
    x = -rng.random() * wide
    while x < stage.width:
        across = wide * rng.uniform(0.55, 1.35)
        middle = abs((x + across / 2) / stage.width - 0.5) * 2
        height = rng.uniform(tall[0], tall[1]) * (1.15 - 0.45 * middle)
        _tower(stage, lights, (x, horizon - height, x + across, horizon), distance, lamps=lamps, neon=neon)
        x += across * rng.uniform(0.92, 1.25)


def _tower(
    stage: Stage,
    lights: Image.Image,
    box: tuple[float, float, float, float],
    distance: float,
    *,
    lamps: bool,
    neon: bool,
) -> None:
    rng, unit = stage.rng, stage.unit
    left, top, right, bottom = box
    wide = right - left
    body = mix(stage.dark(distance), stage.palette.sky[1], 0.12)
    polygon(
        stage.image,
        [(left, top), (right, top), (right, bottom), (left, bottom)],
        body,
        mix(body, stage.palette.haze, 0.25),
    )
    shade = [(left, top), (left + wide * 0.22, top), (left + wide * 0.22, bottom), (left, bottom)]
    polygon(stage.image, shade, lit(body, 1.1 if stage.side < 0 else 0.8), opacity=0.7)
    crown = rng.random()
    if crown < 0.3:
        polygon(
            stage.image,
            [
                (left + wide * 0.2, top),
                (right - wide * 0.2, top),
                (right - wide * 0.2, top - wide * 0.3),
                (left + wide * 0.2, top - wide * 0.3),
            ],
            body,
        )
    elif crown < 0.55:
        middle = (left + right) / 2
        polygon(
            stage.image,
            [
                (middle - unit * 0.0015, top),
                (middle + unit * 0.0015, top),
                (middle, top - wide * rng.uniform(0.6, 1.2)),
            ],
            body,
        )
    elif crown < 0.68:
        polygon(stage.image, [(left, top), (right, top), (left + wide * 0.3, top - wide * 0.45)], body)
    _windows(rng, lights if lamps else stage.image, box, unit, distance, lamps=lamps, wall=body)
    if neon and rng.random() < 0.75:
        _sign(rng, lights, box, unit)


def _windows(
    rng: random.Random,
    target: Image.Image,
    box: tuple[float, float, float, float],
    unit: int,
    distance: float,
    *,
    lamps: bool,
    wall: RGB,
) -> None:
    left, top, right, bottom = box
    step = unit * (0.0125 - 0.0045 * distance)
    draw = ImageDraw.Draw(target)
    lamp = rng.choice(_LAMPS)
    strength = 0.95 - 0.6 * distance
    y = top + step
    while y < bottom - step:
        share = rng.choice((0.06, 0.12, 0.2, 0.5))  # floors go to bed together
        x = left + step * 0.8
        while x < right - step:
            if rng.random() < share:
                tone = lit(lamp, strength * rng.uniform(0.5, 1.0)) if lamps else lit(wall, 1.28)
                draw.rectangle((x, y, x + step * 0.5, y + step * 0.62), fill=tone)
            x += step
        y += step * 1.35


def _sign(rng: random.Random, lights: Image.Image, box: tuple[float, float, float, float], unit: int) -> None:
    left, top, right, bottom = box
    draw = ImageDraw.Draw(lights)
    colour = rng.choice(_NEON)
    thick = max(2, round(unit * 0.005))
    kind = rng.random()
    if kind < 0.4:
        x = rng.choice((left, right))
        draw.line((x, top, x, top + (bottom - top) * rng.uniform(0.3, 0.7)), fill=colour, width=thick)
    elif kind < 0.7:
        y = top + (bottom - top) * rng.uniform(0.15, 0.5)
        wide, tall = (right - left) * 0.3, (bottom - top) * rng.uniform(0.15, 0.3)
        x = (left + right) / 2 - wide / 2
        draw.rectangle((x, y, x + wide, y + tall), outline=colour, width=thick)
        other = rng.choice(_NEON)
        for i in range(4):
            level = y + tall * (i + 0.7) / 4.6
            draw.line((x + wide * 0.25, level, x + wide * rng.uniform(0.55, 0.8), level), fill=other, width=thick)
    else:
        for y in (top + thick, top + (bottom - top) * 0.2):
            draw.line((left, y, right, y), fill=colour, width=thick)
