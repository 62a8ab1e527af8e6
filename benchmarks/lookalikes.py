"""Pictures that are easily taken for each other, in families, and what is done to one before it comes again."""

import io
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFont, ImageOps

from sandbox.spark.painter.scene import paint_scene

Paint = Callable[[random.Random], Image.Image]

SIDE: Final = 256
PAPER: Final = (480, 640)
INK: Final = (24, 24, 28)


def scenes(prompt: str, pictures: int, size: tuple[int, int] = (SIDE, SIDE)) -> Iterator[Image.Image]:
    """Paint one prompt with one seed after the other."""
    return (paint_scene(prompt, size, seed) for seed in range(pictures))


def dark(prompt: str, pictures: int) -> Iterator[Image.Image]:
    """Paint scenes as a camera sees them by night: an eighth of the light, and the noise of its sensor."""
    for picture in scenes(prompt, pictures):
        noise = Image.effect_noise(picture.size, 6).convert("RGB")
        yield ImageChops.add(picture.point(lambda level: level // 8), noise, offset=-124)


def film(prompt: str, frames: int) -> Iterator[Image.Image]:
    """Move a camera along a wide scene, a sixteenth of its view from frame to frame."""
    step = SIDE // 16
    [wide] = scenes(prompt, 1, (SIDE + step * frames, SIDE))
    return (wide.crop((step * frame, 0, step * frame + SIDE, SIDE)) for frame in range(frames))


def page(layout: int) -> Paint:
    """Give what prints pages of one layout with other words."""

    def paint(rng: random.Random) -> Image.Image:
        font, same = ImageFont.load_default(13), random.Random(layout)
        image = Image.new("RGB", PAPER, "white")
        draw = ImageDraw.Draw(image)
        (width, height), bar = PAPER, same.randint(70, 150)
        draw.rectangle((0, 0, width, same.randint(30, 60)), fill=(40, 60, 120))
        draw.rectangle((0, 60, bar, height), fill=(232, 232, 238))
        for line in range(9):
            draw.text((8, 80 + 26 * line), _said(same, 2), INK, font)
        y = 80
        while y < height - 20:
            draw.text((bar + 10, y), _said(rng, rng.choice((10, 10, 10, 4))), INK, font)
            y += rng.choice((16, 16, 16, 26))
        return image

    return paint


def _said(rng: random.Random, words: int) -> str:
    return " ".join("".join(rng.choices(ascii_lowercase, k=rng.randint(2, 7))) for _ in range(words))


def drawing(rng: random.Random) -> Image.Image:
    """Draw some lines on white paper."""
    image = Image.new("RGB", PAPER, "white")
    draw = ImageDraw.Draw(image)
    for _ in range(rng.randint(3, 8)):
        x, y, way = rng.uniform(0.2, 0.8) * PAPER[0], rng.uniform(0.2, 0.8) * PAPER[1], rng.uniform(0, math.tau)
        line = [(x, y)]
        for _ in range(rng.randint(6, 30)):
            way += rng.gauss(0, 0.5)
            x, y = x + 15 * math.cos(way), y + 15 * math.sin(way)
            line.append((x, y))
        draw.line(line, INK, rng.randint(2, 5))
    return image


def plain(rng: random.Random) -> Image.Image:
    """Paint one colour, or a gradient from one to another: upwards, askew or around the middle."""
    one, other = (Image.new("RGB", (SIDE, SIDE), _colour(rng)) for _ in range(2))
    match rng.randint(0, 3):
        case 0:
            return one
        case 1:
            slope = Image.radial_gradient("L")
        case 2:
            slope = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180)))
        case _:
            twice = Image.linear_gradient("L").resize((2 * SIDE, 2 * SIDE), Image.Resampling.BICUBIC)
            slope = twice.rotate(30, Image.Resampling.BICUBIC).crop((128, 128, 384, 384))
    return Image.composite(one, other, slope)


def icon(rng: random.Random) -> Image.Image:
    """Paint one simple thing near the middle of one colour."""
    image = Image.new("RGB", (SIDE, SIDE), _colour(rng))
    draw = ImageDraw.Draw(image)
    at, reach = (SIDE * rng.uniform(0.4, 0.6), SIDE * rng.uniform(0.4, 0.6)), SIDE * rng.uniform(0.1, 0.35)
    colour = _colour(rng)
    match rng.randint(0, 4):
        case 0:
            draw.circle(at, reach, colour)
        case 1:
            draw.circle(at, reach, None, colour, round(reach / 4))
        case sides:
            draw.regular_polygon((at, reach), sides + 1, rng.choice((0, 15, 45)), colour)
    return image


def _colour(rng: random.Random) -> tuple[int, int, int]:
    return rng.randrange(256), rng.randrange(256), rng.randrange(256)


def painted(paint: Paint, pictures: int) -> Iterator[Image.Image]:
    """Paint with one seed after the other."""
    return (paint(random.Random(seed)) for seed in range(pictures))


FAMILIES: Final[Mapping[str, Sequence[Callable[[], Iterator[Image.Image]]]]] = {
    "one scene, other seeds": [
        lambda: scenes("a fox in the snow", 36),
        lambda: scenes("a castle", 36),
        lambda: scenes("a boat at sunset", 36),
    ],
    "one face, drawn with other colours": [lambda: scenes("portrait of a woman", 36)],
    "one page, other words": [lambda: painted(page(1), 36), lambda: painted(page(2), 36)],
    "frames of a film": [
        lambda: film("mountains", 12),
        lambda: film("a city at night", 12),
        lambda: film("a lighthouse by the sea", 12),
        lambda: film("a forest in autumn", 12),
    ],
    "line drawings on white": [lambda: painted(drawing, 40)],
    "dark photographs": [lambda: dark("an owl in a forest at night", 32)],
    "simple things on one colour": [lambda: painted(icon, 40)],
    "one colour, and gradients": [lambda: painted(plain, 40)],
}
"""Groups of pictures that are not the same, though as like as any two of a kind."""

PLAIN: Final = frozenset({"one colour, and gradients"})
"""The families whose pictures show nothing to be recognised by."""


def _again(picture: Image.Image, image_format: str, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    picture.save(buffer, image_format, quality=quality)
    return Image.open(buffer).convert("RGB")


def _scaled(picture: Image.Image, share: float) -> Image.Image:
    return picture.resize((round(picture.width * share), round(picture.height * share)), Image.Resampling.LANCZOS)


def cropped(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """Leave out such shares of the sides, and no more."""
    width, height = picture.size
    corner = (width - math.floor(width * right), height - math.floor(height * bottom))
    return picture.crop((math.floor(width * left), math.floor(height * top), *corner))


def _at_will(picture: Image.Image) -> Image.Image:
    rng = random.Random(picture.tobytes()[::997])
    return cropped(picture, *(rng.uniform(0, 0.02) for _ in range(4)))


CHANGES: Final[Mapping[str, Callable[[Image.Image], Image.Image]]] = {
    "JPEG, quality 60": lambda picture: _again(picture, "JPEG", 60),
    "JPEG, quality 75": lambda picture: _again(picture, "JPEG", 75),
    "JPEG, quality 95": lambda picture: _again(picture, "JPEG", 95),
    "WebP, quality 60": lambda picture: _again(picture, "WEBP", 60),
    "AVIF, quality 50": lambda picture: _again(picture, "AVIF", 50),
    "GIF of 256 colours": lambda picture: _again(picture, "GIF", 0),
    "resized to 90 %": lambda picture: _scaled(picture, 0.9),
    "resized to 50 %": lambda picture: _scaled(picture, 0.5),
    "resized to 150 %": lambda picture: _scaled(picture, 1.5),
    "cropped by 2 % at each edge": lambda picture: cropped(picture, 0.02, 0.02, 0.02, 0.02),
    "cropped by 2 % at two edges": lambda picture: cropped(picture, 0.02, 0.02, 0, 0),
    "cropped by 2 % at the left": lambda picture: cropped(picture, 0.02, 0, 0, 0),
    "cropped by up to 2 % at each edge": _at_will,
    "10 % lighter": lambda picture: ImageEnhance.Brightness(picture).enhance(1.1),
    "10 % darker": lambda picture: ImageEnhance.Brightness(picture).enhance(0.9),
    "15 % more contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(1.15),
    "15 % less contrast": lambda picture: ImageEnhance.Contrast(picture).enhance(0.85),
    "grey": lambda picture: picture.convert("L"),
    "mirrored": ImageOps.mirror,
    "mirrored, cropped, resized to 90 %, JPEG": lambda picture: _again(
        _scaled(_at_will(ImageOps.mirror(picture)), 0.9), "JPEG", 75
    ),
}
"""What is done to a picture that is to be recognised all the same."""
