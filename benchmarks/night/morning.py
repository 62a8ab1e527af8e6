"""What a night has come to: the books proved, the figures, and the words for the docs."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Self

from benchmarks.night.watching import Sample, Watch
from benchmarks.rows import Row
from benchmarks.stage import Contestant, percentile
from bot.domain.jobs import Job
from bot.domain.money import nano_from_usd
from bot.domain.states import JobState, TaskState
from sandbox.discord import Interaction
from tests.kill.books import Books
from tests.kill.proof import assert_kept_promises

_NANO: Final = 1_000_000_000
_LATE_GOAL: Final = 50.0
_GROWTH_GOAL: Final = 1.2
_MORE_GOAL: Final = 20
"""Connections come and go: to the database, to Spark, to Discord."""
_EARLY: Final = (0.1, 0.2)
_LATE: Final = (0.9, 1.0)
_ALL: Final = (0.0, math.inf)
"""Shares of the night; before the first of them, the bots are not warm yet."""


@dataclass(frozen=True, slots=True)
class Morning:
    """What was seen, and what the books say."""

    minutes: float
    asked: Sequence[Interaction]
    watch: Watch
    books: Books
    bill: int
    """What Spark asks for, in nano-dollars."""
    strays: int
    """What it asks for of that for pictures whose answer was lost."""
    broken: str
    """The promise that was not kept; empty where all were."""

    @classmethod
    def proved(
        cls, minutes: float, asked: Sequence[Interaction], watch: Watch, books: Books, bot: Contestant
    ) -> Self:
        """Hold the books against what Spark and Discord know."""
        known = {task.spark_id for task in books.tasks}
        completed = [(name, task.cost) for name, task in bot.spark.tasks.items() if task.status == "completed"]
        strays = sum((cost for name, cost in completed if name not in known), Decimal(0))
        try:
            assert_kept_promises(books, bot.discord, bot.spark)
        except AssertionError as error:
            broken = str(error) or repr(error)
        else:
            broken = ""
        bill = nano_from_usd(bot.spark.bill)
        return cls(minutes, asked, watch, books, bill, nano_from_usd(strays), broken)

    def rows(self) -> Iterator[Row]:
        """Give the figures, with what they are to be."""
        jobs, apart = len(self._jobs), self._settled + self.strays - self.bill
        what = "a night: jobs that were not delivered"
        yield Row(what, self._undelivered, 0, f"of {jobs}", f"no job: {dict(Counter(self._turned_away))}")
        yield Row("a night: promises broken", int(bool(self.broken)), 0, "", self.broken or "proved from outside")
        yield Row("a night: ledger and Spark's bill apart", abs(apart) / _NANO, 0, "$", self._money)
        early, late = (self._most_memory(share) for share in (_EARLY, _LATE))
        yield Row("a night: memory at its end", late / early, _GROWTH_GOAL, "x", f"{late:.0f} MB; {early:.0f} MB")
        before, after = (self._most_descriptors(share) for share in (_EARLY, _LATE))
        more, beside = after - before, f"{after:.0f}; {before:.0f}"
        yield Row("a night: more descriptors at its end than early on", more, _MORE_GOAL, "", beside)
        beside = f"an idle loop: {self._idle(0.99):.1f} ms"
        yield Row("a night: loops late, p99", self._late(0.99), _LATE_GOAL, "ms", beside)

    def told(self) -> str:
        """Tell it in a paragraph, as it stands in the docs."""
        jobs, turned_away = len(self._jobs), self._turned_away
        lost = turned_away.count("")
        unheard = sum(each.callback is None for each in self.asked)
        waiting = _most(each.waiting for each in self.watch.samples)
        memory, descriptors = self._most_memory(_ALL), self._most_descriptors(_ALL)
        return (
            f"In {self.minutes:.0f} minutes people typed {len(self.asked):,} commands, one a second. "
            f"{jobs:,} became jobs, {len(turned_away) - lost} were refused while the database was down, "
            f"{unheard} got no answer in time while it or the process that serves them was down, "
            f"and {lost} were acknowledged, and no job yet, when the process was killed. {self._promises} "
            f"{self._unknown} {self._money}. At most {waiting:.0f} jobs waited at a time. "
            f"A process held at most {memory:.0f} MB, with the processes that it began, "
            f"and {descriptors:.0f} open files and connections. "
            f"Its loop was late by {self._late(0.99):.0f} ms at the 99th percentile and by {self._late(1):.0f} ms "
            f"at worst; one that does nothing, on the same machine, by {self._idle(0.99):.0f} ms and "
            f"{self._idle(1):.0f} ms."
        )

    @property
    def _jobs(self) -> Sequence[Job]:
        """All but those that were taken back unpaid, since Discord had not waited for their acknowledgement."""
        return [job for job in self.books.jobs.values() if job.state is not JobState.CANCELLED]

    @property
    def _turned_away(self) -> Sequence[str]:
        """The first lines of what people were told whose commands were acknowledged and became no jobs."""
        heard = [each for each in self.asked if each.callback is not None and each.id not in self.books.jobs]
        shown = [[*each.followups, *filter(None, [each.response])] for each in heard]
        return [messages[0].content.partition("\n")[0] if messages else "" for messages in shown]

    @property
    def _settled(self) -> int:
        entries = (entry for each in self.books.entries.values() for entry in each)
        return sum(entry.amount_nano for entry in entries if entry.kind == "settle")

    @property
    def _undelivered(self) -> int:
        return sum(job.state is not JobState.DELIVERED for job in self._jobs)

    @property
    def _promises(self) -> str:
        if self.broken or self._undelivered:
            return f"NOT ALL WAS WELL: {self._undelivered} not delivered; {self.broken}."
        return "Every job was delivered once, none was paid or charged twice."

    @property
    def _unknown(self) -> str:
        if unknown := sum(task.state is TaskState.UNKNOWN for task in self.books.tasks):
            return f"Of {unknown} tasks it is not known what became of them, and their owners were told so."
        return "Of every task it is known what became of it."

    @property
    def _money(self) -> str:
        said = f"The ledger says ${self._settled / _NANO:.4f}, Spark's bill ${self.bill / _NANO:.4f}"
        return f"{said}, ${self.strays / _NANO:.4f} of it for pictures whose answer was lost"

    def _late(self, share: float) -> float:
        return percentile(self.watch.late, share) * 1000

    def _idle(self, share: float) -> float:
        return percentile(self.watch.idle_late, share) * 1000

    def _most_memory(self, share: tuple[float, float]) -> float:
        return _most(figure for each in self._samples(share) for figure in (each.memory_1, each.memory_2))

    def _most_descriptors(self, share: tuple[float, float]) -> float:
        return _most(
            figure for each in self._samples(share) for figure in (each.descriptors_1, each.descriptors_2)
        )

    def _samples(self, share: tuple[float, float]) -> Iterator[Sample]:
        since, until = share
        return (each for each in self.watch.samples if since <= each.minute / self.minutes < until)


def _most(figures: Iterable[float]) -> float:
    return max((figure for figure in figures if not math.isnan(figure)), default=math.nan)
