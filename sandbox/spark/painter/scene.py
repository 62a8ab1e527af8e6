"""A picture from words: the light, the place, the figure, the weather."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from PIL import Image

from sandbox.spark.painter import finish, sky, weather
from sandbox.spark.painter.canvas import Point, oval, polygon, shine, soft, vertical
from sandbox.spark.painter.colour import RGB, lit, mix
from sandbox.spark.painter.figures import mirror, place
from sandbox.spark.painter.figures.cast import parts_of
from sandbox.spark.painter.land import Ridge, forest, ground, water
from sandbox.spark.painter.palettes import PALETTES, Palette
from sandbox.spark.painter.places import PLACES
from sandbox.spark.painter.reading import Scene, read
from sandbox.spark.painter.stage import Stage
from sandbox.spark.sizes import Size


@dataclass(frozen=True, slots=True)
class _Pose:
    """Where a figure is at home, how tall it is and how far below the horizon, in shares of the shorter side."""

    place: str
    tall: float
    below: float


_POSES: Final[Mapping[str, _Pose]] = MappingProxyType(
    {
        "fox": _Pose("forest", 0.56, 0.33),
        "wolf": _Pose("forest", 0.58, 0.33),
        "cat": _Pose("meadow", 0.5, 0.33),
        "owl": _Pose("forest", 0.52, 0.32),
        "deer": _Pose("forest", 0.74, 0.4),
        "bird": _Pose("sea", 0.42, -0.14),
        "lighthouse": _Pose("sea", 0.66, 0.14),
        "castle": _Pose("mountains", 0.62, 0.14),
        "house": _Pose("forest", 0.46, 0.26),
        "boat": _Pose("sea", 0.4, 0.13),
        "robot": _Pose("meadow", 0.58, 0.32),
        "rocket": _Pose("space", 0.62, 0.26),
        "balloon": _Pose("mountains", 0.42, -0.12),
        "flower": _Pose("meadow", 0.66, 0.4),
        "tree": _Pose("meadow", 0.62, 0.22),
    }
)
_PLACES: Final = ("mountains", "sea", "forest", "meadow", "mountains")
_FLYING: Final = frozenset({"bird", "balloon", "rocket"})


def paint_scene(prompt: str, size: Size, seed: int) -> Image.Image:
    """Paint a prompt; the same prompt, size and seed give the same picture."""
    rng = random.Random(f"{seed}|{prompt.lower()}")
    scene = read(prompt)
    if scene.subject == "person":
        return _finished(_portrait(scene, size, rng), rng)
    stage = _set(scene, size, rng)
    _heavens(stage)
    pose = _POSES.get(scene.subject or "")
    where = scene.place or (pose.place if pose else rng.choice(_PLACES))
    PLACES[where](stage)
    _figure(stage, where)
    if scene.fog:
        weather.mist(stage.image, rng, stage.horizon / stage.height + 0.05, stage.palette.haze, 0.9)
    if scene.snow:
        weather.snowfall(stage.image, rng)
    if scene.rain:
        weather.rainfall(stage.image, rng)
    return _finished(stage.image, rng)


def backdrop(prompt: str, size: Size, rng: random.Random) -> Image.Image:
    """Paint what stands behind a portrait: soft light in the colours of a prompt."""
    return _behind(_palette(read(prompt), rng), size, rng, rng.choice((-1, 1)))


def _finished(image: Image.Image, rng: random.Random) -> Image.Image:
    return finish.grain(finish.vignette(finish.bloom(image)), rng)


def _palette(scene: Scene, rng: random.Random) -> Palette:
    if scene.time is not None:
        chosen = rng.choice(PALETTES[scene.time])
    elif scene.place == "space" or scene.subject == "rocket":
        chosen = rng.choice(PALETTES["space"])
    else:
        chosen = rng.choice(PALETTES[rng.choice(("dawn", "day", "sunset", "day", "dawn", "dusk"))])
    if scene.tint is None:
        return chosen
    return replace(
        chosen, sky=tuple(mix(one, scene.tint, 0.3) for one in chosen.sky), haze=mix(chosen.haze, scene.tint, 0.3)
    )


def _set(scene: Scene, size: Size, rng: random.Random) -> Stage:
    palette = _palette(scene, rng)
    width, height = size
    horizon = height * (0.5 if height > width * 1.4 else 0.58) + min(size) * rng.uniform(-0.02, 0.02)
    across = rng.choice((rng.uniform(0.16, 0.3), rng.uniform(0.7, 0.84)))
    low = scene.time in ("dawn", "sunset", "winter", "autumn", "neon")
    up = rng.uniform(0.1, 0.18) if low else rng.uniform(0.3, 0.42)
    sun = (width * across, horizon - min(size) * up)
    return Stage(vertical(size, _sky(palette, horizon / height)), rng, palette, scene, horizon, sun)


def _sky(palette: Palette, horizon: float) -> tuple[RGB, ...]:
    # The gradient ends at the horizon: below it the last colour is repeated for as long as the ground is deep.
    below = round(len(palette.sky) * (1 - horizon) / horizon)
    return (*palette.sky, *([palette.sky[-1]] * below))


def _heavens(stage: Stage) -> None:
    scene, palette, unit = stage.scene, stage.palette, stage.unit
    if scene.place == "space" or (scene.subject == "rocket" and scene.place is None):
        return
    if palette.night or scene.stars:
        sky.stars(stage.image, stage.rng, stage.horizon, 1.0 if palette.night else 0.6)
    if scene.aurora:
        sky.aurora(stage.image, stage.rng, stage.horizon)
    if palette.night:
        sky.moon(stage.image, palette, stage.sun, unit * 0.052, stage.rng)
    elif not scene.rain:
        sky.sun(stage.image, palette, stage.sun, unit * (0.05 if scene.time in ("sunset", "dawn") else 0.038))
    amount = 0.75 if scene.rain else stage.rng.uniform(0.25, 0.6) * (0.6 if palette.night else 1)
    sky.cloud_bank(stage.image, palette, stage.rng, stage.horizon, amount)
    if scene.rainbow:
        sky.rainbow(stage.image, (stage.width * 0.5, stage.horizon + unit * 0.12), unit * 0.62)
    if not palette.night and stage.rng.random() < 0.6:
        _flock(stage)


def _flock(stage: Stage) -> None:
    rng, unit = stage.rng, stage.unit
    x, y = stage.width * rng.uniform(0.35, 0.65), stage.horizon * rng.uniform(0.25, 0.5)
    for _ in range(rng.randint(4, 8)):
        at = (x + rng.gauss(0, 1) * unit * 0.07, y + rng.gauss(0, 1) * unit * 0.03)
        span = unit * rng.uniform(0.008, 0.015)
        lift = rng.uniform(0.35, 0.6)
        wing = [
            (at[0] - span, at[1] - span * lift),
            (at[0], at[1]),
            (at[0] + span, at[1] - span * lift),
            (at[0], at[1] + span * 0.22),
        ]
        polygon(stage.image, wing, stage.dark(0.35))


def _figure(stage: Stage, where: str) -> None:
    subject = stage.scene.subject
    parts = parts_of(stage.scene, stage.rng)
    if subject is None or not parts:
        return
    pose = _POSES[subject]
    tall = stage.unit * pose.tall
    across = 0.5 + stage.side * -0.14
    foot = (stage.width * across, min(stage.horizon + stage.unit * pose.below, stage.height * 0.985))
    if subject in ("flower", "deer"):
        foot = (foot[0], float(stage.height))
    if subject in _FLYING:
        foot = (foot[0], stage.horizon + stage.unit * pose.below)
    if subject == "owl":
        _branch(stage, foot, tall)
    standing = subject not in _FLYING and subject not in ("lighthouse", "castle", "boat", "owl")
    body = place(stage.image, parts, foot, tall, stage.light, flip=stage.side < 0, ground=standing)
    if subject == "lighthouse":
        _beam(stage, (foot[0], foot[1] - tall * 0.815))
    if subject in ("lighthouse", "boat") and where == "sea":
        mirror(stage.image, body, foot)
        _foam(stage, foot, tall * (0.5 if subject == "lighthouse" else 0.36))
    if subject == "castle":
        _thicket(stage, foot, tall)
    elif standing and subject not in ("deer", "flower") and where not in ("city", "sea"):
        _bank(stage, foot, tall)


def _beam(stage: Stage, lamp: Point) -> None:
    low = stage.palette.night or stage.scene.time in ("dawn", "dusk", "storm", "sunset")
    if low:
        ray = stage.image.copy()
        for way in (-1, 1):
            far = lamp[0] + way * stage.width
            reach = stage.unit * 0.17
            polygon(ray, [lamp, (far, lamp[1] - reach * 1.2), (far, lamp[1] + reach * 0.3)], (255, 240, 200))
        ray = soft(ray, stage.unit / 120)
        stage.image.paste(Image.blend(stage.image, ray, 0.32 if stage.palette.night else 0.16))
    shine(stage.image, (255, 236, 180), lamp, stage.unit * 0.16, 2.6)


def _foam(stage: Stage, foot: Point, reach: float) -> None:
    """Break the water white where something stands in it."""
    rng = stage.rng
    white = mix(stage.palette.sky[-1], (255, 255, 255), 0.5 if not stage.palette.night else 0.1)
    for _ in range(44):
        at = (foot[0] + rng.uniform(-1, 1) * reach, foot[1] + rng.gauss(0, 1) * reach * 0.012)
        polygon(
            stage.image,
            oval(at, reach * rng.uniform(0.02, 0.09), reach * 0.008, 20),
            white,
            opacity=rng.uniform(0.25, 0.7),
        )


def _branch(stage: Stage, foot: Point, tall: float) -> None:
    """Grow a branch from the edge of the picture to under somebody's feet."""
    level = foot[1] - tall * 0.1
    edge = stage.width if stage.side < 0 else 0
    tip = foot[0] + (foot[0] - edge) / abs(foot[0] - edge) * tall * 0.75
    thick = tall * 0.05
    bark = mix(stage.dark(0.05), (74, 52, 44), 0.4)
    bend = level + tall * 0.07
    polygon(
        stage.image,
        [
            (edge, bend - thick * 1.5),
            (foot[0], level),
            (tip, level + thick),
            (foot[0], level + thick * 1.7),
            (edge, bend + thick * 2.2),
        ],
        lit(bark, 1.12),
        lit(bark, 0.7),
    )
    twig = (foot[0] + tip) / 2
    polygon(stage.image, [(twig, level + thick), (twig + thick, level + thick), (tip, level - tall * 0.16)], bark)


def _thicket(stage: Stage, foot: Point, tall: float) -> None:
    """Let woods grow around the foot of a hill, and a lake lie before them."""
    base = Ridge(((0.0, foot[1]), (stage.width / 2, foot[1] - tall * 0.01), (float(stage.width), foot[1])))
    forest(stage.image, stage.rng, base, stage.unit * 0.075, 2.6, (stage.dark(0.16), stage.dark(0.04)))
    bank = Ridge(tuple((x, y + stage.unit * 0.004) for x, y in base.line))
    ground(stage.image, bank, stage.dark(0.07), lit(stage.palette.near, 0.7))
    tone = mix(stage.palette.near, stage.palette.sky[1], 0.5)
    sparkle = (stage.sun[0], stage.palette.source) if stage.palette.night else None
    water(stage.image, stage.rng, foot[1] + stage.unit * 0.016, tone, sparkle)


def _bank(stage: Stage, foot: Point, tall: float) -> None:
    """Let snow or grass come up before somebody's feet."""
    rng = stage.rng
    if stage.scene.snow:
        for _ in range(9):
            at = (foot[0] + rng.uniform(-0.46, 0.46) * tall, foot[1] + rng.uniform(-0.004, 0.014) * tall)
            polygon(
                stage.image,
                oval(at, tall * rng.uniform(0.06, 0.16), tall * 0.022, 32),
                lit(stage.snow, 1.02),
                mix(stage.snow, stage.palette.shadow, 0.18),
            )
        return
    for _ in range(150):
        x, y = foot[0] + rng.gauss(0, 0.26) * tall, foot[1] + rng.uniform(-0.004, 0.03) * tall
        blade, lean = tall * rng.uniform(0.02, 0.06), rng.uniform(-0.02, 0.02) * tall
        tone = mix(stage.tone((104, 142, 74), 0.0), stage.dark(0.0), rng.uniform(0.1, 0.8))
        polygon(stage.image, [(x - tall * 0.003, y), (x + tall * 0.003, y), (x + lean, y - blade)], tone)


def _behind(palette: Palette, size: Size, rng: random.Random, side: int) -> Image.Image:
    image = vertical(size, (palette.sky[0], palette.sky[1], palette.haze, palette.near))
    unit = min(size)
    for _ in range(34):
        x, y, radius = rng.random() * size[0], rng.random() ** 1.2 * size[1], unit * rng.uniform(0.015, 0.085)
        colour = mix(palette.sky[-1], palette.source, rng.random())
        polygon(image, oval((x, y), radius, radius, 64), lit(colour, 1.05), opacity=rng.uniform(0.05, 0.24))
    image = soft(image, unit / 260)
    shine(image, palette.sky[-1], (size[0] * (0.5 + side * 0.3), size[1] * 0.22), unit * 0.8, 2.2)
    return image


def _portrait(scene: Scene, size: Size, rng: random.Random) -> Image.Image:
    palette, side = _palette(scene, rng), rng.choice((-1, 1))
    image = _behind(palette, size, rng, side)
    stage = Stage(image, rng, palette, scene, size[1] * 0.6, (size[0] * (0.5 + side * 0.3), size[1] * 0.2))
    light = replace(stage.light, ambient=mix(palette.ambient, (255, 255, 255), 0.55))
    tall = min(size[1] * 0.94, size[0] * 1.02)
    foot = (size[0] / 2, size[1] + tall * 0.005)
    place(image, parts_of(scene, rng), foot, tall, light, flip=side > 0, ground=False)
    if scene.snow:
        weather.snowfall(image, rng, 0.6)
    return image
