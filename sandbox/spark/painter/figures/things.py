"""Things that people like to see painted."""

from sandbox.spark.painter.colour import RGB, lit, mix
from sandbox.spark.painter.figures import Glint, Part, Parts, both
from sandbox.spark.painter.figures.shapes import box, disc


def boat(colour: RGB | None) -> Parts:
    """Draw a sailing boat."""
    sail, hull = colour or (250, 240, 222), (122, 66, 48)
    return [
        Part(box(48.4, 8, 49.6, 86), (92, 66, 54), 0.1),
        Part("M 51 10 C 66 30 76 54 80 78 L 51 80 Z", sail, 0.25),
        Part("M 51 10 C 58 34 60 58 60 79.4 L 51 80 Z", lit(sail, 0.85), 0.2, 0.5),
        Part("M 47 16 C 40 40 30 60 20 76 L 47 79 Z", lit(sail, 0.92), 0.3),
        Part("M 49.6 8 L 58 11 L 49.6 13.4 Z", (206, 66, 58), 0.1),
        Part("M 12 83 C 30 86 70 86 90 81 C 88 90 82 98 76 99 L 26 99 C 20 97 15 91 12 83 Z", hull, 0.45),
        Part("M 12 83 C 30 86 70 86 90 81 L 89 85 C 70 89.4 30 89.4 13.4 86.4 Z", (240, 226, 204), 0.1),
    ]


def robot(colour: RGB | None) -> Parts:
    """Draw a friendly robot."""
    shell = colour or (188, 202, 214)
    joint, glass = (74, 84, 102), (30, 40, 58)
    return [
        Part(box(49.2, 4, 50.8, 16), joint, 0),
        Glint(disc(50, 4.4, 2.6), (255, 110, 90)),
        *both("M 38 84 L 46 84 L 46 95 C 46 98 44 99.6 36 99.6 L 34 99.6 C 33.4 96 34 94 38 93 Z", joint, 50, 0.2),
        *both(
            "M 24 52 C 17 54 14 62 14 70 C 14 76 15 80 18 81 C 22 80 23 76 22.6 71 C 22.4 66 24 62 28 60 Z",
            joint,
            50,
            0.2,
        ),
        *both(disc(18, 81, 5.2), shell, 50, 0.3),
        *both(disc(26, 54, 5.6), shell, 50, 0.3),
        Part(
            "M 30 50 C 30 46 34 45 38 45 L 62 45 C 66 45 70 46 70 50 "
            "L 68 80 C 68 85 64 87 60 87 L 40 87 C 36 87 32 85 32 80 Z",
            shell,
            0.35,
        ),
        Part("M 38 56 L 62 56 L 61 74 L 39 74 Z", lit(shell, 0.78), 0.15),
        *[
            Glint(disc(x, 61, 1.8), c)
            for x, c in ((43, (255, 196, 84)), (50, (120, 226, 150)), (57, (110, 190, 255)))
        ],
        *[Part(box(41, y, 59, y + 1.2), joint, 0) for y in (66, 69, 72)],
        Part(box(44, 40, 56, 46), joint, 0.2),
        Part(
            "M 26 22 C 26 16 30 14 36 14 L 64 14 C 70 14 74 16 74 22 "
            "L 74 34 C 74 40 70 42 64 42 L 36 42 C 30 42 26 40 26 34 Z",
            shell,
            0.25,
        ),
        Part(
            "M 31 23 C 31 20 33 19 36 19 L 64 19 C 67 19 69 20 69 23 "
            "L 69 33 C 69 36 67 37 64 37 L 36 37 C 33 37 31 36 31 33 Z",
            glass,
            0.1,
        ),
        *both(disc(24.6, 28, 2.6, 5), joint, 50, 0.2),
        Glint(disc(41, 27, 3.4), (110, 232, 255)),
        Glint(disc(59, 27, 3.4), (110, 232, 255)),
        Glint(disc(42, 26, 1.1), (255, 255, 255)),
        Glint(disc(60, 26, 1.1), (255, 255, 255)),
        Glint("M 45 32.6 C 47 35 53 35 55 32.6 C 53 33.8 47 33.8 45 32.6 Z", (110, 232, 255)),
    ]


def rocket(colour: RGB | None) -> Parts:
    """Draw a rocket on its flame."""
    red, white = colour or (214, 66, 58), (240, 242, 246)
    return [
        Glint("M 42 78 C 38 88 44 94 50 104 C 56 94 62 88 58 78 Z", (255, 150, 50)),
        Glint("M 45 78 C 43 86 47 90 50 97 C 53 90 57 86 55 78 Z", (255, 232, 150)),
        *both("M 40 56 C 32 60 27 68 27 80 C 32 76 37 74 42 74 Z", red, 50, 0.3),
        Part(
            "M 50 4 C 39 16 36 36 37 54 C 37.6 64 40 72 42 78 L 58 78 C 60 72 62.4 64 63 54 C 64 36 61 16 50 4 Z",
            white,
            0.2,
        ),
        Part(
            "M 50 4 C 61 16 64 36 63 54 C 62.4 64 60 72 58 78 L 52 78 C 57 60 58 30 50 4 Z",
            (120, 130, 160),
            0,
            0.35,
        ),
        Part("M 50 4 C 44 10 41 17.6 39.2 25.6 L 60.8 25.6 C 59 17.6 56 10 50 4 Z", red, 0.2),
        Part(disc(50, 40, 7.4), (88, 98, 124), 0.2),
        Glint(disc(50, 40, 5.6), (126, 206, 246)),
        Glint(disc(48.2, 38, 1.7), (255, 255, 255)),
        Part(box(41.4, 74.4, 58.6, 79), (88, 98, 124), 0.2),
        Part("M 48.8 58 L 51.2 58 L 51 82 L 49 82 Z", red, 0.2),
    ]


def balloon(colour: RGB | None) -> Parts:
    """Draw a hot-air balloon."""
    one = colour or (222, 76, 62)
    two = (250, 212, 120) if colour is None else mix(one, (255, 246, 226), 0.75)
    return [
        Part(
            "M 50 4 C 24 4 14 24 17 42 C 20 56 36 68 42 78 L 58 78 C 64 68 80 56 83 42 C 86 24 76 4 50 4 Z",
            one,
            0.3,
        ),
        *both(
            "M 50 4 C 34 6 27 24 29 42 C 31 57 41 69 44.6 78 L 48 78 C 44 66 40 54 40 42 C 39 24 43 8 50 4 Z",
            two,
            50,
            0.3,
        ),
        Part(
            "M 50 4 C 68 8 78 26 76 44 C 73 58 62 70 56.6 78 L 58 78 C 64 68 80 56 83 42 C 86 24 76 4 50 4 Z",
            (70, 20, 60),
            0,
            0.28,
        ),
        *both("M 42.4 78 L 43.2 78 L 45.8 89 L 45 89 Z", (88, 66, 54), 50, 0),
        Glint("M 48.4 86 C 48 82 50 80 50 77 C 50 80 52 82 51.6 86 Z", (255, 226, 140)),
        Part("M 43.6 88 L 56.4 88 L 55.4 98 C 55 99 45 99 44.6 98 Z", (150, 104, 66), 0.35),
        Part(box(43, 87, 57, 89.4), (112, 76, 52), 0.1),
    ]


def flower(colour: RGB | None) -> Parts:
    """Draw three poppies, one of them in front."""
    petal = colour or (226, 62, 52)
    stem = (72, 128, 74)
    parts: list[Part | Glint] = []
    for x, y, size, lean in ((26.0, 46.0, 0.72, -6.0), (76.0, 38.0, 0.78, 5.0), (50.0, 26.0, 1.15, 0.0)):
        foot = 50 + lean
        parts += [
            Part(
                f"M {x - 0.9} {y} C {x - 1} {y + 24} {foot - 2} 78 {foot - 1} 100 "
                f"L {foot + 1} 100 C {foot} 78 {x + 1} {y + 24} {x + 0.9} {y} Z",
                stem,
                0.3,
            ),
            *_poppy(x, y, size, petal),
        ]
    leaf = "M 50 92 C 40 88 28 80 20 66 C 34 68 46 78 51 90 Z"
    return [*both(leaf, lit(stem, 0.9), 50, 0.3), *parts]


def _poppy(x: float, y: float, size: float, petal: RGB) -> Parts:
    def path(text: str) -> str:
        numbers = [word if word.isalpha() else float(word) * size for word in text.split()]
        placed = []
        across = True
        for one in numbers:
            if isinstance(one, str):
                placed.append(one)
                continue
            placed.append(f"{one + (x if across else y):.2f}")
            across = not across
        return " ".join(placed)

    wing = "M 0 10 C -12 14 -20 6 -20 -4 C -20 -12 -14 -16 -8 -14 C -2 -12 0 -4 0 10 Z"
    wings = [Part(path(wing), lit(petal, 0.9), 0.3), Part(path(_flipped(wing)), lit(petal, 0.82), 0.3)]
    return [
        Part(path("M 0 8 C -12 4 -14 -10 -8 -16 C -4 -19 4 -19 8 -16 C 14 -10 12 4 0 8 Z"), lit(petal, 0.74), 0.2),
        *wings,
        Part(path("M 0 14 C -10 14 -15 8 -14 1 C -8 -4 8 -4 14 1 C 15 8 10 14 0 14 Z"), petal, 0.25),
        Part(path("M -6 0 C -4 -4 4 -4 6 0 C 4 4 -4 4 -6 0 Z"), (42, 26, 40), 0.1),
        Glint(path("M -3 -0.6 C -2 -2.4 2 -2.4 3 -0.6 C 2 1 -2 1 -3 -0.6 Z"), (222, 206, 110)),
    ]


def _flipped(text: str) -> str:
    flipped, across = [], True
    for word in text.split():
        if word.isalpha():
            flipped.append(word)
            continue
        flipped.append(str(-float(word)) if across else word)
        across = not across
    return " ".join(flipped)


def tree(colour: RGB | None, *, snow: bool = False) -> Parts:
    """Draw one great old tree."""
    leaf = colour or ((232, 238, 246) if snow else (92, 142, 72))
    bark = (92, 66, 54)
    crown = [
        (50, 30, 24, 0.7),
        (30, 42, 18, 0.66),
        (70, 42, 18, 0.62),
        (42, 24, 18, 0.84),
        (62, 26, 17, 0.8),
        (28, 36, 13, 0.9),
        (50, 42, 19, 0.82),
        (72, 36, 13, 0.86),
        (38, 18, 13, 1.02),
        (54, 16, 14, 1.0),
        (26, 32, 9, 1.06),
        (46, 32, 12, 1.0),
        (64, 22, 9, 1.1),
        (40, 13, 8, 1.16),
    ]
    return [
        Part(
            "M 45 100 C 40 99 36 100 30 100 C 40 96 44 88 44.6 76 "
            "C 44.6 66 40 58 34 50 L 38 48 C 42 54 45 58 47 62 L 48.6 44 L 52 44 "
            "L 53 62 C 56 56 60 52 64 47 L 67 49 C 60 58 56 66 56 76 C 56 88 60 96 70 100 C 64 100 60 99 55 100 Z",
            bark,
            0.35,
        ),
        *[Part(disc(x, y, r, r * 0.82), lit(leaf, f), 0.3) for x, y, r, f in crown],
    ]
