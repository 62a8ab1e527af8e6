"""Changes to a picture that somebody describes in words."""

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from sandbox.spark.painter import finish, sky, styles, weather
from sandbox.spark.painter.canvas import clouds, fade, scaled, shine, soft, vertical
from sandbox.spark.painter.colour import lit, mix, rgb
from sandbox.spark.painter.figures import Light, place
from sandbox.spark.painter.figures.cast import parts_of
from sandbox.spark.painter.filters import (
    brightened,
    contrasted,
    dabbed,
    inked,
    lines,
    papered,
    pixelated,
    saturated,
    tinted,
    toned,
)
from sandbox.spark.painter.palettes import PALETTES
from sandbox.spark.painter.reading import COLOURS, read, words_of

Change = Callable[[Image.Image, random.Random], Image.Image]


def edit(image: Image.Image, prompt: str, seed: int, scale: float) -> Image.Image:
    """Do to a picture what a prompt says; `scale` from 0 to 1 says how strongly.

    The same picture, prompt, seed and scale give the same result, another seed one that is seen to differ. Words
    that mean nothing here still change the light of the picture, in a way that depends on them.
    """
    rng = random.Random(f"{seed}|{prompt.lower()}")
    words = words_of(prompt)
    changed = image.copy()
    wanted = _changes(words)
    for change in wanted:
        changed = change(changed, rng)
    if set(wanted) - _IN_PART:
        changed = finish.slanted(changed, rng)
    added = _added(words)
    if added:
        changed = _with_figure(changed, added, rng)
    elif not wanted:
        changed = _moody(changed, rng)
    return Image.blend(image, changed, min(1.0, 0.4 + 1.2 * scale))


def _changes(words: list[str]) -> list[Change]:
    found: list[Change] = [_gray] if {"black", "white"} <= set(words) else []
    for word in words:
        change = _BY_WORD.get(word)
        if change is not None and change not in found:
            found.append(change)
    if not found and (colour := next((COLOURS[word] for word in words if word in COLOURS), None)) is not None:
        found.append(lambda image, _: saturated(tinted(image, colour, 0.62), 1.15))
    return found


def _added(words: list[str]) -> str | None:
    if not {"add", "put", "place", "with", "draw", "insert"} & set(words):
        return None
    rest = " ".join(words)
    return rest if read(rest).subject not in (None, "person") else None


def _with_figure(image: Image.Image, words: str, rng: random.Random) -> Image.Image:
    scene = read(words)
    width, height = image.size
    side = rng.choice((-1, 1))
    warm = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    average = warm if isinstance(warm, tuple) else (128, 128, 128)
    ambient = mix(lit((int(average[0]), int(average[1]), int(average[2])), 1.3), (255, 255, 255), 0.55)
    light = Light(ambient, (255, 244, 226), side, lit(ambient, 0.25))
    flying = scene.subject in ("bird", "balloon", "rocket")
    tall = min(image.size) * (0.3 if flying else 0.36)
    level = height * (0.42 if flying else 0.965)
    across = width * (0.5 + side * rng.uniform(0.26, 0.32))
    place(image, parts_of(scene, rng), (across, level), tall, light, flip=side > 0, ground=not flying)
    return image


def _night(image: Image.Image, rng: random.Random) -> Image.Image:
    lamps = _lamps(image)
    bright = ImageStat.Stat(ImageOps.grayscale(image)).mean[0]
    dusk = mix((150, 168, 220), (58, 78, 140), min(max((bright - 40) / 80, 0), 1))  # what is dark stays visible
    dark = ImageChops.multiply(saturated(image, 0.75), Image.new("RGB", image.size, dusk))
    clear = _open_sky(image)
    palette = PALETTES["night"][0]
    heaven = vertical(image.size, palette.sky)
    sky.stars(heaven, rng, image.height * 0.62, 1.0)
    left = ImageStat.Stat(clear.crop((0, 0, image.width // 3, image.height // 3))).mean[0]
    right = ImageStat.Stat(clear.crop((image.width * 2 // 3, 0, image.width, image.height // 3))).mean[0]
    at = (image.width * (0.16 if left > right else 0.84), image.height * 0.16)
    sky.moon(heaven, palette, at, min(image.size) * 0.05, rng)
    above = ImageChops.multiply(fade(image.size, 0.0, 0.55, 235, 0), clear)
    night = Image.composite(heaven, dark, above)
    night = Image.composite(image, night, lamps)
    halo = scaled(soft(lamps, min(image.size) / 45), 1.6)
    warm = Image.composite(Image.new("RGB", image.size, (255, 206, 120)), Image.new("RGB", image.size), halo)
    return finish.vignette(ImageChops.screen(night, warm), 0.5)


def _lamps(image: Image.Image) -> Image.Image:
    """Find what would shine at night: warm bright places too small to be sky."""
    red, green, blue = image.split()
    gray = ImageOps.grayscale(image)
    small = gray.reduce(8)
    wide = small.filter(ImageFilter.MinFilter(9)).filter(ImageFilter.MaxFilter(9))  # keeps only what is large
    tops = ImageChops.subtract(gray, wide.resize(image.size, Image.Resampling.BICUBIC))
    mask = tops.point([max(0, min(255, (v - 40) * 6)) for v in range(256)])
    for needed in (
        ImageChops.subtract(red, blue).point([max(0, min(255, (v - 12) * 9)) for v in range(256)]),
        red.point([max(0, min(255, (v - 215) * 12)) for v in range(256)]),
        green.point([max(0, min(255, (v - 135) * 8)) for v in range(256)]),
    ):
        mask = ImageChops.multiply(mask, needed)
    return soft(mask, 1)


def _open_sky(image: Image.Image) -> Image.Image:
    """Guess where a picture shows sky: smooth places, in its upper part."""
    gray = ImageOps.grayscale(image.reduce(4))
    rough = ImageChops.difference(soft(gray, 1), soft(gray, 5))
    busy = soft(rough.point([min(255, max(0, v - 5) * 40) for v in range(256)]), 3)
    busy = busy.point([min(255, v * 3) for v in range(256)])
    return ImageChops.invert(busy).resize(image.size, Image.Resampling.BICUBIC)


def _low_sun(name: str) -> Change:
    def change(image: Image.Image, rng: random.Random) -> Image.Image:
        palette = PALETTES[name][0]
        wash = vertical(image.size, (*palette.sky, palette.haze, palette.near))
        mixed = Image.blend(image, ImageChops.overlay(image, wash), 0.75)
        mixed = Image.composite(
            wash, mixed, scaled(ImageChops.multiply(fade(image.size, 0, 0.6, 255, 0), _open_sky(image)), 0.62)
        )
        at = (image.width * rng.choice((0.2, 0.8)), image.height * 0.42)
        shine(mixed, lit(palette.sky[-1], 0.9), at, max(image.size) * 0.7, 2.2)
        return saturated(mixed, 1.15)

    return change


def _snowy(image: Image.Image, rng: random.Random) -> Image.Image:
    cold = tinted(saturated(brightened(image, 1.06), 0.7), (150, 176, 214), 0.22)
    gray = soft(ImageOps.grayscale(image), 2)
    upper = ImageChops.subtract(gray, ImageChops.offset(gray, 0, 6), 1, 128)
    ledges = soft(upper.point([max(0, min(255, (abs(v - 128) - 6) * 12)) for v in range(256)]), 2)
    drift = clouds(rng, image.size, (5, 9), 3)
    ground = ImageChops.multiply(
        fade(image.size, 0.5, 0.95, 0, 255), drift.point([min(255, 70 + v) for v in range(256)])
    )
    cover = ImageChops.lighter(
        scaled(ImageChops.multiply(ledges, fade(image.size, 0.1, 0.6, 60, 255)), 0.8), scaled(ground, 0.85)
    )
    white = Image.composite(Image.new("RGB", image.size, (246, 249, 255)), cold, cover)
    weather.snowfall(white, rng, 1.5)
    return white


def _rainy(image: Image.Image, rng: random.Random) -> Image.Image:
    grey = tinted(saturated(brightened(image, 0.68), 0.6), (96, 112, 132), 0.35)
    weather.rainfall(grey, rng)
    weather.rainfall(grey, rng)
    return grey


def _rainbow(image: Image.Image, rng: random.Random) -> Image.Image:
    centre = (image.width * rng.uniform(0.3, 0.7), image.height * 0.72)
    arched = image.copy()
    sky.rainbow(arched, centre, min(image.width * 0.52, image.height * 0.62) * rng.uniform(0.95, 1.15), 1.0)
    behind = ImageChops.multiply(
        fade(image.size, 0.4, 0.62, 255, 0), _open_sky(image).point([min(255, 70 + v) for v in range(256)])
    )
    return Image.composite(arched, image, behind)


def _foggy(image: Image.Image, rng: random.Random) -> Image.Image:
    pale = Image.blend(saturated(image, 0.6), Image.new("RGB", image.size, (222, 226, 230)), 0.3)
    for level in (0.55, 0.8):
        weather.mist(pale, rng, level, (236, 238, 240), 1.0)
    return pale


def _aurora(image: Image.Image, rng: random.Random) -> Image.Image:
    dark = _night(image, rng)
    sky.aurora(dark, rng, image.height * 0.6)
    return dark


def _gray(image: Image.Image, rng: random.Random) -> Image.Image:
    return finish.grain(contrasted(ImageOps.grayscale(image).convert("RGB"), 1.2), rng, 6)


def _sepia(image: Image.Image, rng: random.Random) -> Image.Image:
    return finish.grain(finish.vignette(toned(image, (36, 22, 14), (158, 122, 86), (250, 236, 206)), 0.7), rng, 7)


def _pencil(image: Image.Image, rng: random.Random) -> Image.Image:
    gray = ImageOps.grayscale(image)
    shade = ImageChops.screen(gray, Image.new("L", image.size, 150)).convert("RGB")
    return papered(inked(shade, lines(image, min(image.size) / 800, 20, 1.2), (50, 50, 58)), rng, depth=0.4)


def _oil(image: Image.Image, rng: random.Random) -> Image.Image:
    return contrasted(dabbed(saturated(image, 1.35), rng, min(image.size) / 110, 18_000, 16), 1.1)


def _pixels(image: Image.Image, rng: random.Random) -> Image.Image:
    del rng
    return pixelated(image, 112)


def _autumn(image: Image.Image, rng: random.Random) -> Image.Image:
    warm = ImageChops.overlay(image, Image.new("RGB", image.size, (188, 128, 74)))
    weather.petals(warm, rng, rgb("d9722a"))
    return saturated(warm, 1.2)


def _spring(image: Image.Image, rng: random.Random) -> Image.Image:
    fresh = saturated(
        brightened(ImageChops.overlay(image, Image.new("RGB", image.size, (140, 158, 128))), 1.1), 1.25
    )
    weather.petals(fresh, rng, rgb("f7b6cf"))
    return fresh


def _day(image: Image.Image, rng: random.Random) -> Image.Image:
    bright = saturated(brightened(image, 1.35), 1.15)
    wash = vertical(image.size, PALETTES["day"][0].sky)
    mask = scaled(ImageChops.multiply(fade(image.size, 0, 0.6, 255, 0), _open_sky(image)), 0.8)
    lit_up = Image.composite(wash, bright, mask)
    shine(
        lit_up,
        (255, 246, 214),
        (image.width * rng.choice((0.2, 0.8)), image.height * 0.12),
        max(image.size) * 0.5,
        2.2,
    )
    return lit_up


def _moody(image: Image.Image, rng: random.Random) -> Image.Image:
    """Change the light of a picture, for words that name nothing known."""
    tone = rng.choice([COLOURS[name] for name in ("teal", "orange", "violet", "gold", "blue", "pink")])
    wash = Image.blend(image, ImageChops.overlay(image, Image.new("RGB", image.size, tone)), 0.6)
    at = (image.width * rng.uniform(0.15, 0.85), image.height * rng.uniform(0.1, 0.4))
    shine(wash, lit(tone, 1.3), at, max(image.size) * 0.6, 2.0)
    return finish.vignette(contrasted(wash, 1.12), 0.6)


_WORDS: Final[Mapping[Change, str]] = MappingProxyType(
    {
        _night: "night dark midnight moon moonlight nighttime evening star starry",
        _low_sun("sunset"): "sunset dusk sundown golden",
        _low_sun("dawn"): "dawn sunrise morning",
        _day: "day daylight noon sunny bright",
        _snowy: "snow snowy winter snowing ice frozen",
        _rainy: "rain rainy raining storm stormy",
        _rainbow: "rainbow",
        _foggy: "fog foggy mist misty",
        _aurora: "aurora",
        _gray: "monochrome grayscale noir bw",
        _sepia: "sepia vintage retro old",
        _pencil: "pencil sketch drawing",
        _oil: "oil painting impressionist gogh",
        _pixels: "pixel pixelated bit",
        _autumn: "autumn fall",
        _spring: "spring blossom cherry summer",
        styles.marvel: "comic",
        styles.anime: "anime cartoon manga",
        styles.watercolour: "watercolor watercolour",
        styles.cyber: "neon cyberpunk cyber",
        styles.clay: "clay plasticine",
        styles.ink_wash: "ink",
        styles.new_monet: "monet",
    }
)

_IN_PART: Final = frozenset({_rainbow})
"""What leaves the rest of a picture as it was, and is placed by the seed."""

_BY_WORD: Final[Mapping[str, Change]] = MappingProxyType(
    {form: change for change, words in _WORDS.items() for form in words_of(words)}
)
