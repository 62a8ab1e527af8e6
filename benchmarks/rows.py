"""The common form: what was measured, beside what, and whether that is good enough; as a table and as JSON."""

import json
import math
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

Verdict = Literal["MET", "MISSED", "NOT MEASURED", ""]

_VERDICT, _FIGURE, _GOAL = 14, 10, 12
"""Columns' widths; what was measured stands last, with what it was measured beside below it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of everything is measured; how long it takes goes by that."""

    name: str
    jobs: int
    """At Spark at once, each of another person."""
    answers: int
    """In turn, in each round."""
    at_once: int
    """Answers, in each round."""
    rounds: int
    stalls: int
    """Tasks in flight while it is watched how late the loop is."""
    crowd: int | None
    """Tasks in flight while memory is measured too; None leaves it out."""
    resumed: int
    """Tasks at Spark when the bot is killed."""
    entries: int
    """Of the long ledger."""
    deployed: int
    """At Spark while one process takes another's place."""
    minutes: float
    """Of a night."""


TRY: Final = Scale("try", 20, 20, 20, 2, 100, None, 50, 5_000, 20, 1)
USUAL: Final = Scale("usual", 200, 400, 200, 5, 5_000, None, 2_000, 100_000, 500, 3)
FULL: Final = Scale("full", 200, 2_000, 200, 5, 5_000, 10_000, 2_000, 1_000_000, 500, 60)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure that is to be at most its goal."""

    what: str
    figure: float | None
    """None where it could not be measured, infinite where it never came about; `beside` says why."""
    goal: float | None
    """The most that it may be; None where it is only told."""
    unit: str
    """`x` is times the yardstick's."""
    beside: str
    """The figures that it was made of, the yardstick's own among them."""

    @property
    def verdict(self) -> Verdict:
        """Tell whether the goal is met; nothing where there is none."""
        if self.figure is None:
            return "NOT MEASURED"
        if self.goal is None:
            return ""
        return "MET" if self.figure <= self.goal else "MISSED"


HEADING: Final = f"{'':<{_VERDICT}}{'measured':>{_FIGURE}}{'goal':>{_GOAL}}   what"


def lines(row: Row) -> str:
    """Write a row as it stands under `HEADING`."""
    figure = "–" if row.figure is None else _written(row.figure, row.unit)
    goal = "" if row.goal is None else f"≤ {_written(row.goal, row.unit)}"
    columns = f"{row.verdict:<{_VERDICT}}{figure:>{_FIGURE}}{goal:>{_GOAL}}   "
    return f"{columns}{row.what}\n{'':<{len(columns)}}{row.beside}"


def write(rows: Iterable[Row], scale: Scale, file: Path) -> None:
    """Write all rows as JSON, with what they were measured on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    measured = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "scale": asdict(scale),
        "machine": {
            "cores": os.cpu_count(),
            "load": os.getloadavg(),
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "rows": [_as_json(row) for row in rows],
    }
    file.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _as_json(row: Row) -> dict[str, object]:
    figure = None if row.figure is None or math.isinf(row.figure) else row.figure  # JSON knows no infinity
    return {**asdict(row), "figure": figure, "verdict": row.verdict}


def _written(figure: float, unit: str) -> str:
    if math.isinf(figure):
        return "never"
    if unit == "x":
        return f"{figure:.2f} ×"
    return f"{figure:.1f} {unit}" if figure < 100 else f"{figure:,.0f} {unit}"
