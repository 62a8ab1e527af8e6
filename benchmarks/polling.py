"""How soon looks find what has ended, and how many they are: a simulation, seeded, without sockets.

Fixed intervals, growing ones, and those that are learnt. Nothing else that the machine does can disturb it.
"""

import asyncio
import math
import random
import statistics
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.rows import Row, Scale
from sandbox.clock import MovableClock
from spark import GrowingIntervals, LearntIntervals, Poller, Schedule, Task, TaskStatus
from spark.life_table import LifeTable
from spark.schedule import plan_looks

INTERVAL: Final = 5.0
TASKS: Final = 4_000
TAUGHT: Final = 100
"""Tasks that a schedule learns from first; they are not counted."""
AT_ONCE: Final = 200
BURSTS: Final = 24
SHIFT: Final = 200
"""Tasks after which durations shift, to and fro."""

Law = Callable[[random.Random, int], float]
LAWS: Final[Mapping[str, Law]] = {
    "lognormal": lambda rng, _: rng.lognormvariate(math.log(12), 0.25),
    "narrow": lambda rng, _: rng.gauss(12, 0.4),
    "exponential": lambda rng, _: rng.expovariate(1 / 12),
    "bimodal": lambda rng, _: rng.lognormvariate(math.log(6 if rng.random() < 0.6 else 25), 0.12),
    "shifting": lambda rng, n: rng.lognormvariate(math.log(20 if n // SHIFT % 2 else 8), 0.2),
}
"""Of how many seconds the nth task takes."""


@dataclass(frozen=True, slots=True)
class Found:
    """How tasks were found: how many looks a task took, and how many seconds after its end, on average."""

    looks: float
    delay: float

    def __str__(self) -> str:
        return f"{self.looks:.2f} looks for {self.delay:.2f} s"


class FixedIntervals(GrowingIntervals):
    """Looks again after the same time, whatever happens."""

    def __init__(self, seconds: float = INTERVAL) -> None:
        super().__init__(share=0, shortest=seconds, longest=seconds)


def one_by_one(schedule: Schedule, law: Law, tasks: int, seed: int = 1) -> list[Found]:
    """Look at one task after the other, as the schedule says."""
    rng = random.Random(seed)
    return [_found(schedule, law(rng, n)) for n in range(tasks)]


def _found(schedule: Schedule, duration: float) -> Found:
    at, looks = 0.0, 0
    while at < duration:
        before, at = at, at + schedule.next_look("kind", at)
        schedule.record("kind", before, at, ended=at >= duration)
        looks += 1
    return Found(looks, at - duration)


def mean(found: list[Found]) -> Found:
    """Average."""
    return Found(statistics.fmean(one.looks for one in found), statistics.fmean(one.delay for one in found))


def beside_fixed(law: Law, learnt: Found) -> float:
    """Tell how long the delay is beside that of fixed intervals, at the number of looks that was taken."""
    plain = mean(one_by_one(FixedIntervals(), law, TASKS)[TAUGHT:])
    as_many = mean(one_by_one(FixedIntervals(INTERVAL * plain.looks / learnt.looks), law, TASKS)[TAUGHT:])
    return learnt.delay * learnt.looks / (as_many.delay * as_many.looks)  # the little that is left is evened out


class Spark:
    """Tells each task finished from its time on, and counts the looks."""

    def __init__(self, clock: MovableClock) -> None:
        self.ends: dict[str, float] = {}
        self.looks = 0
        self._clock = clock

    async def look(self, task_id: str) -> Task:
        """Look at a task."""
        self.looks += 1
        ended = self._clock.monotonic() >= self.ends[task_id]
        return Task(task_id, "", TaskStatus.COMPLETED if ended else TaskStatus.IN_PROGRESS, "")


async def at_once(schedule: Schedule, ceiling: float, seed: int) -> Found:
    """Have the poller look at many tasks that begin at the same moment."""
    clock, rng, delays = MovableClock(), random.Random(seed), list[float]()
    await clock.advance(rng.uniform(0, 4))
    service, begun = Spark(clock), clock.monotonic()
    async with Poller(service, schedule, clock, requests_per_second=ceiling) as poller:
        for n in range(AT_ONCE):
            service.ends[str(n)] = begun + LAWS["lognormal"](rng, n)
            watched = poller.watch(str(n), "kind", clock.time())
            watched.add_done_callback(
                lambda task: delays.append(clock.monotonic() - service.ends[task.result().id])
            )
        while len(poller):
            for _ in range(8):
                await asyncio.sleep(0)
            await clock.advance(clock.next_wake or 0.0)
    return Found(service.looks / AT_ONCE, statistics.fmean(delays))


async def bursts(schedule: Callable[[], Schedule], ceiling: float) -> Found:
    """Average over some crowds, each with a schedule of its own."""
    return mean([await at_once(schedule(), ceiling, seed) for seed in range(BURSTS)])


def taught() -> Schedule:
    """Give a schedule that knows the lognormal law."""
    schedule = LearntIntervals(random.Random(2))
    one_by_one(schedule, LAWS["lognormal"], TAUGHT, seed=3)
    return schedule


def planning() -> float:
    """Tell the milliseconds that learning from a batch of looks and planning anew take, at the median."""
    table, rng, times = LifeTable(), random.Random(4), list[float]()
    for _ in range(50):
        for _ in range(4):
            table.record(0.0, 10.0, ended=False)
            table.record(10.0, rng.uniform(10.5, 14.0), ended=True)
        begun = time.perf_counter()
        table.renew()
        plan_looks(table, INTERVAL)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


async def rows(_scale: Scale) -> AsyncIterator[Row]:
    """Simulate each law, crowds under two ceilings, and what planning takes."""
    for name, law in LAWS.items():
        every = one_by_one(LearntIntervals(random.Random(2)), law, TASKS)
        learnt = mean(every[TAUGHT:])
        fixed, growing = (
            mean(one_by_one(schedule, law, TASKS)[TAUGHT:]) for schedule in (FixedIntervals(), GrowingIntervals())
        )
        told = f"{learnt}; fixed: {fixed}; growing: {growing}"
        # 1 but for chance
        yield Row(f"looks, {name}, beside fixed 5 s with as many", beside_fixed(law, learnt), 1.03, "x", told)
        if name == "lognormal":
            yield Row("looks a task, lognormal 12 s", learnt.looks, 3.0, "looks", told)
            yield Row("done until seen, lognormal 12 s", learnt.delay, 1.1, "s", told)
        if name == "shifting":
            after = [mean(_after_shifts(every, first)) for first in (0, 10, 20, 50, 100)]
            told = f"tasks from 0, 10, 20, 50, 100 after it: {' · '.join(map(str, after))}; fixed: {fixed}"
            yield Row("looks, 20 tasks after a shift", after[2].delay / fixed.delay, 0.75, "x", told)
    for ceiling, share in ((100, 0.44), (50, 0.6)):
        fixed, growing = await bursts(FixedIntervals, ceiling), await bursts(GrowingIntervals, ceiling)
        learnt = await bursts(taught, ceiling)
        cold = await bursts(lambda: LearntIntervals(random.Random(2)), ceiling)
        told = f"{learnt}; of a kind never seen before: {cold}; fixed: {fixed}; growing: {growing}"
        what = f"{AT_ONCE} at once, {ceiling} looks a second, beside fixed 5 s"
        yield Row(f"{what}: delay", learnt.delay / fixed.delay, share, "x", told)
        yield Row(f"{what}: looks", learnt.looks / fixed.looks, 1.0, "x", told)
    yield Row("planning anew", planning(), 5.0, "ms", "each twelfth look of a kind, or where it is surprised")


def _after_shifts(every: list[Found], first: int) -> list[Found]:
    return [one for n, one in enumerate(every) if n >= SHIFT and first <= n % SHIFT < first + 10]
