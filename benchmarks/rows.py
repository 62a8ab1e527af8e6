"""The common form: what was measured, beside what, and whether that is good enough; as a table and as JSON."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

Verdict = Literal["MET", "MISSED", "NOT MEASURED"]

_WHAT, _FIGURE, _GOAL, _VERDICT = 62, 10, 12, 12
"""Columns' widths."""


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


TRY: Final = Scale("try", 20, 20, 20, 2, 100, None, 50, 5_000)
USUAL: Final = Scale("usual", 200, 400, 200, 5, 5_000, None, 2_000, 100_000)
FULL: Final = Scale("full", 200, 2_000, 200, 5, 5_000, 10_000, 2_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a figure that is to be at most its goal."""

    what: str
    figure: float | None
    """None where it could not be measured; `beside` says why."""
    goal: float
    unit: str
    """`x` is times the yardstick's."""
    beside: str
    """The figures that it was made of, the yardstick's own among them."""

    @property
    def verdict(self) -> Verdict:
        """Tell whether the goal is met."""
        if self.figure is None:
            return "NOT MEASURED"
        return "MET" if self.figure <= self.goal else "MISSED"


HEADING: Final = f"{'what':<{_WHAT}}{'measured':>{_FIGURE}}{'goal':>{_GOAL}}  {'':<{_VERDICT}}  beside"


def line(row: Row) -> str:
    """Write a row as a line under `HEADING`."""
    figure = "–" if row.figure is None else _written(row.figure, row.unit)
    goal = f"≤ {_written(row.goal, row.unit)}"
    return f"{row.what:<{_WHAT}}{figure:>{_FIGURE}}{goal:>{_GOAL}}  {row.verdict:<{_VERDICT}}  {row.beside}"


def write(rows: Iterable[Row], scale: Scale, file: Path) -> None:
    """Write all rows as JSON, with what they were measured on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    measured = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "scale": asdict(scale),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "rows": [{**asdict(row), "verdict": row.verdict} for row in rows],
    }
    file.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _written(figure: float, unit: str) -> str:
    if unit == "x":
        return f"{figure:.2f} ×"
    return f"{figure:.1f} {unit}" if figure < 100 else f"{figure:,.0f} {unit}"
