"""The last touches that every picture gets."""

import io
import random

from PIL import Image, ImageChops

from sandbox.spark.painter.canvas import scaled, soft


def bloom(image: Image.Image, strength: float = 0.35) -> Image.Image:
    """Let what is bright glow a little."""
    small = image.reduce(4)
    bright = small.point([max(0, (v - 150) * 2) for v in range(256)] * 3)
    glow = soft(bright, min(small.size) / 45)
    glow = glow.point([round(v * strength) for v in range(256)] * 3)
    return ImageChops.screen(image, glow.resize(image.size, Image.Resampling.BICUBIC))


def vignette(image: Image.Image, strength: float = 0.42) -> Image.Image:
    """Darken the corners."""
    # The inner part of a radial gradient three times as large: its corners are the only dark places.
    side = 256
    falloff = Image.radial_gradient("L").crop((side // 6, side // 6, side - side // 6, side - side // 6))
    falloff = falloff.point([round(255 * (v / 255) ** 3) for v in range(256)])
    mask = scaled(falloff.resize(image.size, Image.Resampling.BICUBIC), strength)
    return Image.composite(Image.new("RGB", image.size, (6, 6, 18)), image, mask)


def slanted(image: Image.Image, rng: random.Random) -> Image.Image:
    """Let light fall on a picture from a side that chance chooses, brighter there and darker opposite."""
    side, middle = 256, 181  # the largest square that stays inside at any turn
    edge = (side - middle) // 2
    slope = Image.linear_gradient("L").rotate(rng.uniform(0, 360), Image.Resampling.BILINEAR)
    slope = slope.crop((edge, edge, edge + middle, edge + middle)).resize(image.size, Image.Resampling.BICUBIC)
    reach = rng.uniform(0.2, 0.32)
    bright = image.point([min(255, round(v * (1 + reach))) for v in range(256)] * 3)
    dark = image.point([round(v * (1 - reach)) for v in range(256)] * 3)
    return Image.composite(bright, dark, slope)


def grain(image: Image.Image, rng: random.Random, strength: int = 3) -> Image.Image:
    """Lay a fine grain over a picture, so that its gradients have no steps."""
    side = 256
    tile = Image.frombytes("L", (side, side), rng.randbytes(side * side))
    tile = tile.point([round(v / 255 * strength * 2) for v in range(256)])
    field = Image.new("L", image.size)
    for x in range(0, image.width, side):
        for y in range(0, image.height, side):
            field.paste(tile.transpose(rng.choice(list(Image.Transpose)[:4])), (x, y))
    return ImageChops.subtract(
        ImageChops.add(image, Image.merge("RGB", (field,) * 3)), Image.new("RGB", image.size, (strength,) * 3)
    )


def encode(image: Image.Image) -> bytes:
    """Write a picture as PNG."""
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=3)
    return file.getvalue()
