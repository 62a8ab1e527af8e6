"""What comes down, and what hangs in the air."""

import random

from PIL import Image, ImageChops, ImageDraw

from sandbox.spark.painter.canvas import clouds, fade, scaled, soft
from sandbox.spark.painter.colour import RGB


def snowfall(image: Image.Image, rng: random.Random, amount: float = 1.0) -> None:
    """Let snow fall: small flakes far away, large soft ones near us."""
    width, height = image.size
    unit = min(image.size)
    for count, size, blur, level in ((520, 0.0011, 0.6, 210), (190, 0.0022, 1.2, 200), (46, 0.0056, 5.0, 150)):
        layer = Image.new("L", image.size)
        draw = ImageDraw.Draw(layer)
        for _ in range(round(count * amount)):
            x, y, radius = rng.random() * width, rng.random() * height, unit * size * rng.uniform(0.6, 1.5)
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=round(level * rng.uniform(0.5, 1)))
        image.paste((255, 255, 255), mask=soft(layer, blur * unit / 1328))


def rainfall(image: Image.Image, rng: random.Random) -> None:
    """Let rain fall in slanting streaks."""
    width, height = image.size
    unit = min(image.size)
    layer = Image.new("L", image.size)
    draw = ImageDraw.Draw(layer)
    for _ in range(900):
        x, y, long = rng.random() * width * 1.2, rng.random() * height, unit * rng.uniform(0.02, 0.06)
        draw.line((x, y, x - long * 0.22, y + long), fill=round(rng.uniform(50, 150)), width=max(1, unit // 800))
    image.paste((214, 226, 240), mask=soft(layer, 0.7))


def mist(image: Image.Image, rng: random.Random, level: float, colour: RGB, strength: float) -> None:
    """Lay mist along a level (a share of the height), thinning out above and below."""
    small = (image.width // 4, image.height // 4)
    field = clouds(rng, small, (3, 8), 4).point([max(0, min(255, (v - 70) * 2)) for v in range(256)])
    rise = fade(small, max(level - 0.22, 0), level)
    sink = fade(small, level, min(level + 0.3, 1), 255, 40)
    mask = ImageChops.multiply(ImageChops.multiply(rise, sink), field)
    image.paste(colour, mask=scaled(mask, strength).resize(image.size, Image.Resampling.BICUBIC))


def petals(image: Image.Image, rng: random.Random, colour: RGB) -> None:
    """Let petals or leaves drift by."""
    width, height = image.size
    unit = min(image.size)
    for _ in range(70):
        x, y, size = rng.random() * width, rng.random() * height, unit * rng.uniform(0.003, 0.011)
        layer = Image.new("L", (round(size * 8), round(size * 8)))
        ImageDraw.Draw(layer).ellipse(
            (size * 2, size * 3.2, size * 6, size * 4.8), fill=round(rng.uniform(130, 240))
        )
        leaf = soft(layer.rotate(rng.uniform(0, 360)), max(size / 9, 0.6)).resize(
            (round(size * 4), round(size * 4))
        )
        image.paste(colour, (round(x), round(y)), leaf)
