import json
import math
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import ImageChops

from benchmarks import lateness
from benchmarks.night import chart
from benchmarks.night.watching import Sample
from benchmarks.rows import TRY, Row, lines, write


@pytest.mark.parametrize(
    ("figure", "goal", "verdict"),
    [
        (3.0, 3.0, "MET"),
        (3.01, 3.0, "MISSED"),
        (math.inf, 40.0, "MISSED"),
        (None, 4.0, "NOT MEASURED"),
        (5.0, None, ""),
    ],
)
def test_a_row_says_whether_its_goal_is_met(figure: float | None, goal: float | None, verdict: str) -> None:
    row = Row("CPU per job", figure, goal, "x", "the yardstick: 3.2 ms")
    assert row.verdict == verdict
    assert lines(row).split("  ")[0] == verdict


def test_what_never_came_about_is_no_number_in_json(tmp_path: Path) -> None:
    file = tmp_path / "report" / "bench.json"
    write([Row("looked at", math.inf, 40.0, "s", "")], TRY, file)
    [row] = json.loads(file.read_text(encoding="utf-8"))["rows"]
    assert (row["figure"], row["verdict"]) == (None, "MISSED")


def test_beats_are_read_by_when_they_were_due(tmp_path: Path) -> None:
    beats = tmp_path / "beats.txt"
    beats.write_text("1.000000 0.000100\n1.005000 0.050000\n2.000000 0.000200\n", encoding="ascii")
    assert lateness.read(beats, 1.0, 2.0) == [0.0001, 0.05]


def test_beats_are_read_while_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "beats.txt"
    beats = lateness.Beats(file)
    assert beats.new() == []
    file.write_text("1.000000 0.000100\n1.005000 0.05", encoding="ascii")
    assert beats.new() == [0.0001]
    file.write_text("1.000000 0.000100\n1.005000 0.050000\n1.010000 0.000200\n", encoding="ascii")
    assert beats.new() == [0.05, 0.0002]
    assert beats.new() == []


@dataclass(frozen=True)
class Outage:
    name: str
    begins: float
    lasts: float


@pytest.mark.parametrize(
    ("unseen", "outages", "minutes"),
    [
        pytest.param(range(50, 55), [], range(49, 55), id="a gap where nothing was seen"),
        pytest.param(range(0), [Outage("", 30, 10)], range(30, 40), id="a mark where something befell the bots"),
    ],
)
def test_a_night_is_drawn(unseen: range, outages: list[Outage], minutes: range) -> None:
    quiet, told = chart.draw(samples(range(0)), []), chart.draw(samples(unseen), outages)
    drawn = ImageChops.difference(quiet, told).getbbox()
    assert drawn is not None
    left, _, right, _ = drawn
    assert left == pytest.approx(chart.x(minutes.start, 60), abs=4)
    assert right == pytest.approx(chart.x(minutes.stop, 60), abs=4)


def samples(unseen: range) -> list[Sample]:
    seen = {minute: math.nan if minute in unseen else 40.0 for minute in range(61)}
    return [Sample(minute, 40.0, *[figure] * 10) for minute, figure in seen.items()]
