"""Draw charts as PNG: a worker, run by `drawing` in a process of its own, so that no other loads matplotlib.

Each line of standard input is one chart as JSON. Each is answered by a line of JSON, `{"bytes": size}` and then so
many bytes, or `{"failed": reason}`.
"""

import json
import sys
from io import BytesIO
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

_WIDTH: Final = 1000
_HEIGHT: Final = 560
_DPI: Final = 100
_CARD: Final = "#1e2027"
_TEXT: Final = "#f4f5f7"
_QUIET: Final = "#b9bdc7"
_LINE: Final = "#3b3e48"
_LEFT: Final = 44
_RIGHT: Final = 40
_FLOOR: Final = _HEIGHT - 62
"""Where the columns stand."""
_ROOM: Final = 254
"""How high they may be."""
_GAP: Final = 2.5
"""What is left free between two kinds in a column."""
_LEGEND_LEAST: Final = 4
"""For how many kinds there is room at least, so that one alone stands at the left."""
_BAR: Final = 0.72
"""How much of a column's room its bar takes."""


def main() -> None:
    """Draw what standard input asks for until it ends."""
    for line in sys.stdin.buffer:
        try:
            png = draw(json.loads(line))
        except Exception as error:  # whoever asked is told, and the next chart is another matter
            head, png = json.dumps({"failed": repr(error)}), b""
        else:
            head = json.dumps({"bytes": len(png)})
        sys.stdout.buffer.write(head.encode() + b"\n" + png)
        sys.stdout.buffer.flush()


def draw(chart: dict[str, Any]) -> bytes:
    """Draw one chart; give it as PNG."""
    figure = Figure(figsize=(_WIDTH / _DPI, _HEIGHT / _DPI), dpi=_DPI, facecolor=_CARD)
    canvas = FigureCanvasAgg(figure)
    _text(figure, _LEFT, 74, chart["headline"], size=54, weight="bold")
    _text(figure, _LEFT, 118, chart["caption"], size=27, colour=_QUIET)
    _legend(figure, chart["series"])
    _columns(figure, canvas, chart)
    buffer = BytesIO()
    figure.savefig(buffer, format="png", facecolor=_CARD)
    return buffer.getvalue()


def _legend(figure: Figure, series: list[dict[str, Any]]) -> None:
    for number, each in enumerate(series):
        left = _LEFT + number * (_WIDTH - _LEFT - _RIGHT) / max(len(series), _LEGEND_LEAST)
        _box(figure, left, 148, 24, 24, each["colour"])
        _text(figure, left + 36, 170, each["label"], size=26, colour=_QUIET)
        _text(figure, left + 36, 204, each["amount"], size=27)


def _columns(figure: Figure, canvas: FigureCanvasAgg, chart: dict[str, Any]) -> None:
    lines, labels = chart["lines"], chart["labels"]
    top = lines[-1][0]
    left = _scale(figure, canvas, lines)
    axes: Axes = figure.add_axes(
        (left / _WIDTH, 1 - _FLOOR / _HEIGHT, (_WIDTH - _RIGHT - left) / _WIDTH, _ROOM / _HEIGHT)
    )
    axes.set_axis_off()
    axes.set_xlim(0, len(labels))
    axes.set_ylim(0, top)
    for value, _ in lines:
        axes.axhline(value, color=_LINE, linewidth=1 if value else 2, zorder=1)
    gap = top * _GAP / _ROOM
    width = (_WIDTH - _RIGHT - left) / len(labels)
    for number, label in enumerate(labels):
        base = 0
        for each in chart["series"]:
            if value := each["values"][number]:
                begin = base + (gap if base else 0)
                corner, height = (number + (1 - _BAR) / 2, begin), max(base + value - begin, gap)
                axes.add_patch(Rectangle(corner, _BAR, height, facecolor=each["colour"], linewidth=0, zorder=2))
                base += value
        _text(figure, left + (number + 0.5) * width, _FLOOR + 40, label, size=26, colour=_QUIET, ha="center")
    if chart["note"]:
        middle = (left + _WIDTH - _RIGHT) / 2
        _text(figure, middle, _FLOOR - _ROOM / 2, chart["note"], size=30, colour=_QUIET, ha="center")


def _scale(figure: Figure, canvas: FigureCanvasAgg, lines: list[tuple[int, str]]) -> float:
    """Write what the lines mean; give where they may begin."""
    marks = [_text(figure, 0, 0, label, size=26, colour=_QUIET, ha="right") for _, label in lines]
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    left: float = _LEFT + max(mark.get_window_extent(renderer).width for mark in marks) + 16
    for (value, _), mark in zip(lines, marks, strict=True):
        baseline = _FLOOR - _ROOM * value / lines[-1][0] + 10
        mark.set_position(((left - 16) / _WIDTH, 1 - baseline / _HEIGHT))
    return left


def _text(
    figure: Figure,
    left: float,
    baseline: float,
    text: str,
    *,
    size: int,
    colour: str = _TEXT,
    weight: str = "normal",
    ha: str = "left",
) -> Any:
    """Write a text, its place and size in pixels from the top left."""
    return figure.text(
        left / _WIDTH,
        1 - baseline / _HEIGHT,
        text,
        fontsize=size * 72 / _DPI,
        color=colour,
        fontweight=weight,
        ha=ha,
        va="baseline",
        parse_math=False,
    )


def _box(figure: Figure, left: float, top: float, width: float, height: float, colour: str) -> None:
    figure.add_artist(
        Rectangle(
            (left / _WIDTH, 1 - (top + height) / _HEIGHT),
            width / _WIDTH,
            height / _HEIGHT,
            transform=figure.transFigure,
            facecolor=colour,
            linewidth=0,
        )
    )
