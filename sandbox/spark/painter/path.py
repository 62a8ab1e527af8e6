"""Outlines written as SVG writes them: absolute M, L, C and Z."""

from functools import lru_cache
from typing import Final

from sandbox.spark.painter.canvas import Point

_STEPS: Final = 14  # straight pieces for each curve: enough at the size of a picture


@lru_cache(maxsize=512)
def outline_of(text: str) -> tuple[Point, ...]:
    """Read one closed outline as points; curves become short straight pieces."""
    points: list[Point] = []
    words = text.replace(",", " ").split()
    at = 0
    command = "M"
    while at < len(words):
        if words[at].isalpha():
            command = words[at]
            at += 1
            continue
        count = 6 if command == "C" else 2
        numbers = [float(word) for word in words[at : at + count]]
        at += count
        if command == "C":
            points += _curve(points[-1], numbers)
        else:
            points.append((numbers[0], numbers[1]))
    return tuple(points)


def _curve(start: Point, numbers: list[float]) -> list[Point]:
    (x0, y0), (x1, y1, x2, y2, x3, y3) = start, numbers
    found = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found
