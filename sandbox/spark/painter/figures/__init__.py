"""Figures made of shaded parts, lit as the scene around them is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from sandbox.spark.painter.canvas import Point, Points, fade, polygon, scaled, soft
from sandbox.spark.painter.colour import RGB, lit
from sandbox.spark.painter.path import outline_of


@dataclass(frozen=True, slots=True)
class Light:
    """How a scene lights what stands in it: `side` is -1 where the light comes from the left, 1 from the right."""

    ambient: RGB
    rim: RGB
    side: int
    shadow: RGB


@dataclass(frozen=True, slots=True)
class Part:
    """One shape in a box of 100 by 100: its outline, its colour, and how much darker its lower end is."""

    outline: str
    colour: RGB
    shade: float = 0.25
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Glint:
    """A part that shines by itself, whatever the light: a window, a lamp, an eye."""

    outline: str
    colour: RGB


Parts = Sequence[Part | Glint]


def mirrored(outline: str, axis: float = 50) -> str:
    """Mirror an outline at a vertical axis."""
    points = outline_of(outline)
    return "M " + " L ".join(f"{2 * axis - x:.2f} {y:.2f}" for x, y in points)


def both(outline: str, colour: RGB, axis: float = 50, shade: float = 0.25) -> list[Part]:
    """Make a part and its mirror image."""
    return [Part(outline, colour, shade), Part(mirrored(outline, axis), colour, shade)]


def place(
    image: Image.Image,
    parts: Parts,
    foot: Point,
    height: float,
    light: Light,
    *,
    flip: bool = False,
    ground: bool = True,
) -> Image.Image:
    """Draw a figure, `height` pixels high, with the bottom middle of its box at a point; give what was drawn."""
    side = round(height)
    if ground:
        _cast_shadow(image, foot, side, light)
    body = Image.new("RGBA", (side, side))
    for part in parts:
        if isinstance(part, Part):
            tone = part.colour
            polygon(
                body,
                _fit(part.outline, side),
                lit(tone, 1 + part.shade * 0.35),
                lit(tone, 1 - part.shade),
                part.opacity,
            )
    body = _lit_by(body, light, flip=flip)
    lamps = [part for part in parts if isinstance(part, Glint)]
    for lamp in lamps:
        polygon(body, _fit(lamp.outline, side), lamp.colour)
    if flip:
        body = body.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    corner = (round(foot[0] - side / 2), round(foot[1] - side))
    image.paste(body, corner, body)
    return body


def mirror(image: Image.Image, body: Image.Image, foot: Point) -> None:
    """Let the water below a point mirror a figure that `place` drew, wavering more the farther it is from it."""
    side = body.width
    low = (
        body.crop((0, side // 4, side, side)).transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize((side, side // 2))
    )
    low.putalpha(ImageChops.multiply(low.getchannel("A"), fade(low.size, 0, 1, round(255 * 0.55), 0)))
    wavering = Image.new("RGBA", low.size)
    for row in range(0, low.height, 4):
        shift = round(math.sin(row * 0.33) * side * (0.002 + 0.012 * row / low.height))
        wavering.paste(ImageChops.offset(low.crop((0, row, side, row + 4)), shift, 0), (0, row))
    wavering = soft(wavering, max(side / 500, 0.8))
    image.paste(wavering, (round(foot[0] - side / 2), round(foot[1])), wavering)


def _fit(outline: str, side: int) -> Points:
    return [(x * side / 100, y * side / 100) for x, y in outline_of(outline)]


def _lit_by(body: Image.Image, light: Light, *, flip: bool) -> Image.Image:
    alpha = body.getchannel("A")
    colours = body.convert("RGB")
    colours = ImageChops.multiply(colours, Image.new("RGB", body.size, light.ambient))
    side = -light.side if flip else light.side
    reach = max(2, body.width // 70)
    away = ImageChops.offset(alpha, -side * reach, reach // 2)
    rim = soft(ImageChops.subtract(alpha, away), reach / 2)
    rim = ImageChops.multiply(scaled(rim, 0.8), alpha)
    colours.paste(light.rim, mask=rim)
    dark = ImageChops.offset(alpha, side * reach * 4, 0)
    dusk = ImageChops.multiply(scaled(soft(ImageChops.subtract(alpha, dark), reach * 3), 0.45), alpha)
    colours.paste(light.shadow, mask=dusk)
    colours.putalpha(alpha)
    return colours


def _cast_shadow(image: Image.Image, foot: Point, side: int, light: Light) -> None:
    across, down = round(side * 0.95), max(round(side * 0.12), 4)
    mask = Image.new("L", (across, down * 2))
    ImageDraw.Draw(mask).ellipse((across * 0.12, down * 0.5, across * 0.88, down * 1.5), fill=150)
    mask = soft(mask, down / 4)
    corner = (round(foot[0] - across / 2 - light.side * side * 0.06), round(foot[1] - down * 1.1))
    image.paste(Image.new("RGB", mask.size, light.shadow), corner, mask)
