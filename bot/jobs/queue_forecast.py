"""What the jobs that are not done can expect: the claims to come are played through ahead of time."""

import asyncio
import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from bot.domain.durations import Durations
from bot.domain.jobs import Job
from bot.domain.prices import PriceKind
from bot.domain.queue import Expected, Queue, Waiting
from bot.domain.states import AT_SPARK, TaskState
from bot.jobs.estimates import Estimates
from bot.store import Capacity, Store
from spark.clock import Clock

_MANY = 200
_SECONDS_A_TASK = 0.001
"""A look at many tasks is followed by a pause, so that little time goes into looking."""


class QueueForecast:
    """Looks at the queue; all who ask while one look is going on share the next one."""

    def __init__(self, store: Store, estimates: Estimates, capacity: Capacity, clock: Clock) -> None:
        self._store = store
        self._estimates = estimates
        self._capacity = capacity
        self._clock = clock
        self._lock = asyncio.Lock()
        self._begun = 0
        self._seen: Mapping[int, Expected] | None = None

    async def of(self, job: Job) -> Expected | None:
        """Tell what a job can expect now; None where nothing of it waits or runs. Raises `DatabaseAway`."""
        if any(task.state is TaskState.QUEUED for task in job.tasks):
            return (await self.look()).get(job.id)
        running = [task for task in job.tasks if task.state in AT_SPARK]
        durations = self._estimates.durations(task.model for task in running)
        now = self._clock.time()
        ready = [
            (now if task.submitted_at is None else task.submitted_at / 1000) + durations[task.model].promised
            for task in running
        ]
        return Expected(ahead=0, ready_at=max(ready)) if ready else None

    async def look(self) -> Mapping[int, Expected]:
        """Tell what each job with a task that waits or runs can expect now; raises `DatabaseAway`."""
        before = self._begun
        async with self._lock:
            if self._begun > before and self._seen is not None:
                return self._seen
            self._begun += 1
            self._seen = None
            queue = await self._store.tasks.queue()
            size = len(queue.waiting) + len(queue.at_spark)
            models = {task.kind.model for tasks in (queue.waiting, queue.at_spark) for task in tasks}
            durations = self._estimates.durations(models)
            arguments = queue, self._capacity, durations, self._clock.time()
            if size > _MANY:
                self._seen = await asyncio.to_thread(forecast, *arguments)
                await self._clock.sleep(size * _SECONDS_A_TASK)
            else:
                self._seen = forecast(*arguments)
            return self._seen


def forecast(
    queue: Queue, capacity: Capacity, durations: Mapping[str, Durations], now: float
) -> Mapping[int, Expected]:
    """Tell for each job with a task in `queue` how many begin before it, and when it is ready (Unix seconds).

    Takes time in proportion to the queue: about 10 µs for each task.
    """
    return _Play(queue, capacity, durations, now).through()


def _in_turn(waiting: Sequence[Waiting]) -> Iterator[tuple[int, Waiting]]:
    """Give what waits with when it may be sent: not before its person's earlier jobs that Spark refused."""
    held: dict[int, int] = {}
    for _, of_job in groupby(sorted(waiting, key=attrgetter("job_id")), key=attrgetter("job_id")):
        tasks = list(of_job)
        earlier = held.get(person := tasks[0].user_id, 0)
        yield from ((max(task.not_before, earlier), task) for task in tasks)
        held[person] = max(earlier, *(task.not_before for task in tasks if task.refused), 0)


@dataclass(slots=True)
class _Person:
    served: float
    at_spark: int = 0
    waiting: list[tuple[int, int, PriceKind]] = field(default_factory=list)
    """A heap of what may be sent: job, position, kind."""
    passed_over: int = 0
    """How many of these wait for the price of their kind, and have had their turn all the same."""
    turn: int = 0
    """Tells the entry that counts from those that were pushed before it."""


class _Play:
    """Plays `TaskStore.claim` through: after each end all free places are filled, each person in turn."""

    def __init__(self, queue: Queue, capacity: Capacity, durations: Mapping[str, Durations], now: float) -> None:
        self._capacity = capacity
        self._durations = durations
        self._now = now
        self._free = capacity.total - len(queue.at_spark)
        self._people = {task.user_id: _Person(queue.served.get(task.user_id, 0)) for task in queue.waiting}
        self._candidates: list[tuple[int, float, int, int, int, int]] = []
        self._ends: list[tuple[float, int, PriceKind]] = []
        self._unpriced = set(queue.unpriced)
        self._of_kind = Counter(running.kind for running in queue.at_spark)
        self._later = [(at / 1000, task.job_id, task.position, task) for at, task in _in_turn(queue.waiting)]
        self._ahead: dict[int, int] = {}
        self._ready_at: dict[int, float] = {}
        self._begun = 0
        self._waiting = len(queue.waiting)
        heapq.heapify(self._later)
        for running in queue.at_spark:
            begun = now if running.submitted_at is None else running.submitted_at / 1000
            takes = durations[running.kind.model]
            self._ahead[running.job_id] = 0
            self._is_ready(running.job_id, begun + takes.promised)
            heapq.heappush(self._ends, (now + takes.left_after(now - begun), running.user_id, running.kind))
            if (person := self._people.get(running.user_id)) is not None:
                person.at_spark += 1
                person.served = max(person.served, begun * 1000)

    def through(self) -> Mapping[int, Expected]:
        """Play until everything has begun."""
        moment = self._now
        self._let_in(moment)
        self._claim(moment)
        while self._begun < self._waiting:
            moment = max(moment, min(heap[0][0] for heap in (self._later, self._ends) if heap))
            while self._ends and self._ends[0][0] <= moment:
                self._end(*heapq.heappop(self._ends)[1:])
            self._let_in(moment)
            self._claim(moment)
        return {job_id: Expected(self._ahead[job_id], at) for job_id, at in self._ready_at.items()}

    def _let_in(self, moment: float) -> None:
        while self._later and self._later[0][0] <= moment:
            task: Waiting = heapq.heappop(self._later)[3]
            person = self._people[task.user_id]
            heapq.heappush(person.waiting, (task.job_id, task.position, task.kind))
            self._stand_in_line(task.user_id, person)

    def _claim(self, moment: float) -> None:
        """Fill the free places in one go, in which whoever was served before it counts as before."""
        claimed: dict[int, _Person] = {}
        held_back: list[tuple[int, tuple[int, int, PriceKind]]] = []
        while self._free > 0 and self._candidates:
            _, _, _, _, user_id, turn = heapq.heappop(self._candidates)
            person = self._people[user_id]
            if turn != person.turn:
                continue
            job_id, _, kind = task = heapq.heappop(person.waiting)
            if kind in self._unpriced and self._of_kind[kind] >= self._capacity.unpriced:
                held_back.append((user_id, task))
                person.passed_over += 1
                self._stand_in_line(user_id, person)
                continue
            self._ahead.setdefault(job_id, self._begun)
            self._is_ready(job_id, moment + self._durations[kind.model].promised)
            heapq.heappush(self._ends, (moment + self._durations[kind.model].mean, user_id, kind))
            self._begun += 1
            self._free -= 1
            self._of_kind[kind] += 1
            person.at_spark += 1
            claimed[user_id] = person
            self._stand_in_line(user_id, person)
        for user_id, task in held_back:
            person = self._people[user_id]
            heapq.heappush(person.waiting, task)
            person.passed_over -= 1
            self._stand_in_line(user_id, person)
        for user_id, person in claimed.items():
            person.served = moment * 1000
            self._stand_in_line(user_id, person)

    def _end(self, user_id: int, kind: PriceKind) -> None:
        self._free += 1
        self._of_kind[kind] -= 1
        self._unpriced.discard(kind)  # what it has cost is known
        if (person := self._people.get(user_id)) is not None:
            person.at_spark -= 1
            self._stand_in_line(user_id, person)

    def _stand_in_line(self, user_id: int, person: _Person) -> None:
        """Put a person's next task where it belongs now; what stood there for them before counts no more."""
        person.turn += 1
        before = person.at_spark + person.passed_over
        if person.waiting and before < self._capacity.per_person:
            job_id, position, _ = person.waiting[0]
            entry = (before + 1, person.served, job_id, position, user_id, person.turn)
            heapq.heappush(self._candidates, entry)

    def _is_ready(self, job_id: int, at: float) -> None:
        self._ready_at[job_id] = max(at, self._ready_at.get(job_id, 0.0))
