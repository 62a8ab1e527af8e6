import json
import math
from pathlib import Path

import pytest

from benchmarks import lateness
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
