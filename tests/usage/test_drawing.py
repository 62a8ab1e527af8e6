import asyncio
import string
import sys
from asyncio.subprocess import Process
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageColor, ImageFont

import bot
from bot.usage import drawing
from bot.usage.charts import COLOURS, Series
from bot.usage.drawing import Drawing, NotDrawn
from tests.examples import CENT, CHART
from tests.ordinary_user import as_ordinary_user

BLUE, YELLOW, GREEN, PINK = (ImageColor.getrgb(colour) for colour in COLOURS.values())
CARD, LINE = ImageColor.getrgb("#1e2027"), ImageColor.getrgb("#3b3e48")
TOP, FLOOR = 366, 807
"""Where the highest line and the lowest one are."""
RIGHT = 1140
DOLLAR = 100 * CENT


class Picture:
    def __init__(self, png: bytes) -> None:
        with Image.open(BytesIO(png)) as image:
            self.format, self.mode, self.size = image.format, image.mode, image.size
            self._pixels = image.convert("RGB")
        self.left = self.across(TOP).index(LINE)
        """Where the lines begin."""

    def down(self, x: int, begin: int = TOP, end: int = FLOOR) -> Sequence[tuple[int, ...]]:
        return self._of((x, begin, x + 1, end))

    def across(self, y: int) -> Sequence[tuple[int, ...]]:
        return self._of((0, y, self.size[0], y + 1))

    def column(self, number: int, columns: int) -> Sequence[tuple[int, ...]]:
        """Give the middle of a column from its top line down to the floor."""
        return self.down(self.left + round((RIGHT - self.left) * (number + 0.5) / columns))

    def empty(self, left: int, top: int, right: int, bottom: int) -> bool:
        return set(self._of((left, top, right, bottom))) == {CARD}

    def _of(self, box: tuple[int, int, int, int]) -> Sequence[tuple[int, ...]]:
        data = self._pixels.crop(box).tobytes()
        return [tuple(data[at : at + 3]) for at in range(0, len(data), 3)]


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Process, object]]:
    """Collect each process that is started, with its environment."""
    started: list[tuple[Process, object]] = []
    start = asyncio.create_subprocess_exec

    async def noted(*arguments: str, env: object, **options: object) -> Process:
        process = await start(*arguments, env=env, **options)  # type: ignore[arg-type] # handed through
        started.append((process, env))
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    return started


async def test_columns_are_as_high_as_the_scale_says_on_an_opaque_card() -> None:
    picture = Picture(await Drawing().png(CHART))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (1200, 900))
    assert picture.column(0, 2).count(BLUE) == 0
    assert abs(picture.column(1, 2).count(BLUE) - (FLOOR - TOP) * 3 / 4) <= 1


async def test_the_tiniest_amount_is_seen_and_the_column_stays_as_high_as_it_was() -> None:
    series = [
        Series("imagine", "$1", "#3188fa", [1]),
        Series("edit", "$999", "#fbd54f", [999 * DOLLAR]),
        Series("portrait", "$1", "#fb88cd", [1]),
    ]
    lines = [(0, "$0"), (1000 * DOLLAR, "$1,000"), (2000 * DOLLAR, "$2,000")]
    column = Picture(await Drawing().png(replace(CHART, series=series, labels=["1"], lines=lines))).column(0, 1)
    kinds = [colour for colour in column if colour in (BLUE, YELLOW, PINK)]
    assert kinds == sorted(kinds, key=[PINK, YELLOW, BLUE].index)
    assert (kinds.count(PINK), kinds.count(BLUE)) == (5, 5)
    assert abs(len(column) - column.index(PINK) - (FLOOR - TOP) / 2) <= 1


async def test_the_legend_shows_every_kind_in_its_colour_each_in_its_own_place() -> None:
    series = [Series(kind, "$888,888", colour, [0, CENT]) for kind, colour in COLOURS.items()]
    picture = Picture(await Drawing().png(replace(CHART, series=series)))
    places = [66 + number * 1074 // 4 for number in range(4)]
    assert [picture.down(left + 18, 238, 239) for left in places] == [[BLUE], [YELLOW], [GREEN], [PINK]]
    for left in places:
        assert not picture.empty(left + 54, 222, left + 200, 256)
        assert not picture.empty(left + 54, 272, left + 200, 307)
        assert picture.empty(left - 20, 210, left, 320)


async def test_neither_scale_nor_labels_touch_anything() -> None:
    series = [Series("imagine", "$0.28", "#3188fa", [4 * CENT] * 7)]
    lines = [(0, "$0.000"), (4 * CENT, "$100,000")]
    picture = Picture(
        await Drawing().png(replace(CHART, series=series, lines=lines, labels=["Wed 28", ""] * 3 + ["Wed 28"]))
    )
    for y in (TOP, FLOOR):
        assert not picture.empty(picture.left - 124, y - 15, picture.left - 24, y + 16)
    assert picture.empty(picture.left - 20, TOP - 30, picture.left, FLOOR + 15)
    assert not picture.empty(0, FLOOR + 30, 1200, FLOOR + 61)
    assert picture.empty(0, FLOOR + 21, 1200, FLOOR + 27)
    for number in (1, 3, 5):
        between = picture.left + (RIGHT - picture.left) * (2 * number + 1) // 14
        assert picture.empty(between - 5, FLOOR + 20, between + 6, 900)
    assert picture.empty(0, 0, 60, 900)
    assert picture.empty(1160, 0, 1200, 900)
    assert picture.empty(0, 880, 1200, 900)


async def test_where_nothing_was_spent_that_is_written() -> None:
    nothing = replace(CHART, series=[], note="Nothing was spent yet")
    picture = Picture(await Drawing().png(nothing))
    without = Picture(await Drawing().png(replace(nothing, note="")))
    middle = (picture.left + RIGHT) // 2
    assert not picture.empty(middle - 200, 560, middle + 200, 620)
    assert without.empty(middle - 200, 560, middle + 200, 620)


def test_the_font_has_every_letter_that_is_written() -> None:
    font = ImageFont.load_default(42)
    missing = bytes(font.getmask("\uffff"))
    assert [letter for letter in string.printable[:95] + "·…" if bytes(font.getmask(letter)) == missing] == []


async def test_what_cannot_be_drawn_is_told_and_the_next_chart_is_drawn() -> None:
    drawing = Drawing()
    with pytest.raises(NotDrawn, match="unknown color specifier"):
        await drawing.png(replace(CHART, series=[Series("imagine", "$1", "colour", [0, CENT])]))
    assert await drawing.png(CHART)


async def test_no_worker_outlives_who_waits_for_it(
    workers: list[tuple[Process, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "command", lambda *_: (sys.executable, "-c", "import time; time.sleep(60)"))
    asked = asyncio.create_task(Drawing().png(CHART))
    while not workers:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.001)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    monkeypatch.setattr(drawing, "_SECONDS_MAX", 1)
    with pytest.raises(NotDrawn, match="longer"):
        await Drawing().png(CHART)
    assert [process.returncode for process, _ in workers] == [-9, -9]


async def test_many_charts_are_drawn_one_after_another_each_told_nothing_of_the_environment(
    workers: list[tuple[Process, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPARK_API_KEY", "sk-secret")
    drawing = Drawing()
    charts = [asyncio.create_task(drawing.png(replace(CHART, headline=f"${number}.00"))) for number in range(3)]
    while not all(chart.done() for chart in charts):
        assert sum(process.returncode is None for process, _ in workers) <= 1
        await asyncio.sleep(0.001)
    assert len({chart.result() for chart in charts}) == 3
    assert [environment for _, environment in workers] == [{}, {}, {}]


async def test_an_ordinary_user_draws_too() -> None:
    """Who is not root can start no further thread, which a library might want to."""
    program = (
        "import asyncio\n"
        "from bot.usage.drawing import Drawing\n"
        "from tests.examples import CHART\n"
        "print(asyncio.run(Drawing().png(CHART))[:4])\n"
    )
    process = await asyncio.create_subprocess_exec(
        *as_ordinary_user(sys.executable, "-B", "-c", program),
        env={"PYTHONPATH": str(Path(bot.__file__).parents[1])},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    assert told == b"b'\\x89PNG'\n"
