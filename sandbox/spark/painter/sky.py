"""What is above: the sun or moon, clouds, stars, aurora and rainbows."""

import math
import random

from PIL import Image, ImageChops, ImageDraw

from sandbox.spark.painter.canvas import Point, clouds, fade, oval, polygon, scaled, shine, soft
from sandbox.spark.painter.colour import RGB, lit, mix
from sandbox.spark.painter.palettes import Palette

_RAINBOW: tuple[RGB, ...] = (
    (236, 70, 70),
    (244, 150, 60),
    (246, 224, 90),
    (96, 200, 110),
    (80, 150, 235),
    (120, 96, 210),
    (170, 90, 200),
)


def stars(image: Image.Image, rng: random.Random, horizon: float, strength: float = 1.0) -> None:
    """Scatter stars above the horizon (pixels from the top), fewer and fainter towards it."""
    width = image.width
    unit = min(image.size) / 1328
    layer = Image.new("L", image.size)
    draw = ImageDraw.Draw(layer)
    for _ in range(round(420 * width * max(horizon, 1) / (1328 * 900))):
        x, y = rng.random() * width, rng.random() ** 1.35 * horizon
        bright = rng.random() ** 3
        radius = (0.6 + 1.7 * bright) * unit
        level = round((70 + 185 * bright) * (1 - 0.75 * y / max(horizon, 1)) * strength)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=level)
    halo = scaled(soft(layer, 3 * unit), 2.2)
    _add(image, (206, 220, 255), ImageChops.lighter(layer, halo))


def galaxy(image: Image.Image, rng: random.Random, colours: tuple[RGB, ...]) -> None:
    """Lay clouds of coloured light across the sky, denser along a slanting band."""
    width, height = image.size
    small = (width // 4, height // 4)
    band = Image.new("L", small)
    slant = rng.uniform(-0.35, 0.35)
    centre = rng.uniform(0.3, 0.55)
    middle = [(x * small[0], (centre + slant * (x - 0.5)) * small[1]) for x in (-0.1, 0.5, 1.1)]
    thick = small[1] * 0.17
    edge = [(x, y - thick) for x, y in middle] + [(x, y + thick) for x, y in reversed(middle)]
    ImageDraw.Draw(band).polygon(edge, fill=255)
    band = soft(band, small[1] / 9)
    for colour in colours:
        cloud = clouds(rng, small, (5, 5), 5).point([max(0, min(255, (v - 108) * 4)) for v in range(256)])
        mask = ImageChops.multiply(cloud, band).resize(image.size, Image.Resampling.BICUBIC)
        _add(image, colour, scaled(mask, 0.75))


def aurora(image: Image.Image, rng: random.Random, horizon: float) -> None:
    """Hang curtains of green and violet light in the sky."""
    width = image.width
    small = (width // 3, max(round(horizon / 3), 2))
    for colour, base in (((70, 240, 160), 0.62), ((120, 110, 240), 0.48), ((60, 220, 210), 0.75)):
        curtain = Image.new("L", small)
        draw = ImageDraw.Draw(curtain)
        phase, waves = rng.uniform(0, 6.28), rng.uniform(1.2, 2.4)
        for x in range(small[0]):
            turn = x / small[0] * 6.28 * waves + phase
            foot = small[1] * (base + 0.13 * math.sin(turn) + 0.05 * math.sin(turn * 2.7 + 1))
            tall = small[1] * (0.34 + 0.1 * math.sin(turn * 3.1) + rng.uniform(-0.03, 0.03))
            bright = 120 + 60 * math.sin(turn * 1.7 + 2) + rng.uniform(-18, 18)
            for piece in range(12):
                top = foot - tall * (piece + 1) / 12
                draw.line((x, top, x, top + tall / 12 + 1), fill=round(bright * (1 - piece / 12) ** 1.6))
        mask = soft(curtain, small[0] / 160).resize((width, round(horizon)), Image.Resampling.BICUBIC)
        whole = Image.new("L", image.size)
        whole.paste(mask)
        _add(image, colour, scaled(whole, 0.9))


def sun(image: Image.Image, palette: Palette, at: Point, radius: float) -> None:
    """Set the sun into the sky, with its glow."""
    glare = palette.sky[-1]
    shine(image, lit(mix(glare, palette.source, 0.3), 0.72), at, radius * 12, 2.4)
    shine(image, lit(palette.source, 0.8), at, radius * 3.4, 2.4)
    polygon(image, oval(at, radius, radius, 96), (255, 255, 250), lit(palette.source, 1.2))


def moon(image: Image.Image, palette: Palette, at: Point, radius: float, rng: random.Random) -> None:
    """Set a full moon into the sky, with its seas and its glow."""
    shine(image, (118, 146, 205), at, radius * 9, 2.8)
    shine(image, palette.source, at, radius * 3, 2.0)
    polygon(image, oval(at, radius, radius, 96), (255, 253, 240), (226, 222, 205))
    for _ in range(7):
        turn, reach = rng.uniform(0, 6.28), rng.uniform(0.1, 0.62) * radius
        spot = (at[0] + math.cos(turn) * reach, at[1] + math.sin(turn) * reach)
        size = rng.uniform(0.1, 0.26) * radius
        polygon(image, oval(spot, size, size * 0.85, 32), (196, 194, 184), opacity=0.42)


def cloud_bank(image: Image.Image, palette: Palette, rng: random.Random, horizon: float, amount: float) -> None:
    """Drift long clouds along the sky, lit from below; `amount` from 0 to 1 says how many."""
    width = image.width
    deep = max(round(horizon), 4)
    small = (width // 3, deep // 3)
    field = clouds(rng, small, (3, 7), 5)
    start = round(178 - 70 * amount)
    mask = field.point([max(0, min(255, round((v - start) * 4.4))) for v in range(256)])
    body = ImageChops.multiply(mask, fade(small, 0.0, 0.5, 150, 255))
    under = ImageChops.subtract(mask, ImageChops.offset(mask, 0, -max(small[1] // 40, 2)))
    tone = mix(palette.sky[len(palette.sky) // 2], palette.source, 0.12 if palette.night else 0.55)
    glow = mix(palette.sky[-1], palette.source, 0.25 if palette.night else 0.6)
    for layer, colour, strength in ((body, tone, 0.55), (under, glow, 0.8)):
        whole = Image.new("L", image.size)
        whole.paste(scaled(soft(layer, 1.2), strength).resize((width, deep), Image.Resampling.BICUBIC))
        image.paste(colour, mask=whole)


def rainbow(image: Image.Image, centre: Point, radius: float, strength: float = 0.6) -> None:
    """Draw a rainbow as a soft arc around a point."""
    small = (image.width // 2, image.height // 2)
    width = radius / 2 * 0.022
    glow = Image.new("RGB", small)
    draw = ImageDraw.Draw(glow)
    for band, colour in enumerate(_RAINBOW):
        reach = radius / 2 - band * width
        x, y = centre[0] / 2, centre[1] / 2
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=lit(colour, strength))
    inner = radius / 2 - len(_RAINBOW) * width
    draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=(0, 0, 0))
    arc = soft(glow, width * 0.7).resize(image.size, Image.Resampling.BICUBIC)
    image.paste(ImageChops.screen(image, arc))


def _add(image: Image.Image, colour: RGB, mask: Image.Image) -> None:
    light = Image.composite(Image.new("RGB", image.size, colour), Image.new("RGB", image.size), mask)
    image.paste(ImageChops.screen(image, light))
