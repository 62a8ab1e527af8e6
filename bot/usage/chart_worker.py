"""The worker that draws a chart, started by `drawing`: as JSON it comes on standard input, as PNG it leaves."""

import json
import sys
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from itertools import accumulate
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

_WIDTH: Final = 1200
"""Pixels, as all that follows: on a phone, which shows it in a third of them, the smallest text can be read."""
_HEIGHT: Final = 900
_CARD: Final = "#1e2027"
_TEXT: Final = "#f4f5f7"
_QUIET: Final = "#b9bdc7"
_LINE: Final = "#3b3e48"
_LEFT: Final = 66
_RIGHT: Final = _WIDTH - 60
_FLOOR: Final = _HEIGHT - 93
"""Where the columns stand."""
_ROOM: Final = 441
"""How high they may be."""
_GAP: Final = 3
"""What is left free between two kinds in a column."""
_LEAST: Final = 5
"""How high a kind is at least that anything was spent on."""
_LEGEND_LEAST: Final = 4
"""For how many kinds there is room at least, so that one alone stands at the left."""
_BAR: Final = 0.72
"""How much of a column's room its bar takes."""
_ROUND: Final = 8
"""The radius of corners, where there is room for it."""
_FINER: Final = 4
"""How much larger a corner is painted before it is brought to its size, which smooths it."""


def main() -> None:
    """Draw the chart that standard input describes."""
    sys.stdout.buffer.write(draw(json.load(sys.stdin.buffer)))


def draw(chart: dict[str, Any]) -> bytes:
    """Draw a chart; give it as PNG."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), _CARD)
    pen = ImageDraw.Draw(image)
    _text(pen, _LEFT, 111, chart["headline"], size=90, colour=_TEXT, stroke=2)  # the font has but one weight
    _text(pen, _LEFT, 177, chart["caption"], size=44)
    _legend(image, pen, chart["series"])
    left = _scale(pen, chart["lines"])
    _columns(image, pen, chart, left)
    _text(pen, (left + _RIGHT) / 2, _FLOOR - _ROOM / 2, chart["note"], size=48, anchor="mm")
    png = BytesIO()
    image.save(png, "PNG")
    return png.getvalue()


def _legend(image: Image.Image, pen: ImageDraw.ImageDraw, series: Sequence[dict[str, Any]]) -> None:
    for number, each in enumerate(series):
        left = _LEFT + number * (_RIGHT - _LEFT) // max(len(series), _LEGEND_LEAST)
        image.paste(each["colour"], (left, 220), _box(36, 36, lower=True))
        _text(pen, left + 54, 255, each["label"], size=44)
        _text(pen, left + 54, 306, each["amount"], size=44, colour=_TEXT)


def _scale(pen: ImageDraw.ImageDraw, lines: Sequence[tuple[int, str]]) -> int:
    """Draw the lines and write what they mean; give where they begin."""
    left = _LEFT + round(max(_font(42).getlength(text) for _, text in lines)) + 24
    for value, text in lines:
        y = _FLOOR - round(_ROOM * value / lines[-1][0])
        _text(pen, left - 24, y + 15, text, anchor="rs")
        pen.rectangle((left, y, _RIGHT, y + 1), _LINE)
    return left


def _columns(image: Image.Image, pen: ImageDraw.ImageDraw, chart: dict[str, Any], left: int) -> None:
    labels, top = chart["labels"], chart["lines"][-1][0]
    room = (_RIGHT - left) / len(labels)
    width = round(room * _BAR)
    for number, label in enumerate(labels):
        middle = left + (number + 0.5) * room
        _text(pen, middle, _FLOOR + 60, label, anchor="ms")
        if spent := [each for each in chart["series"] if each["values"][number]]:
            parts = _parts([_ROOM * each["values"][number] / top for each in spent])
            bar = _box(width, parts[-1][1])
            for each, (low, high) in zip(spent, parts, strict=True):
                shape = bar.crop((0, bar.height - high, width, bar.height - low))
                image.paste(each["colour"], (round(middle - width / 2), _FLOOR - high), shape)


def _parts(heights: Sequence[float]) -> Sequence[tuple[int, int]]:
    """Give where each kind of a column begins and ends above the floor.

    What is too low to be seen is raised at the highest one's cost, so that the column is as high as it should be.
    """
    gaps = [_GAP if number else 0 for number in range(len(heights))]
    shown = [max(round(height), gap + _LEAST) for height, gap in zip(heights, gaps, strict=True)]
    highest = shown.index(max(shown))
    shown[highest] = max(shown[highest] + round(sum(heights)) - sum(shown), gaps[highest] + _LEAST)
    ends = accumulate(shown)
    return [(end - height + gap, end) for end, height, gap in zip(ends, shown, gaps, strict=True)]


def _box(width: int, height: int, *, lower: bool = False) -> Image.Image:
    """Give the mask of a box whose upper corners are round; the lower ones too, if told so."""
    mask = Image.new("L", (width * _FINER, height * _FINER))
    radius = min(_ROUND, width // 3, height) * _FINER
    corners = (True, True, lower, lower)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), radius, 255, corners=corners)
    return mask.reduce(_FINER)


def _text(
    pen: ImageDraw.ImageDraw,
    x: float,
    y: float,
    text: str,
    *,
    size: int = 42,
    colour: str = _QUIET,
    anchor: str = "ls",
    stroke: float = 0,
) -> None:
    """Write a text; `anchor` says what of it is at x and y: left, middle or right; middle or baseline."""
    pen.text((x, y), text, colour, _font(size), anchor, stroke_width=stroke)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType")
    return font
