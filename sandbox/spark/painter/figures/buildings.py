"""Buildings, with somebody at home."""

from itertools import pairwise

from sandbox.spark.painter.colour import RGB, lit, mix
from sandbox.spark.painter.figures import Glint, Part, Parts
from sandbox.spark.painter.figures.shapes import arch, box, disc, gable, taper

_LAMP: RGB = (255, 214, 120)
_STONE: RGB = (150, 150, 168)


def lighthouse(colour: RGB | None) -> Parts:
    """Draw a banded lighthouse with its keeper's house, on a rock."""
    red, white, slate = colour or (200, 62, 52), (246, 242, 234), (70, 76, 92)
    edges = [(26.0, 4.6), (40.0, 5.5), (54.0, 6.4), (68.0, 7.3), (82.0, 8.2)]
    bands = [
        Part(
            f"M {50 - w0} {y0} L {50 + w0} {y0} L {50 + w1} {y1} L {50 - w1} {y1} Z", red if i % 2 else white, 0.16
        )
        for i, ((y0, w0), (y1, w1)) in enumerate(pairwise(edges))
    ]
    return [
        Part(
            "M 2 100 C 8 92 14 93 20 87 C 28 83 34 84 40 81 L 62 81 C 70 83 76 84 80 88 C 88 90 92 95 98 100 Z",
            (76, 72, 84),
            0.5,
        ),
        Part(
            "M 20 87 C 28 83 34 84 40 81 L 62 81 C 70 83 74 84 78 87 C 66 86 60 84 52 85 C 42 86 30 85 20 87 Z",
            (122, 128, 104),
            0.2,
        ),
        Part(box(59, 71, 79, 84), white, 0.2),
        Part(gable(57, 81, 71.4, 63.6), red, 0.3),
        Part(box(74, 62, 76.4, 69), slate, 0.2),
        Glint(box(62.4, 74, 65.4, 79), _LAMP),
        Glint(box(72.4, 74, 75.4, 79), _LAMP),
        Part(box(67.4, 75, 70.4, 84), slate, 0.2),
        *bands,
        Part("M 52.4 26 L 54.6 26 L 58.2 82 L 53.6 82 Z", (40, 34, 60), 0, 0.2),
        *[Part(arch(48.8, 51.2, y, y + 4.4), slate, 0) for y in (31, 46, 60)],
        Part(arch(47.4, 52.6, 73.4, 82), slate, 0.2),
        Part(box(42.6, 24, 57.4, 26), slate, 0.1),
        *[Part(box(x, 20.6, x + 0.5, 24), slate, 0) for x in (43, 45.2, 54.3, 56.5)],
        Part(box(42.6, 20.4, 57.4, 21.1), slate, 0),
        Part(box(46, 13.6, 54, 24), slate, 0),
        Glint(box(46.7, 14.4, 53.3, 23.2), (255, 240, 190)),
        Part(box(49.7, 14.4, 50.3, 23.2), slate, 0),
        Part("M 44.6 14 C 45.6 9.4 48.6 7.6 50 6.4 C 51.4 7.6 54.4 9.4 55.4 14 Z", red, 0.3),
        Part(box(49.6, 3.4, 50.4, 7), slate, 0),
    ]


def castle(colour: RGB | None) -> Parts:
    """Draw a castle of many towers on its hill."""
    stone = mix(_STONE, colour, 0.35) if colour else _STONE
    roof, dark = (72, 78, 128), lit(stone, 0.5)
    parts: list[Part | Glint] = [
        Part("M 0 100 C 8 90 16 84 26 80 L 76 80 C 86 85 94 92 100 100 Z", (58, 62, 70), 0.5)
    ]
    towers = [
        (50.0, 22.0, 5.6, 13.0),
        (37.0, 36.0, 4.6, 10.0),
        (63.0, 32.0, 4.8, 11.0),
        (26.0, 50.0, 4.2, 9.0),
        (75.0, 48.0, 4.4, 9.6),
    ]
    for x, top, half, cone in towers:
        parts += [
            Part(taper(x, top, 84, half, half * 1.08), stone, 0.35),
            Part(
                f"M {x + half * 0.25} {top} L {x + half} {top} L {x + half * 1.08} 84 L {x + half * 0.3} 84 Z",
                dark,
                0,
                0.32,
            ),
            Part(box(x - half * 1.25, top - 1.2, x + half * 1.25, top + 1.8), lit(stone, 0.9), 0.2),
            Part(gable(x - half * 1.4, x + half * 1.4, top - 1, top - cone), roof, 0.3),
            Part(
                f"M {x} {top - cone} L {x + half * 1.4} {top - 1} L {x + half * 0.3} {top - 1} Z",
                lit(roof, 0.6),
                0,
                0.6,
            ),
            Part(box(x - 0.25, top - cone - 4, x + 0.25, top - cone + 0.6), dark, 0),
            Part(
                f"M {x} {top - cone - 4} L {x + 4} {top - cone - 2.9} L {x} {top - cone - 1.8} Z",
                (206, 64, 62),
                0.1,
            ),
            *[Glint(arch(x - 0.9, x + 0.9, y, y + 3.6), _LAMP) for y in (top + 5, top + 15, top + 26) if y < 64],
        ]
    parts += [
        *_wall(stone, 20, 80, 62, 86),
        *_wall(lit(stone, 1.08), 38, 62, 54, 86),
        Part(arch(44.4, 55.6, 68, 86), (44, 38, 48), 0.2),
        Glint(arch(45.6, 54.4, 70, 86), (236, 164, 82)),
        *[Part(box(x, 70, x + 0.5, 86), (44, 38, 48), 0) for x in (47.4, 49.8, 52.2)],
        *[Glint(arch(x, x + 1.8, 68, 72), _LAMP) for x in (24, 31, 67, 74.4)],
        Part("M 42 86 L 58 86 C 62 92 58 96 66 100 L 40 100 C 48 95 42 92 42 86 Z", (128, 112, 100), 0.3),
    ]
    return parts


def _wall(stone: RGB, left: float, right: float, top: float, bottom: float) -> Parts:
    teeth = [Part(box(x, top - 2.4, x + 2, top + 0.5), stone, 0) for x in range(round(left), round(right) - 1, 4)]
    return [Part(box(left, top, right, bottom), stone, 0.4), *teeth]


def house(colour: RGB | None, *, snow: bool = False) -> Parts:
    """Draw a log cabin with lit windows and smoke from its chimney; with snow on its roof where asked."""
    wood = colour or (138, 88, 58)
    roof = (240, 245, 252) if snow else (84, 62, 68)
    logs = [Part(box(24, y, 66, y + 0.8), lit(wood, 0.62), 0, 0.7) for y in (64, 69, 74, 79, 84, 89)]
    smoke = [
        Part(disc(x, y, r, r * 0.8), (236, 236, 240), 0.1, 0.2)
        for x, y, r in ((73, 27, 3.2), (75.4, 21, 4.2), (73.6, 14, 5.2), (77, 7, 5.8))
    ]
    return [
        *smoke,
        Part(box(69, 32, 76, 52), (128, 108, 108), 0.3),
        Part(box(68.2, 30.6, 76.8, 33.6), roof if snow else (100, 84, 86), 0.1),
        Part(box(64, 58, 90, 96), lit(wood, 0.72), 0.3),
        Part(box(22, 58, 66, 96), wood, 0.3),
        Part(gable(22, 66, 59, 33), wood, 0.2),
        *logs,
        Part("M 44 29 L 84 29 L 95 61 L 68 61 L 44 33 Z", lit(roof, 0.86), 0.25),
        Part("M 44 27 L 70 58.6 L 67.4 63 L 44 34.6 L 20.6 63 L 18 58.6 Z", roof, 0.1),
        Glint(box(29, 67, 40, 79), _LAMP),
        Part(box(34, 67, 35, 79), lit(wood, 0.5), 0),
        Part(box(29, 72.4, 40, 73.4), lit(wood, 0.5), 0),
        Part(box(47, 67, 59, 96), lit(wood, 0.5), 0.2),
        Glint(disc(56.6, 82, 0.8), (240, 208, 120)),
        Glint(box(71, 68, 83, 79), _LAMP),
        Part(box(76.5, 68, 77.5, 79), lit(wood, 0.4), 0),
        Glint(disc(44, 48, 3.4), _LAMP),
        *([Part("M 10 100 C 20 92 34 95 46 95 C 62 96 78 92 92 100 Z", (240, 245, 252), 0.15)] if snow else []),
    ]
