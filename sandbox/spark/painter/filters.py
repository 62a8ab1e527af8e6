"""What a whole picture can be put through."""

import random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from sandbox.spark.painter.canvas import fade, noise, scaled, shine, soft
from sandbox.spark.painter.colour import RGB


def saturated(image: Image.Image, factor: float) -> Image.Image:
    """Make colours stronger (above 1) or paler."""
    return ImageEnhance.Color(image).enhance(factor)


def contrasted(image: Image.Image, factor: float) -> Image.Image:
    """Make the contrast stronger (above 1) or weaker."""
    return ImageEnhance.Contrast(image).enhance(factor)


def brightened(image: Image.Image, factor: float) -> Image.Image:
    """Make a picture brighter (above 1) or darker."""
    return ImageEnhance.Brightness(image).enhance(factor)


def tinted(image: Image.Image, colour: RGB, share: float) -> Image.Image:
    """Lay a colour over a picture, keeping its light and shade."""
    toned = ImageOps.colorize(ImageOps.grayscale(image), (0, 0, 0), (255, 255, 255), colour)
    return Image.blend(image, toned, share)


def toned(image: Image.Image, dark: RGB, middle: RGB, light: RGB) -> Image.Image:
    """Rebuild a picture from three colours."""
    gray = ImageOps.autocontrast(ImageOps.grayscale(image), cutoff=1)
    return ImageOps.colorize(gray, dark, light, middle)


def lines(image: Image.Image, width: float, gain: float = 16.0, threshold: float = 3.0) -> Image.Image:
    """Find the dark lines of a picture, as an ink mask: 255 is ink. `width` is in pixels."""
    gray = ImageOps.grayscale(image)
    near, far = soft(gray, width), soft(gray, width * 1.9)
    difference = ImageChops.subtract(far, near, 1, 128)
    ink = difference.point([max(0, min(255, round((v - 128 - threshold) * gain))) for v in range(256)])
    return soft(ink, 0.6)


def inked(image: Image.Image, ink: Image.Image, colour: RGB = (18, 16, 24)) -> Image.Image:
    """Draw lines onto a picture."""
    return Image.composite(Image.new("RGB", image.size, colour), image, ink)


def flattened(image: Image.Image, passes: int = 1) -> Image.Image:
    """Smooth a picture into patches that keep their edges; more passes make larger ones."""
    small = image.reduce(3)  # a median costs the square of its width, so it is taken where pixels are few
    for _ in range(passes):
        small = small.filter(ImageFilter.MedianFilter(5))
    return small.resize(image.size, Image.Resampling.BICUBIC)


def celled(image: Image.Image, levels: int) -> Image.Image:
    """Reduce light and shade to a few levels, with soft steps; colours stay as they are."""
    step = 255 / (levels - 1)
    table = []
    for v in range(256):
        low = int(v / step)
        share = (v / step - low - 0.42) / 0.16
        table.append(round(step * (low + min(max(share, 0), 1))))
    light, blue, red = image.convert("YCbCr").split()
    return Image.merge("YCbCr", (light.point(table), blue, red)).convert("RGB")


def dabbed(image: Image.Image, rng: random.Random, size: float, count: int, sway: int) -> Image.Image:
    """Paint a picture again with short strokes, each of the colour of its place, give or take `sway`."""
    width, height = image.size
    canvas = soft(image, size / 2)
    source = canvas.copy().load()
    draw = ImageDraw.Draw(canvas)
    if source is None:
        raise ValueError("the picture has no pixels")
    for stroke in range(count):
        x, y = rng.randrange(width), rng.randrange(height)
        pixel = source[x, y]
        if not isinstance(pixel, tuple):
            raise TypeError("the picture is not in colour")
        shift = rng.randint(-sway, sway)
        tone = (
            int(pixel[0]) + shift,
            int(pixel[1]) + shift + rng.randint(-6, 6),
            int(pixel[2]) + rng.randint(-sway, sway),
        )
        reach = size * rng.uniform(0.6, 1.3) * (1.5 - stroke / count)
        rise = reach * rng.uniform(-0.8, 0.5)
        draw.line((x - reach, y + rise, x + reach, y - rise), fill=tone, width=max(round(reach * 0.42), 2))
    return canvas


def relieved(image: Image.Image, depth: int, strength: float, blur: float) -> Image.Image:
    """Light a picture from the upper left, as if what is bright stood out."""
    gray = soft(ImageOps.grayscale(image), blur)
    slope = ImageChops.subtract(gray, ImageChops.offset(gray, -depth, -depth), 1, 128)
    bright = slope.point([max(0, min(255, round((v - 128) * strength))) for v in range(256)])
    dark = slope.point([max(0, min(255, round((128 - v) * strength))) for v in range(256)])
    lighter = ImageChops.screen(image, Image.merge("RGB", (bright,) * 3))
    return ImageChops.multiply(lighter, ImageChops.invert(Image.merge("RGB", (dark,) * 3)))


def dotted(image: Image.Image, cell: int) -> Image.Image:
    """Make a halftone mask: dots of ink, 255, the larger the darker the picture."""
    dot = Image.radial_gradient("L").resize((cell, cell), Image.Resampling.BICUBIC)
    screen = Image.new("L", image.size)
    for row, y in enumerate(range(-cell, image.height, cell)):
        for x in range(-cell + (row % 2) * cell // 2, image.width, cell):
            screen.paste(dot, (x, y))
    gray = ImageOps.grayscale(image).point([round(40 + v * 0.95) if v < 226 else 255 for v in range(256)])
    reach = ImageChops.subtract(ImageChops.invert(gray), screen, 1, 40)
    return reach.point([max(0, min(255, (v - 20) * 8)) for v in range(256)])


def papered(
    image: Image.Image, rng: random.Random, colour: RGB = (252, 247, 236), depth: float = 0.5
) -> Image.Image:
    """Put a picture on paper with a tooth."""
    tooth = soft(noise(rng, image.size, (image.width // 2, image.height // 2)), 0.8)
    tooth = tooth.point([255 - max(0, min(70, round((v - 84) * depth * 0.45))) for v in range(256)])
    sheet = ImageChops.multiply(Image.new("RGB", image.size, colour), Image.merge("RGB", (tooth,) * 3))
    return ImageChops.multiply(image, sheet)


def faceted(image: Image.Image, rng: random.Random, across: int) -> Image.Image:
    """Build a picture from triangles, each of one colour."""
    step = image.width / across
    down = round(image.height / step) + 1
    sample = image.resize((across * 2, down * 2), Image.Resampling.BOX).load()
    if sample is None:
        raise ValueError("the picture has no pixels")
    corner = [
        [
            ((x + rng.uniform(-0.32, 0.32)) * step, (y + rng.uniform(-0.32, 0.32)) * step)
            for x in range(-1, across + 2)
        ]
        for y in range(-1, down + 2)
    ]
    result = image.copy()
    draw = ImageDraw.Draw(result)
    for y in range(down + 2):
        for x in range(across + 2):
            a, b, c, d = corner[y][x], corner[y][x + 1], corner[y + 1][x], corner[y + 1][x + 1]
            for triangle in ((a, b, c), (b, d, c)):
                px = min(max(int(sum(p[0] for p in triangle) / 3 / step * 2), 0), across * 2 - 1)
                py = min(max(int(sum(p[1] for p in triangle) / 3 / step * 2), 0), down * 2 - 1)
                draw.polygon(triangle, fill=sample[px, py])
    return result


def sparkled(image: Image.Image, rng: random.Random, count: int, colour: RGB) -> Image.Image:
    """Strew four-pointed lights over a picture."""
    result = image.copy()
    draw = ImageDraw.Draw(result)
    unit = min(image.size)
    for _ in range(count):
        x, y, size = rng.random() * image.width, rng.random() * image.height, unit * rng.uniform(0.006, 0.024)
        shine(result, colour, (x, y), size * 3, 2.2)
        thin = size * 0.09
        draw.polygon([(x - size, y), (x, y - thin), (x + size, y), (x, y + thin)], fill=colour)
        draw.polygon([(x, y - size), (x - thin, y), (x, y + size), (x + thin, y)], fill=colour)
    return result


def softened(image: Image.Image, share: float, radius: float) -> Image.Image:
    """Lay a blurred copy over a picture, as a soft lens does."""
    return Image.blend(image, ImageChops.screen(image, scaled_rgb(soft(image, radius), 0.6)), share)


def scaled_rgb(image: Image.Image, factor: float) -> Image.Image:
    """Multiply all channels."""
    return image.point([min(255, round(v * factor)) for v in range(256)] * 3)


def leaked(image: Image.Image, colour: RGB, *, left: bool) -> Image.Image:
    """Let warm light into the camera at one side."""
    sideways = fade((image.height, image.width), 0.0, 0.7, 190, 0).transpose(Image.Transpose.ROTATE_90)
    mask = sideways if left else sideways.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    light = Image.composite(Image.new("RGB", image.size, colour), Image.new("RGB", image.size), scaled(mask, 0.8))
    return ImageChops.screen(image, light)


def pixelated(image: Image.Image, across: int) -> Image.Image:
    """Rebuild a picture from large squares."""
    small = (across, max(round(across * image.height / image.width), 1))
    return (
        image.resize(small, Image.Resampling.BOX)
        .quantize(48)
        .convert("RGB")
        .resize(image.size, Image.Resampling.NEAREST)
    )
