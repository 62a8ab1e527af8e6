"""A portrait, head and shoulders."""

from sandbox.spark.painter.colour import RGB, lit, mix
from sandbox.spark.painter.figures import Glint, Part, Parts, both
from sandbox.spark.painter.figures.shapes import disc

_SKINS: tuple[RGB, ...] = ((246, 208, 180), (232, 184, 148), (206, 150, 112), (160, 108, 78), (116, 76, 58))
_HAIRS: tuple[RGB, ...] = (
    (58, 38, 34),
    (30, 26, 32),
    (128, 78, 44),
    (196, 142, 76),
    (150, 58, 38),
    (216, 210, 204),
)
_CLOTHES: tuple[RGB, ...] = ((46, 92, 116), (152, 58, 66), (70, 66, 112), (62, 108, 88), (208, 150, 74))
_IRISES: tuple[RGB, ...] = ((84, 122, 152), (98, 72, 48), (82, 118, 84))


def person(choice: int, clothes: RGB | None, *, woman: bool) -> Parts:
    """Draw a person who looks at us; `choice` picks skin, hair, clothes and eyes."""
    skin = _SKINS[choice % len(_SKINS)]
    hairs = _HAIRS if sum(skin) > 420 else _HAIRS[:2]  # on dark skin, hair that stands out from it
    hair = hairs[choice // 5 % len(hairs)]
    cloth = clothes or _CLOTHES[choice // 30 % len(_CLOTHES)]
    iris = _IRISES[choice // 150 % len(_IRISES)]
    blush, shade = mix(skin, (222, 92, 84), 0.34), mix(lit(skin, 0.78), (150, 70, 70), 0.16)
    lips = mix(skin, (186, 62, 72), 0.62 if woman else 0.34)
    parts: list[Part | Glint] = list(_long_hair(hair) if woman else [])
    parts += [
        *_bust(cloth, skin, shade),
        *both("M 32.6 39 C 29.6 37 28.4 41 29.4 45 C 30.2 49 32 51 33.8 50 Z", lit(skin, 0.92), 50, 0.2),
        Part(_face(woman), skin, 0.16),
        # the side of the face that the light does not reach
        Part(
            "M 60 22 C 66 28 68 36 67 45 C 66 54 60 62 54 65.6 C 60 56 63 46 62 36 C 61.6 30 61 26 60 22 Z",
            shade,
            0.1,
            0.34,
        ),
        *[
            Part(disc(x, 50.6, 5.2 * size, 3.4 * size), blush, 0, 0.1)
            for x in (39.2, 60.8)
            for size in (1, 0.8, 0.6, 0.4)
        ],
    ]
    parts += [*_eyes(iris, hair, woman=woman), *_nose_and_mouth(skin, shade, lips)]
    parts += _fringe(hair) if woman else _short_hair(hair)
    return parts


def _face(woman: bool) -> str:
    jaw = 38.6 if woman else 37.4
    return (
        f"M 50 17 C 38 17 32.4 26 32.4 37 C 32.4 47 34 54 {jaw} 60 C 42.6 65.4 46.6 67.4 50 67.4 "
        f"C 53.4 67.4 57.4 65.4 {100 - jaw} 60 C 66 54 67.6 47 67.6 37 C 67.6 26 62 17 50 17 Z"
    )


def _bust(cloth: RGB, skin: RGB, shade: RGB) -> Parts:
    return [
        Part("M 4 101 C 6 89 16 82.6 34 78.6 C 42 84 58 84 66 78.6 C 84 82.6 94 89 96 101 Z", cloth, 0.35),
        Part(
            "M 42 56 L 42 75 C 40 79 36 79.6 34 80.4 C 42 89 58 89 66 80.4 C 64 79.6 60 79 58 75 L 58 56 Z",
            skin,
            0.1,
        ),
        Part("M 42 60 C 46 67.6 54 67.6 58 60 L 58 68 C 54 74.4 46 74.4 42 67 Z", shade, 0.1, 0.6),
        Part("M 33 78.8 C 40 88 60 88 67 78.8 L 69.4 80 C 61 92 39 92 30.6 80 Z", lit(cloth, 1.14), 0.2),
        Part("M 33 78.8 C 40 88 60 88 67 78.8 L 66 78 C 59 86 41 86 34 78 Z", lit(skin, 0.7), 0, 0.5),
    ]


def _eyes(iris: RGB, hair: RGB, *, woman: bool) -> Parts:
    brow = mix(lit(hair, 0.8), (60, 40, 40), 0.3)
    lash = "M 36.6 41.6 C 38.6 37.4 43.4 37.2 46.2 41.4 C 43.2 39.2 39.6 39.2 36.6 41.6 Z"
    wing = "M 37.4 41.4 C 36.4 41.2 35.6 40.4 35 39.4 C 36.2 40 37.4 40 38.6 39.8 Z"
    return [
        *both(
            "M 36.8 41.6 C 38.8 38.4 43.2 38.2 46 41.6 C 43.4 44.2 39.4 44.2 36.8 41.6 Z",
            (250, 248, 246),
            50,
            0.08,
        ),
        *both(disc(41.5, 41.1, 2.55, 2.75), iris, 50, 0.35),
        *both(disc(41.5, 41.1, 1.25, 1.35), (18, 14, 20), 50, 0),
        *both(lash, (44, 28, 32), 50, 0),
        *(both(wing, (44, 28, 32), 50, 0) if woman else []),
        Glint(disc(42.5, 40.1, 0.62), (255, 255, 255)),
        Glint(disc(59.5, 40.1, 0.62), (255, 255, 255)),
        *both(
            "M 35.6 36 C 38.4 33.2 42.6 32.8 46.4 34.6 "
            "C 46.2 35.6 46 35.9 45.6 36.1 C 42.2 34.8 38.8 34.8 35.6 36 Z",
            brow,
            50,
            0.1,
        ),
    ]


def _nose_and_mouth(skin: RGB, shade: RGB, lips: RGB) -> Parts:
    return [
        Part(
            "M 50.6 39 C 51.6 45 53.4 48.6 53.4 50.6 C 53.2 52.6 51.4 53 50 53 C 51.6 51.6 51.8 49 50.6 39 Z",
            shade,
            0,
            0.5,
        ),
        *both("M 46.6 51.6 C 47.4 50.8 48.8 51.4 49.6 52.6 C 48.4 53.2 47 52.8 46.6 51.6 Z", shade, 50, 0),
        Part("M 48.8 40 C 48.4 45 48.6 48 49.4 49.6 C 50.4 48.6 50.2 44 49.8 40 Z", lit(skin, 1.16), 0, 0.7),
        Part(
            "M 43.6 57.4 C 46 56.8 48.6 56.2 50 56.9 C 51.4 56.2 54 56.8 56.4 57.4 C 54 59 46 59 43.6 57.4 Z",
            lit(lips, 0.9),
            0.1,
        ),
        Part(
            "M 43.6 57.4 C 46 59 54 59 56.4 57.4 C 54.8 60.6 52.6 61.5 50 61.5 C 47.4 61.5 45.2 60.6 43.6 57.4 Z",
            lips,
            0.15,
        ),
        Part("M 43.1 57 C 46 59.1 54 59.1 56.9 57 C 54 59.8 46 59.8 43.1 57 Z", lit(lips, 0.55), 0),
        Part("M 47.4 60.2 C 48.6 59.9 51 59.9 52.2 60.2 C 51 60.7 48.6 60.7 47.4 60.2 Z", lit(lips, 1.3), 0, 0.7),
        Part("M 46.6 64 C 48.6 63.4 51.4 63.4 53.4 64 C 51.4 64.6 48.6 64.6 46.6 64 Z", shade, 0, 0.35),
    ]


def _long_hair(hair: RGB) -> Parts:
    return [
        Part(
            "M 50 7 C 31 6 23 20 24 38 C 24 54 20 66 19 78 C 19 86 26 91 34 90 L 66 90 C 74 91 81 86 81 78 "
            "C 80 66 76 54 76 38 C 77 20 69 6 50 7 Z",
            lit(hair, 0.82),
            0.4,
        ),
        *both("M 27 46 C 26 62 22 72 21 80 C 23 86 29 89 34 88 C 33 76 31.4 62 31 46 Z", hair, 50, 0.35),
    ]


def _fringe(hair: RGB) -> Parts:
    shine = lit(hair, 1.24)
    return [
        Part(
            "M 52 9 C 34 7 25 20 27 40 C 27.6 48 28 54 29 59 "
            "C 31 54 31.6 48 32 43 C 33 34 39 28 46 25 C 50 23 53 19 54 15 Z",
            hair,
            0.25,
        ),
        Part(
            "M 50 9 C 68 6 76 21 73.4 40 C 72.8 48 72.4 54 71 59 "
            "C 69.4 54 68.6 48 68 43 C 67 35 62 28 57 24 C 53 20 51 16 50 9 Z",
            lit(hair, 0.92),
            0.25,
        ),
        Part(
            "M 49 12 C 40 13 33.4 19 31 29 C 30 33 29.6 38 29.8 42 C 31 33 35 26 42 21 C 45 19 48 16 49 12 Z",
            shine,
            0.1,
            0.5,
        ),
        Part("M 56 12 C 64 15 69 22 70 32 C 67 25 61 19 56 16 Z", shine, 0.1, 0.4),
    ]


def _short_hair(hair: RGB) -> Parts:
    return [
        Part(
            "M 31.6 42 C 28 28 31 13 46 10.6 C 60 6.6 72 15 70.6 30 "
            "C 70.4 35 69.4 39 68.4 42 C 67.6 36 67.4 32 65 28.4 "
            "C 60 29 52 27.4 46 22.6 C 44 26 39 28.4 35.4 29.4 C 33.4 33 32.6 37 31.6 42 Z",
            hair,
            0.25,
        ),
        Part("M 36 22 C 39 15.6 46 12.6 54 12.4 C 48 15 43 18.4 36 22 Z", lit(hair, 1.24), 0, 0.55),
        Part("M 58 14 C 63 16 66.4 20 67.4 25 C 63 21 60 18.4 58 14 Z", lit(hair, 1.18), 0, 0.4),
    ]
