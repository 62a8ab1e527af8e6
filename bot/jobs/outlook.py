"""What the jobs that are not done can expect: their place in the queue, and when they are ready."""

import asyncio
from collections.abc import Mapping

from bot.domain.jobs import Job
from bot.domain.queue import Expected
from bot.domain.states import AT_SPARK, TaskState
from bot.jobs.estimates import Estimates
from bot.jobs.forecast import forecast
from bot.store import Capacity, Store
from spark.clock import Clock

_MANY = 200
_SECONDS_A_TASK = 0.001
"""A look at many tasks is followed by a pause, so that little time goes into looking."""


class Outlook:
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
