"""One scheduler that looks at all running tasks, under one ceiling of requests per second.

The ceiling falls by half when Spark says that it is too much, and grows again by even steps: additive increase,
multiplicative decrease, as TCP's (Chiu and Jain, Computer Networks and ISDN Systems 17, 1989).
"""

import asyncio
import heapq
import itertools
import logging
import math
from collections.abc import Callable, Hashable
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Final, Protocol, Self

from spark.clock import Clock
from spark.errors import Forbidden, NotFound, RateLimited, ServerError, SparkError, TransportError, Unauthorized
from spark.schedule import Schedule
from spark.tasks import Task

_log = logging.getLogger(__name__)

_LOOKS_AT_ONCE: Final = 64
"""Looks under way at a time, where Spark is slow to answer."""
_MISSING_FOR: Final = 60.0
"""Seconds of nothing but 404 after which a task is taken for gone: a new one may not be visible everywhere."""
_BACK_OFF_MAX: Final = 30.0
_AWAY_INTERVAL: Final = 8.0
"""Seconds between looks while Spark cannot be reached, so that its return is noticed soon."""
_REFUSED_INTERVAL: Final = 60.0
"""Seconds between looks while the key is refused, which whoever runs this may mend meanwhile."""
_RATE_LIMIT_PAUSE: Final = 5.0
_RATE_LIMIT_PAUSE_MAX: Final = 300.0
_LEAST_SHARE: Final = 1 / 64
"""Of the ceiling, which is kept however often Spark says that it is too much."""
_REGAINED: Final = 1 / 30
"""Of the ceiling, by as many looks as may be made in a second."""
_PRECEDENCE: Final = 3.0
"""Seconds by which a task that has surely ended goes before one that surely has not, where both are due."""
_CROWD: Final = 0.5
"""Seconds that the first looks wanted within three seconds may take together, before they are a crowd."""
_LEAD_MAX: Final = 2.7
"""Seconds by which a crowd's looks begin sooner, so that not all of it is looked at late."""
_TICK: Final = 0.001
"""Seconds that are waited at least: a loop that counts in whole ones of these wakes a little too soon, and would
wake again and again until the moment has come."""
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
    kind: Hashable
    started: float
    """On the monotonic clock; may lie before its start."""
    on_progress: Callable[[Task], None] | None
    result: asyncio.Future[Task]
    timely: bool
    """Whether the next look tells how long the task took, which one long after its beginning does not."""
    context: Context = field(default_factory=copy_context)
    """Of whoever watches, so that what is logged of a look can tell what it is for."""
    unfinished_at: float = 0.0
    """Seconds from its beginning to the last look that found it unfinished."""
    progress: float | None = None
    failures: int = 0
    missing_since: float | None = None


_Lane = list[tuple[float, int, _Watch]]


class Poller:
    """Watches tasks until they are finished; runs while it is entered with `async with`.

    A look that fails is made again later and ends no watch, but for a task that Spark does not know for a whole
    minute. Where more are due than `requests_per_second` allow, those go first that are most likely to have ended.
    Tasks older than `slow_after` seconds are looked at every `slow_interval` seconds, after the others.
    """

    def __init__(
        self,
        client: Looker,
        schedule: Schedule,
        clock: Clock,
        *,
        requests_per_second: float = 100.0,
        slow_after: float = 900.0,
        slow_interval: float = 60.0,
    ) -> None:
        self._client = client
        self._schedule = schedule
        self._clock = clock
        self._requests_per_second = requests_per_second
        self._ceiling = requests_per_second
        self._rate = requests_per_second
        self._halved = -math.inf
        self._slow_after = slow_after
        self._slow_interval = slow_interval
        self._watches: dict[str, _Watch] = {}
        self._fresh: _Lane = []
        self._late: _Lane = []
        """Both by when a task is due."""
        self._due: _Lane = []
        """The fresh ones that are due, by that and by how likely they are to have ended."""
        self._first_looks = [(0, 0)] * 64
        """How many are wanted in a second: that second and the number, at its place modulo 64."""
        self._order = itertools.count()
        self._turns = itertools.count(1)
        self._looks: set[asyncio.Task[None]] = set()
        self._next_slot = 0.0
        self._key_refused = False
        self._stirred = asyncio.Event()
        self._alarm: asyncio.Task[None] | None = None
        self._rings_at = 0.0

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run(), name="spark poller")
        self._running.add_done_callback(self._ended)
        return self

    async def __aexit__(self, *_: object) -> None:
        ending = [self._running, *self._looks, *filter(None, [self._alarm])]
        for each in ending:
            each.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        for task_id in tuple(self._watches):
            self.forget(task_id)

    def __len__(self) -> int:
        return len(self._watches)

    def share(self, processes: int) -> None:
        """Keep to one of so many equal parts of the ceiling, since others look with the same key."""
        ceiling = self._requests_per_second / processes
        self._rate *= ceiling / self._ceiling
        self._ceiling = ceiling

    def watch(
        self,
        task_id: str,
        kind: Hashable,
        started_at: float,
        on_progress: Callable[[Task], None] | None = None,
    ) -> asyncio.Future[Task]:
        """Watch a task submitted at `started_at` (Unix seconds); the future gives it once it is finished.

        Tasks of one `kind`, such as a model and a size, are expected to take about as long as each other.
        `on_progress` is called with each look that finds it unfinished. Cancelling the future ends the watch.
        A task that is watched already gives the same future. Raises (through the future) `NotFound` where Spark
        does not know the task.
        """
        if (known := self._watches.get(task_id)) is not None and not known.result.done():
            return known.result
        now = self._clock.monotonic()
        started = now - max(0.0, self._clock.time() - started_at)
        first = started + self._schedule.next_look(kind, 0.0)
        result: asyncio.Future[Task] = asyncio.get_running_loop().create_future()
        watch = _Watch(task_id, kind, started, on_progress, result, timely=first >= now)
        self._watches[task_id] = watch
        result.add_done_callback(lambda _: self._drop(watch))
        self._plan(watch, max(first - self._lead(first), now))
        return result

    def recall(self, kind: Hashable, seconds: float) -> None:
        """Learn from a task of an earlier life that was found ended so many seconds after its submit."""
        self._schedule.recall(kind, seconds)

    def forget(self, task_id: str) -> None:
        """End the watch of a task, cancelling its future; nothing happens where it is not watched."""
        if (watch := self._watches.pop(task_id, None)) is not None:
            watch.result.cancel()

    def _drop(self, watch: _Watch) -> None:
        if self._watches.get(watch.task_id) is watch:
            del self._watches[watch.task_id]

    def _lead(self, due: float) -> float:
        """Tell how much sooner a first look is made for the others that are wanted about when it is due."""
        second = int(due)
        self._first_looks[second % 64] = (second, self._wanted_in(second) + 1)
        crowd = sum(map(self._wanted_in, range(second - 1, second + 2)))
        return min(max(0.0, crowd / self._rate - _CROWD), _LEAD_MAX)

    def _wanted_in(self, second: int) -> int:
        known, looks = self._first_looks[second % 64]
        return looks if known == second else 0

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
        if seconds is not None:
            self._stir_by(self._clock.monotonic() + max(seconds, _TICK))
        await self._stirred.wait()

    def _stir_by(self, moment: float) -> None:
        """Set the alarm; one that rings sooner stays as it is, since looks are planned more often than made."""
        if self._alarm is not None and not self._alarm.done():
            if self._rings_at <= moment:
                return
            self._alarm.cancel()
        self._rings_at = moment
        self._alarm = asyncio.create_task(self._clock.sleep(moment - self._clock.monotonic()))
        self._alarm.add_done_callback(lambda ended: None if ended.cancelled() else self._stirred.set())

    def _start_looks(self) -> float | None:
        """Start every look that is due and allowed; tell in how many seconds the next may be, None if unknown."""
        while len(self._looks) < _LOOKS_AT_ONCE:
            now = self._clock.monotonic()
            if now < self._next_slot or (watch := self._take_due(now)) is None:
                next_due = self._next_due()
                return None if next_due is None else max(next_due, self._next_slot) - now
            late = now - self._next_slot  # a little late is a late waking, and keeps its beat
            spacing = 1 / self._rate
            self._next_slot = now + spacing - (late if late < spacing else 0.0)
            look = asyncio.create_task(self._look(watch), name=f"look at {watch.task_id}", context=watch.context)
            self._looks.add(look)
            look.add_done_callback(self._look_ended)
        return None  # the end of a look stirs

    def _next_due(self) -> float | None:
        """Tell when the next look is due, or a little sooner; None where there is none."""
        return min((lane[0][0] for lane in (self._due, self._fresh, self._late) if lane), default=None)

    def _take_due(self, now: float) -> _Watch | None:
        for _ in range(_LOOKS_AT_ONCE):  # so that a crowd that is due at once does not hold up the event loop
            if (watch := self._take(self._fresh, now)) is None:
                break
            likely = self._schedule.likelihood(watch.kind, watch.unfinished_at, now - watch.started)
            heapq.heappush(self._due, (now - _PRECEDENCE * likely, next(self._order), watch))
        overdue_first = next(self._turns) % _LATE_TURN == 0
        for lane in (self._late, self._due) if overdue_first else (self._due, self._late):
            if (watch := self._take(lane, now)) is not None:
                return watch
        return None

    @staticmethod
    def _take(lane: _Lane, now: float) -> _Watch | None:
        """Take the first that is due and still watched."""
        while lane and (lane[0][2].result.done() or lane[0][0] <= now):
            if not (watch := heapq.heappop(lane)[2]).result.done():
                return watch
        return None

    def _look_ended(self, look: asyncio.Task[None]) -> None:
        self._looks.discard(look)
        self._stirred.set()

    async def _look(self, watch: _Watch) -> None:
        began = self._clock.monotonic()
        try:
            task = await self._client.look(watch.task_id)
        except SparkError as error:
            pause = self._after_error(watch, error, began)
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
        self._rate = min(self._ceiling, self._rate + _REGAINED * self._ceiling / self._rate)
        watch.failures, watch.missing_since, watch.progress = 0, None, task.progress
        if watch.result.done():
            return 0.0
        elapsed = self._clock.monotonic() - watch.started
        if watch.timely and not task.failed:
            self._schedule.record(watch.kind, watch.unfinished_at, elapsed, ended=task.finished)
        if task.finished:
            watch.result.set_result(task)
            return 0.0
        watch.timely, watch.unfinished_at = True, elapsed
        if watch.on_progress is not None:
            try:
                watch.on_progress(task)
            except Exception:
                _log.exception("the listener to task %s broke", watch.task_id)
        return self._interval(watch)

    def _after_error(self, watch: _Watch, error: SparkError, began: float) -> float:
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
                self._slow_down(error, began)
                return 0.0
            case TransportError():  # all watches meet that, and none can do anything about it
                _log.debug("looking at task %s failed, and goes on: %s", watch.task_id, error.summary)
                return min(_AWAY_INTERVAL, self._back_off(watch))
            case ServerError():
                _log.debug("looking at task %s failed, and goes on: %s", watch.task_id, error.summary)
                return self._back_off(watch)
            case _:
                _log.warning("looking at task %s failed, and goes on: %s", watch.task_id, error.summary)
                return self._back_off(watch)

    def _slow_down(self, error: RateLimited, began: float) -> None:
        """Wait as long as Spark asks, then go on at half the rate, however many looks were refused at once."""
        now = self._clock.monotonic()
        asked = _RATE_LIMIT_PAUSE if error.retry_after is None else error.retry_after
        self._next_slot = max(self._next_slot, now + min(asked, _RATE_LIMIT_PAUSE_MAX))
        if began >= self._halved:
            self._rate = max(self._rate / 2, self._ceiling * _LEAST_SHARE)
            self._halved = now
            _log.warning("Spark refuses so many looks; they go on at %.1f a second", self._rate)

    def _interval(self, watch: _Watch) -> float:
        elapsed = self._clock.monotonic() - watch.started
        if elapsed >= self._slow_after:
            return self._slow_interval
        return self._schedule.next_look(watch.kind, elapsed, watch.progress)

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
