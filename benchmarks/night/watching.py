"""What is seen of the bots every few seconds, as a table that is written while it grows."""

import asyncio
import csv
import math
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Final

import psycopg

from benchmarks.lateness import Beats
from benchmarks.night.seats import Seat

_ANSWER: Final = 2.0
"""Seconds in which the database answers, or is taken for away."""
_COUNTED: Final = (
    "SELECT count(*), count(*) FILTER (WHERE state = 'delivered'), "
    "count(*) FILTER (WHERE state IN ('open', 'delivering')) FROM jobs"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was seen at one moment; not a number (`math.nan`) where there was nothing to be seen."""

    minute: float
    asked: float
    """Commands that people have typed so far."""
    jobs: float
    delivered: float
    waiting: float
    """Jobs that are not delivered yet."""
    memory_1: float
    """Megabytes of the first process, with those that it began."""
    memory_2: float
    descriptors_1: float
    descriptors_2: float
    late_1: float
    """Milliseconds by which the first process's loop was late at worst, since the sample before."""
    late_2: float
    idle: float
    """Milliseconds by which a loop was late that does nothing."""


class Watch:
    """Takes samples, for as long as `run` runs.

    Args:
        url: the bots' database.
        seats: their processes.
        idle: the beats of a loop that does nothing.
        asked: tells how many commands were typed so far.
        file: where the samples are written, each at once.

    """

    def __init__(self, url: str, seats: Sequence[Seat], idle: Beats, asked: Callable[[], int], file: Path) -> None:
        self._url = url
        self._seats = seats
        self._idle = idle
        self._asked = asked
        self._file = file
        self.samples: list[Sample] = []
        self.late = array("f")
        """Seconds by which the processes' loops were late, at all beats so far."""
        self.idle_late = array("f")

    async def run(self, every: float, tell: Callable[[str], None]) -> None:
        """Take a sample every so many seconds, for ever, and tell of one a minute."""
        began, told = time.monotonic(), 0
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("w", encoding="ascii", newline="") as opened:
            writer = csv.DictWriter(opened, [field.name for field in fields(Sample)])
            writer.writeheader()
            while True:
                sample = await self._sample((time.monotonic() - began) / 60)
                self.samples.append(sample)
                writer.writerow(asdict(sample))
                opened.flush()
                if sample.minute >= told:
                    told += 1
                    tell(_line(sample))
                await asyncio.sleep(every - (time.monotonic() - began) % every)

    async def _sample(self, minute: float) -> Sample:
        jobs = await self._counted()
        programs = [seat.program for seat in self._seats]
        late, idle = [seat.late() for seat in self._seats], self._idle.new()
        for each in late:
            self.late.extend(each)
        self.idle_late.extend(idle)
        memory = [math.nan if each is None else round(each.family_megabytes(), 1) for each in programs]
        descriptors = [math.nan if each is None else each.descriptors() for each in programs]
        worst = [round(max(each) * 1000, 1) if each else math.nan for each in (*late, idle)]
        return Sample(round(minute, 3), self._asked(), *jobs, *memory, *descriptors, *worst)

    async def _counted(self) -> Sequence[float]:
        """Count the jobs, those that are delivered, and those that wait."""
        try:
            async with asyncio.timeout(_ANSWER), await psycopg.AsyncConnection.connect(self._url) as connection:
                row = await (await connection.execute(_COUNTED)).fetchone()
        except (psycopg.Error, TimeoutError):
            return [math.nan] * 3
        return row or ()


def _line(one: Sample) -> str:
    memory = f"{_told(one.memory_1)} + {_told(one.memory_2)} MB"
    descriptors = f"{_told(one.descriptors_1)} + {_told(one.descriptors_2)} descriptors"
    late = f"loops late by {_told(one.late_1)} and {_told(one.late_2)} ms at worst"
    jobs = f"{one.asked} asked, {_told(one.delivered)} delivered, {_told(one.waiting)} waiting"
    return f"{one.minute:4.0f} min: {jobs}; {memory}, {descriptors}, {late}"


def _told(number: float) -> str:
    return "–" if math.isnan(number) else f"{number:.0f}"
