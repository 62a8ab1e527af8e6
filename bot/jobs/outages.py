"""Working through a database that is away for a while: what Spark and Discord said must not be lost with it."""

import math
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.domain.jobs import Task
from bot.store import DatabaseAway, LeaseLost, Store
from spark.clock import Clock

_log = structlog.get_logger()
_T = TypeVar("_T")
_LONGEST_PAUSE = 30.0


def pause_after(failures: int, longest: float) -> float:
    """Give the seconds to the next try: twice as long after each failure, however many they are."""
    # the power itself would be too large for a float after a night of failures
    return longest if failures >= math.log2(longest) else 2.0**failures


async def through_outages(clock: Clock, step: Callable[[], Awaitable[_T]], what: str) -> _T:
    """Take a step, again and again while the database is away."""
    # plain, since every step goes through here: to build a retrier of tenacity's takes longer than most steps
    failures = 0
    while True:
        try:
            return await step()
        except DatabaseAway as away:
            failures += 1
            _log.debug("step.put_off", during=what, attempt=failures, reason=str(away))
            await clock.sleep(pause_after(failures - 1, _LONGEST_PAUSE))


async def task_step(store: Store, clock: Clock, task: Task, step: Callable[[], Awaitable[Task]]) -> Task:
    """Take a guarded step of a task through outages; one that was committed unheard is not taken twice."""
    tried = False

    async def once() -> Task:
        nonlocal tried
        try:
            return await step()
        except DatabaseAway:
            tried = True
            raise
        except LeaseLost:
            moved = await store.tasks.moved_on(task) if tried else None
            if moved is None:
                raise
            return moved

    return await through_outages(clock, once, f"task {task.name}")
