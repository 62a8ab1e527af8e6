"""One scheduler that looks at all running tasks, under one ceiling of requests per second."""

import asyncio
import heapq
import itertools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, Self

from spark.clock import Clock
from spark.errors import Forbidden, NotFound, RateLimited, SparkError, Unauthorized
from spark.schedule import Schedule
from spark.tasks import Task

_log = logging.getLogger(__name__)

_LOOKS_AT_ONCE: Final = 64
"""Looks under way at a time, where Spark is slow to answer."""
_MISSING_FOR: Final = 60.0
"""Seconds of nothing but 404 after which a task is taken for gone: a new one may not be visible everywhere."""
_BACK_OFF_MAX: Final = 30.0
_REFUSED_INTERVAL: Final = 60.0
"""Seconds between looks while the key is refused, which whoever runs this may mend meanwhile."""
_RATE_LIMIT_PAUSE: Final = 5.0
_RATE_LIMIT_PAUSE_MAX: Final = 300.0
_LATE_TURN: Final = 10
"""Every so many looks an overdue task goes first, so that a crowd of fresh ones does not starve it."""


class Looker(Protocol):
    """What the poller needs of a client."""

    async def look(self, task_id: str) -> Task:
        """Look at a task once, without repeating."""
        ...


@dataclass(slots=True, eq=False)
class _Watch:
    task_id: str
    model: str
    started: float
    """On the monotonic clock; may lie before its start."""
    on_progress: Callable[[Task], None] | None
    result: asyncio.Future[Task]
    timely: bool
    """Whether the end will be seen soon after it came, so that it tells how long the task took."""
    progress: float | None = None
    failures: int = 0
    missing_since: float | None = None


_Lane = list[tuple[float, int, _Watch]]


class Poller:
    """Watches tasks until they are finished; runs while it is entered with `async with`.

    A look that fails is made again later and ends no watch, but for a task that Spark does not know for a whole
    minute. Tasks older than `slow_after` seconds are looked at every `slow_interval` seconds, after the others.
    """

    def __init__(
        self,
        client: Looker,
        schedule: Schedule,
        clock: Clock,
        *,
        requests_per_second: float = 20.0,
        slow_after: float = 900.0,
        slow_interval: float = 60.0,
    ) -> None:
        self._client = client
        self._schedule = schedule
        self._clock = clock
        self._spacing = 1 / requests_per_second
        self._slow_after = slow_after
        self._slow_interval = slow_interval
        self._watches: dict[str, _Watch] = {}
        self._fresh: _Lane = []
        self._late: _Lane = []
        self._order = itertools.count()
        self._turns = itertools.count(1)
        self._looks: set[asyncio.Task[None]] = set()
        self._next_slot = 0.0
        self._key_refused = False
        self._stirred = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run(), name="spark poller")
        self._running.add_done_callback(self._ended)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._running.cancel()
        for look in self._looks:
            look.cancel()
        await asyncio.gather(self._running, *self._looks, return_exceptions=True)
        for task_id in tuple(self._watches):
            self.forget(task_id)

    def __len__(self) -> int:
        return len(self._watches)

    def watch(
        self,
        task_id: str,
        model: str,
        started_at: float,
        on_progress: Callable[[Task], None] | None = None,
    ) -> asyncio.Future[Task]:
        """Watch a task submitted at `started_at` (Unix seconds); the future gives it once it is finished.

        `on_progress` is called with each look that finds it unfinished. Cancelling the future ends the watch.
        A task that is watched already gives the same future. Raises (through the future) `NotFound` where Spark
        does not know the task.
        """
        if (known := self._watches.get(task_id)) is not None and not known.result.done():
            return known.result
        now = self._clock.monotonic()
        started = now - max(0.0, self._clock.time() - started_at)
        first = started + self._schedule.next_look(model, 0.0)
        result: asyncio.Future[Task] = asyncio.get_running_loop().create_future()
        watch = _Watch(task_id, model, started, on_progress, result, timely=first >= now)
        self._watches[task_id] = watch
        result.add_done_callback(lambda _: self._drop(watch))
        self._plan(watch, max(first, now))
        return result

    def forget(self, task_id: str) -> None:
        """End the watch of a task, cancelling its future; nothing happens where it is not watched."""
        if (watch := self._watches.pop(task_id, None)) is not None:
            watch.result.cancel()

    def _drop(self, watch: _Watch) -> None:
        if self._watches.get(watch.task_id) is watch:
            del self._watches[watch.task_id]

    def _plan(self, watch: _Watch, due: float) -> None:
        lane = self._late if due - watch.started > self._slow_after else self._fresh
        heapq.heappush(lane, (due, next(self._order), watch))
        self._stirred.set()

    async def _run(self) -> None:
        while True:
            self._stirred.clear()
            await self._rest(self._start_looks())

    async def _rest(self, seconds: float | None) -> None:
        """Wait until something changes, or for `seconds` if they are over first."""
        if seconds is None:
            await self._stirred.wait()
            return
        alarm = asyncio.create_task(self._clock.sleep(seconds))
        alarm.add_done_callback(lambda ended: None if ended.cancelled() else self._stirred.set())
        try:
            await self._stirred.wait()
        finally:
            alarm.cancel()

    def _start_looks(self) -> float | None:
        """Start every look that is due and allowed; tell in how many seconds the next may be, None if unknown."""
        while len(self._looks) < _LOOKS_AT_ONCE:
            now = self._clock.monotonic()
            if now < self._next_slot:
                return self._next_slot - now
            if (watch := self._take_due(now)) is None:
                dues = [lane[0][0] for lane in (self._fresh, self._late) if lane]
                return min(dues) - now if dues else None
            late = now - self._next_slot  # a little late is a late waking, and keeps its beat
            self._next_slot = now + self._spacing - (late if late < self._spacing else 0.0)
            look = asyncio.create_task(self._look(watch), name=f"look at {watch.task_id}")
            self._looks.add(look)
            look.add_done_callback(self._look_ended)
        return None  # the end of a look stirs

    def _take_due(self, now: float) -> _Watch | None:
        for lane in (self._fresh, self._late):
            while lane and lane[0][2].result.done():
                heapq.heappop(lane)
        due = [lane for lane in (self._fresh, self._late) if lane and lane[0][0] <= now]
        if not due:
            return None
        lane = due[-1] if next(self._turns) % _LATE_TURN == 0 else due[0]
        return heapq.heappop(lane)[2]

    def _look_ended(self, look: asyncio.Task[None]) -> None:
        self._looks.discard(look)
        self._stirred.set()

    async def _look(self, watch: _Watch) -> None:
        try:
            task = await self._client.look(watch.task_id)
        except SparkError as error:
            pause = self._after_error(watch, error)
        except Exception:
            _log.exception("looking at task %s broke, and goes on", watch.task_id)
            pause = self._back_off(watch)
        else:
            pause = self._after_look(watch, task)
        if not watch.result.done():
            self._plan(watch, self._clock.monotonic() + pause)

    def _after_look(self, watch: _Watch, task: Task) -> float:
        if self._key_refused:
            self._key_refused = False
            _log.info("Spark takes the key again")
        watch.failures, watch.missing_since, watch.progress = 0, None, task.progress
        if watch.result.done():
            return 0.0
        if task.finished:
            if task.succeeded and watch.timely:
                self._schedule.record(watch.model, self._clock.monotonic() - watch.started)
            watch.result.set_result(task)
            return 0.0
        watch.timely = True
        if watch.on_progress is not None:
            try:
                watch.on_progress(task)
            except Exception:
                _log.exception("the listener to task %s broke", watch.task_id)
        return self._interval(watch)

    def _after_error(self, watch: _Watch, error: SparkError) -> float:
        now = self._clock.monotonic()
        if not isinstance(error, NotFound):
            watch.missing_since = None
        match error:
            case NotFound(message=""):  # a proxy's page; Spark says of what it does not know that it does not
                _log.warning("looking at task %s failed, and goes on: %s", watch.task_id, error.summary)
                watch.missing_since = None
                return self._back_off(watch)
            case NotFound():
                watch.missing_since = now if watch.missing_since is None else watch.missing_since
                if now - watch.missing_since >= _MISSING_FOR and not watch.result.done():
                    watch.result.set_exception(error)
                return self._back_off(watch)
            case Unauthorized() | Forbidden():
                if not self._key_refused:
                    self._key_refused = True
                    _log.error("Spark refuses the key; looking at tasks goes on slowly: %s", error.summary)
                return max(_REFUSED_INTERVAL, self._interval(watch))
            case RateLimited():
                asked = _RATE_LIMIT_PAUSE if error.retry_after is None else error.retry_after
                self._next_slot = max(self._next_slot, now + min(asked, _RATE_LIMIT_PAUSE_MAX))
                return self._interval(watch)
            case _:
                _log.warning("looking at task %s failed, and goes on: %s", watch.task_id, error.summary)
                return self._back_off(watch)

    def _interval(self, watch: _Watch) -> float:
        elapsed = self._clock.monotonic() - watch.started
        if elapsed >= self._slow_after:
            return self._slow_interval
        return self._schedule.next_look(watch.model, elapsed, watch.progress)

    def _back_off(self, watch: _Watch) -> float:
        watch.failures += 1
        return max(self._interval(watch), min(_BACK_OFF_MAX, 2.0 ** min(watch.failures - 1, 10)))

    def _ended(self, running: asyncio.Task[None]) -> None:
        """Tell every watcher where the scheduler itself broke, since nobody would look any more."""
        if running.cancelled() or (error := running.exception()) is None:
            return
        _log.critical("the poller broke", exc_info=error)
        for watch in tuple(self._watches.values()):
            if not watch.result.done():
                watch.result.set_exception(error)
