"""Portraits from a picture: a new one, the same again, or the same person somewhere else."""

import random
from collections.abc import Mapping
from typing import Any, Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from sandbox.spark.painter import finish
from sandbox.spark.painter.canvas import shine, soft
from sandbox.spark.painter.colour import mix
from sandbox.spark.painter.filters import flattened, saturated, softened
from sandbox.spark.painter.scene import backdrop, paint_scene

_DEFAULT_PROMPT: Final = "Concert group photo, flash photography"


def paint_portrait(image: Image.Image, params: Mapping[str, Any], seed: int) -> Image.Image:
    """Make a portrait of the person in a picture, in the picture's own size.

    `creative` takes only the colours of the picture, `reference` all of it, `reference_char` the person without
    the background; where no mode is given, a prompt means creative and none means reference.
    """
    prompt = str(params.get("prompt") or "")
    mode = params.get("gen_mode") or ("creative" if prompt else "reference")
    rng = random.Random(f"{seed}|{prompt.lower()}|{mode}")
    about = prompt or _DEFAULT_PROMPT
    if mode == "creative":
        made = _creative(image, about, seed)
    elif mode == "reference":
        made = _studio(image, rng)
    else:
        made = _elsewhere(image, backdrop(about, image.size, rng))
    return _retouched(made, params)


def _creative(image: Image.Image, prompt: str, seed: int) -> Image.Image:
    made = paint_scene(f"portrait, {prompt}", image.size, seed)
    colours = soft(image, min(image.size) / 6)
    return Image.blend(made, ImageChops.soft_light(made, colours), 0.5)


def _studio(image: Image.Image, rng: random.Random) -> Image.Image:
    made = softened(saturated(image, 1.12), 0.35, min(image.size) / 70)
    lamp = mix((168, 128, 88), (104, 132, 168), rng.random())
    at = (image.width * rng.uniform(0, 1), image.height * rng.uniform(0, 0.35))
    shine(made, lamp, at, max(image.size) * 0.8, 1.8)
    return finish.slanted(finish.vignette(made, 0.55), rng)


def _elsewhere(image: Image.Image, behind: Image.Image) -> Image.Image:
    width, height = image.size
    mask = Image.new("L", image.size)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((width * 0.24, height * 0.1, width * 0.76, height * 0.78), fill=255)
    draw.ellipse((width * 0.06, height * 0.66, width * 0.94, height * 1.5), fill=255)
    return finish.vignette(Image.composite(image, behind, soft(mask, min(image.size) / 28)), 0.4)


def _retouched(image: Image.Image, params: Mapping[str, Any]) -> Image.Image:
    clarity, beauty, even = (
        float(params.get(name, normal)) for name, normal in (("gpen", 0.4), ("skin", 0.3), ("skin_unifi", 0.0))
    )
    if even:
        image = Image.blend(image, flattened(image, 2), 0.75 * even)
    if beauty:
        glow = ImageChops.screen(image, Image.new("RGB", image.size, (34, 22, 20)))
        image = Image.blend(image, Image.blend(glow, soft(glow, 3), 0.5), 0.8 * beauty)
    if clarity:
        image = image.filter(ImageFilter.UnsharpMask(3, round(150 * clarity), 2))
    return image
