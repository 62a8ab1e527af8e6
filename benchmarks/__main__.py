"""`make bench`: measure everything, or what is named, print the table, and keep it as JSON."""

import argparse
import asyncio
import os
import sys
import time
import traceback
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks import answers, cpu_per_job, fingerprints, fleet, in_flight, ledger, pictures, polling
from benchmarks.night import playing
from benchmarks.rows import FULL, HEADING, TRY, USUAL, Row, Scale, lines, write

_BENCHMARKS: Final[Mapping[str, Callable[[Scale], AsyncIterator[Row]]]] = {
    "cpu": cpu_per_job.rows,
    "fleet": fleet.rows,
    "answers": answers.rows,
    "in-flight": in_flight.rows,
    "polling": polling.rows,
    "ledger": ledger.rows,
    "pictures": pictures.rows,
    "fingerprints": fingerprints.rows,
}
_BY_NAME_ALONE: Final[Mapping[str, Callable[[Scale], AsyncIterator[Row]]]] = {"night": playing.rows}
_SCALES: Final = {scale.name: scale for scale in (TRY, USUAL, FULL)}


async def main(names: list[str], scale: Scale, file: Path) -> None:
    """Measure one benchmark after the other, and write after each what there is so far."""
    _print(
        f"{os.cpu_count()} cores, on which {os.getloadavg()[0]:.1f} processes ran in the last minute\n\n{HEADING}"
    )
    measured: list[Row] = []
    began = time.monotonic()
    for name in names:
        async for row in _unbroken(name, scale):
            measured.append(row)
            _print(lines(row))
            write(measured, scale, file)
    _print(f"\n{time.monotonic() - began:.0f} s; written to {file}")


async def _unbroken(name: str, scale: Scale) -> AsyncIterator[Row]:
    """Measure one benchmark; where it breaks, the others are still measured."""
    try:
        async for row in {**_BENCHMARKS, **_BY_NAME_ALONE}[name](scale):
            yield row
    except Exception as error:
        traceback.print_exc()
        yield Row(f"the rest of {name}", None, None, "", f"it broke: {error!r}")


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"{', '.join(_BENCHMARKS)}; and by name alone {', '.join(_BY_NAME_ALONE)}",
    )
    parser.add_argument("--scale", choices=_SCALES, default=USUAL.name)
    parser.add_argument("--json", type=Path, default=Path("bench-report/bench.json"))
    parser.add_argument("--minutes", type=float, help="how long a night is")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - _BENCHMARKS.keys() - _BY_NAME_ALONE.keys():
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    size = _SCALES[chosen.scale]
    size = replace(size, minutes=chosen.minutes or size.minutes)
    asyncio.run(main(chosen.names or list(_BENCHMARKS), size, chosen.json))
