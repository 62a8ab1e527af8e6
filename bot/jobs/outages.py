"""Working through a database that is away for a while: what Spark and Discord said must not be lost with it."""

import math
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential

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

    async def attempt() -> _T:  # tenacity awaits only what is declared async
        return await step()

    def tell(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        _log.warning("database.away", during=what, attempt=state.attempt_number, error=str(error))

    retrying = AsyncRetrying(
        sleep=clock.sleep,
        retry=retry_if_exception_type(DatabaseAway),
        wait=wait_exponential(max=_LONGEST_PAUSE),
        before_sleep=tell,
    )
    return await retrying(attempt)


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
