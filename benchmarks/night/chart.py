"""Draws a night: one strip below the other over the same minutes, with what befell the bots marked across them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Final, Protocol

from PIL import Image, ImageDraw, ImageFont

from benchmarks.night.watching import Sample

_FINER: Final = 2
"""How much larger it is drawn before it is brought to its size, which smooths it."""
_WIDTH: Final = 1200
"""Pixels, as all that follows."""
_LEFT: Final = 90
_RIGHT: Final = _WIDTH - 30
_TOP: Final = 190
"""Where the first strip's title stands; the troubles' names are above it."""
_STRIP: Final = 130
_TITLE: Final = 34
"""From a strip's top to its highest line."""
_BETWEEN: Final = 62
_MARGIN: Final = 70
"""Below the last strip, with the minutes."""
_NAMES: Final = 5
"""Rows for the troubles' names, so that none stands on another."""
_NAME_ROW: Final = 26
_SIZE: Final = 20
_LINE_WIDTH: Final = 2
_NARROWEST: Final = 2
_CARD: Final = "#1e2027"
_TEXT: Final = "#f4f5f7"
_QUIET: Final = "#b9bdc7"
_LINE: Final = "#3b3e48"
_TROUBLE: Final = "#5c3038"
_TROUBLE_NAME: Final = "#ff9aa5"
_COLOURS: Final = ("#3188fa", "#fbd54f", "#9aa0aa")
_STEPS: Final = (1, 2, 5)


class Marked(Protocol):
    """What befell the bots: its name, and its minutes."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def begins(self) -> float:
        """When it began."""

    @property
    def lasts(self) -> float:
        """How long it lasted."""


@dataclass(frozen=True, slots=True)
class _Strip:
    title: str
    lines: Sequence[tuple[str, str]]
    """What each line is called, and which of a sample's figures it shows."""


_STRIPS: Final = (
    _Strip("jobs", (("asked for", "asked"), ("delivered", "delivered"))),
    _Strip("jobs that wait", (("", "waiting"),)),
    _Strip("memory, MB", (("process 1", "memory_1"), ("process 2", "memory_2"))),
    _Strip("open files and connections", (("process 1", "descriptors_1"), ("process 2", "descriptors_2"))),
    _Strip(
        "the event loop late at worst, ms",
        (("process 1", "late_1"), ("process 2", "late_2"), ("an idle loop", "idle")),
    ),
)


def draw(samples: Sequence[Sample], troubles: Sequence[Marked]) -> Image.Image:
    """Draw what was seen, and what befell the bots meanwhile."""
    bottom = _TOP + _TITLE + len(_STRIPS) * (_STRIP + _BETWEEN) - _BETWEEN
    height = bottom + _MARGIN
    image = Image.new("RGB", (_WIDTH * _FINER, height * _FINER), _CARD)
    sheet = _Sheet(image, max(sample.minute for sample in samples))
    sheet.text(_LEFT, 40, "Two processes on one PostgreSQL, an order a second", _TEXT, 28)
    for number, trouble in enumerate(troubles):
        sheet.mark(trouble, _TOP - (_NAMES - number % _NAMES) * _NAME_ROW, bottom)
    for number, strip in enumerate(_STRIPS):
        sheet.strip(strip, samples, _TOP + number * (_STRIP + _BETWEEN) + _TITLE)
    sheet.minutes(bottom)
    return image.reduce(_FINER)


class _Sheet:
    """Paper on which minutes go from left to right."""

    def __init__(self, image: Image.Image, minutes: float) -> None:
        self._pen = ImageDraw.Draw(image)
        self._minutes = minutes

    def text(
        self, x: float, y: float, text: str, colour: str = _QUIET, size: int = _SIZE, anchor: str = "ls"
    ) -> None:
        """Write a text; `anchor` says what of it is at x and y."""
        self._pen.text((x * _FINER, y * _FINER), text, colour, _font(size * _FINER), anchor)

    def mark(self, trouble: Marked, top: float, bottom: float) -> None:
        """Mark when something befell the bots, with its name above."""
        left = self._x(trouble.begins)
        right = max(self._x(trouble.begins + trouble.lasts), left + _NARROWEST)
        self._box(left, top, right, bottom, _TROUBLE)
        self.text(left + 6, top + 16, trouble.name, _TROUBLE_NAME)

    def strip(self, strip: _Strip, samples: Sequence[Sample], top: float) -> None:
        """Draw a strip: its title, its scale, and its lines."""
        figures = [getattr(sample, name) for sample in samples for _, name in strip.lines]
        step = _step(max((figure for figure in figures if not math.isnan(figure)), default=1))
        highest = step * 2
        label_x = _LEFT + _width(strip.title) + 30.0
        self.text(_LEFT, top - 8, strip.title, _TEXT)
        for value in (0, step, highest):
            y = top + _STRIP * (1 - value / highest)
            self._box(_LEFT, y, _RIGHT, y + 1, _LINE)
            self.text(_LEFT - 10, y + 7, f"{value:,}", anchor="rs")
        for colour, (label, name) in zip(_COLOURS, strip.lines, strict=False):
            self.text(label_x, top - 8, label, colour)
            label_x += _width(label) + 24
            for line in self._lines(samples, name, highest, top):
                self._pen.line(line, colour, _LINE_WIDTH * _FINER, "curve")

    def minutes(self, bottom: float) -> None:
        """Write the minutes below."""
        step = _step(self._minutes / 3)
        for number in range(int(self._minutes / step) + 1):
            self.text(self._x(number * step), bottom + 40, f"{number * step} min", anchor="ms")

    def _lines(
        self, samples: Sequence[Sample], name: str, highest: float, top: float
    ) -> Iterator[list[tuple[float, float]]]:
        """Give the points of a figure, in a list for each time through which it was there."""
        of = attrgetter(name)
        for missing, some in groupby(samples, lambda sample: math.isnan(of(sample))):
            if not missing:
                yield [
                    (self._x(each.minute) * _FINER, (top + _STRIP * (1 - of(each) / highest)) * _FINER)
                    for each in some
                ]

    def _x(self, minute: float) -> float:
        return x(minute, self._minutes)

    def _box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        corners = (left, top, right, bottom)
        self._pen.rectangle([corner * _FINER for corner in corners], colour)


def x(minute: float, minutes: float) -> float:
    """Tell where a minute is, of so many, in pixels from the left."""
    return _LEFT + (_RIGHT - _LEFT) * minute / minutes


def _step(most: float) -> int:
    """Give a round number of which two reach as far as the most."""
    power: int = 10 ** max(0, math.floor(math.log10(max(most / 2, 1))))
    return next(step * power for step in (*_STEPS, 10) if 2 * step * power >= most)


def _width(text: str) -> float:
    return _font(_SIZE).getlength(text)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType")
    return font
