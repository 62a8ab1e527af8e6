"""The status messages of the jobs: what the answer to a command shows while its job runs, and when it is done."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakValueDictionary

import structlog

import spark
from bot.domain.jobs import Job
from bot.domain.progress import Hindrance, Progress
from bot.domain.queue import Expected
from bot.domain.states import JobState, TaskState
from bot.jobs.background import Background
from bot.jobs.fleet import Fleet
from bot.jobs.ports import Delivery, DeliveryFailed, Pictures, WordsRefused
from bot.jobs.previews import Previews
from bot.jobs.queue_forecast import QueueForecast
from bot.store import DatabaseAway, Store
from spark.clock import Clock

_log = structlog.get_logger()
_NONE_AT_HAND: Pictures = {}
_NOT_TAKEN = frozenset({TaskState.QUEUED, TaskState.CLAIMED, TaskState.SUBMITTING})
"""Nothing of it has been charged for, nor will be without a further request."""
_UNDECIDED = frozenset({JobState.OPEN, JobState.DELIVERING})
_TRIES = 4
_REFRESH_EVERY = 15.0
"""Seconds for which a status message stands at least, unless its job begins or ends."""
_REFRESH_OLD_EVERY = 300.0
"""The same for status messages that only the bot's own token can edit, which counts against its global limit."""
_LOOK_EVERY = 1.0
"""Seconds between looks whether a time that is shown has come."""
_SOON = 1.0
"""Seconds before it at which that is shown, so that nobody sees one that is past."""
_AWAY_AFTER = 2.0
"""Seconds of no answer after which Spark is said to be away."""
_EDITS_A_ROUND = 20
_NOTABLE = 0.1
"""Of the pictures before it: by so many its place must have changed to be shown anew; where few are, by one."""
_FAR_OFF = 0.25
"""Of the time left: by so much the time shown must be off to be shown anew."""


@dataclass(slots=True)
class _Standing:
    """A status message whose job is not done, as it was shown last."""

    progress: Progress | None = None
    """None where another process showed it."""
    shown_at: float = 0.0
    stays: float = _REFRESH_EVERY
    """Seconds."""
    waits: bool = True
    """Whether anything of it is still to begin, so that others' turns change when it is ready."""

    def is_untrue(self, now: float, spark_away: bool) -> bool:
        """Whether time has made what is shown untrue, or Spark has."""
        if (shown := self.progress) is None:
            return False
        if shown.spark_away or spark_away:
            return shown.spark_away is not spark_away
        return not shown.due and _is_due(shown.ready_at, now)


class StatusMessages:
    """Edits one job's status message at a time, so that a slow edit never lands on a later one."""

    def __init__(
        self,
        store: Store,
        delivery: Delivery,
        previews: Previews,
        queue_forecast: QueueForecast,
        client: spark.Client,
        fleet: Fleet,
        clock: Clock,
        background: Background,
        wake: Callable[[], None],
    ) -> None:
        """Build with what has tasks claimed that may be from now on."""
        self._store = store
        self._delivery = delivery
        self._previews = previews
        self._queue_forecast = queue_forecast
        self._client = client
        self._fleet = fleet
        self._clock = clock
        self._background = background
        self._wake = wake
        self._edits: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._finishing: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._standing: dict[int, _Standing] = {}
        self._one_stands = asyncio.Event()

    def show(self, job_id: int) -> None:
        """Show in the background how a job stands, after the edit of its status message that may be under way."""
        if job_id in self._edits:
            self._again.add(job_id)
            return
        edit = self._background.spawn(self._show(job_id), f"status message of {job_id}", job_id=job_id)
        self._edits[job_id] = edit
        edit.add_done_callback(lambda _: self._edits.pop(job_id, None))

    def stands(self, job_id: int) -> bool:
        """Tell whether a job that is not done has a status message that this process knows of."""
        return job_id in self._standing

    def take_over(self, job_ids: Iterable[int], shown_at: float = 0.0) -> None:
        """Keep the status messages true from now on that another process has shown, at some moment."""
        for job_id in job_ids:
            if job_id not in self._standing:
                self._stands(job_id, _Standing(shown_at=shown_at))

    async def until_stale(self) -> None:
        """Wait for as long as status messages stand at least, from when there is one."""
        await self._one_stands.wait()
        await self._clock.sleep(_REFRESH_EVERY)

    async def refresh(self) -> None:
        """Show anew what has changed by itself: places in the queue, times that are over."""
        try:
            waits = any(standing.waits for standing in self._standing.values())
            expected = await self._queue_forecast.look() if waits else {}
        except DatabaseAway as away:
            _log.debug("heads.not_refreshed", reason=str(away))
            return
        now = self._clock.time()
        stale = [job_id for job_id in self._standing if self._is_stale(job_id, expected, now)]
        for job_id in sorted(stale, key=lambda job_id: self._standing[job_id].shown_at)[:_EDITS_A_ROUND]:
            self.show(job_id)

    async def until_next_look(self) -> None:
        """Wait a moment, once there is a status message that may become untrue by itself."""
        await self._one_stands.wait()
        await self._clock.sleep(_LOOK_EVERY)

    async def keep_true(self) -> None:
        """Show anew where the time that is shown has come, and where Spark has gone away or come back."""
        now, away = self._clock.time(), self._spark_away
        untrue = [job_id for job_id, standing in self._standing.items() if standing.is_untrue(now, away)]
        for job_id in sorted(untrue, key=lambda job_id: self._standing[job_id].shown_at)[:_EDITS_A_ROUND]:
            self.show(job_id)

    async def finish(self, job_id: int, ended: Job | None = None, pictures: Pictures = _NONE_AT_HAND) -> None:
        """Show how a job ended; where Discord refuses for long, the next start tries again.

        `ended` is the job as it was just read, where it was, and `pictures` are those of its that are at hand.
        """
        self._again.discard(job_id)
        if (edit := self._edits.get(job_id)) is not None:
            await asyncio.wait([edit])
        self._ends(job_id)
        lock = self._finishing.setdefault(job_id, asyncio.Lock())
        async with lock:
            job = ended or await self._store.jobs.get(job_id)
            preview = await self._previews.of(job, pictures) if job is not None else None
            if preview is not None:  # its pictures may have been deleted while it was made
                job = await self._store.jobs.get(job_id)
            while job is not None and _is_to_be_finished(job) and await self._finished(job, preview):
                if await self._store.jobs.record_status_message_final(job):
                    return
                job = await self._store.jobs.get(job_id)

    async def hold(self, job_id: int, until: int, hindrance: Hindrance) -> None:
        """Show why a result cannot be posted now, where Discord lets that much be shown."""
        self._ends(job_id)
        job = await self._store.jobs.get(job_id)
        if job is None:
            return
        try:
            await self._delivery.show_held(job, until, hindrance)
        except DeliveryFailed as failed:
            _log.info("head.not_shown", job=job_id, reason=str(failed))

    async def _finished(self, job: Job, preview: bytes | None) -> bool:
        """Show how a job ended; tell whether Discord took that, or never will."""
        for attempt in range(_TRIES):
            try:
                await self._delivery.finish_status_message(job, preview if job.has_preview else None)
            except DeliveryFailed as failed:
                _log.warning("head.not_finished", job=job.id, reason=str(failed))
                if not failed.may_pass:
                    return True
                await self._clock.sleep(2.0**attempt)
            else:
                return True
        return False

    async def _show(self, job_id: int) -> None:
        await self._show_once(job_id)
        while job_id in self._again:
            self._again.discard(job_id)
            await self._show_once(job_id)

    async def _show_once(self, job_id: int) -> None:
        try:
            job = await self._store.jobs.get(job_id)
            progress = await self._progress(job) if job is not None else None
        except DatabaseAway as away:
            _log.debug("head.not_shown", job=job_id, reason=str(away))
            return
        if job is None or progress is None:
            self._ends(job_id)
            return
        before = self._standing.get(job_id)
        if before is None and job.state is JobState.DELIVERING:
            return  # it is there in a moment
        if before is not None and self._is_driven_elsewhere(job):
            self._ends(job_id)
            return
        now = self._clock.time()
        by_token = job.token_at(self._clock.now_ms()) is not None
        waits = any(task.state is TaskState.QUEUED for task in job.tasks)
        stays = _REFRESH_EVERY if by_token else _REFRESH_OLD_EVERY
        self._stands(job_id, _Standing(progress, now, stays, waits))
        if before is not None and before.progress == progress:
            return
        try:
            await self._delivery.show(job, progress)
            if any(task.awaits_status_message for task in job.tasks):
                await self._store.automod.let_go(job_id)
                self._wake()
            if self._fleet.size > 1:
                await self._require_last_word(job_id)
        except WordsRefused:
            await self._stop(job_id)
        except (DeliveryFailed, DatabaseAway) as failed:
            _log.info("head.not_shown", job=job_id, reason=str(failed))

    async def _stop(self, job_id: int) -> None:
        """Take back a job whose words AutoMod does not let stand; one that has begun is shown without them."""
        try:
            stopped = await self._store.automod.stop(job_id, self._clock.now_ms())
        except DatabaseAway as away:
            _log.warning("job.not_stopped", job=job_id, reason=str(away))
            return
        _log.info("job.words_refused", job=job_id, stopped=stopped)
        if stopped:
            self._background.spawn(self.finish(job_id), f"status message of {job_id}")
        else:
            self._stands(job_id, _Standing())
            self._again.add(job_id)

    async def _require_last_word(self, job_id: int) -> None:
        """Show the end once more where another process has shown it meanwhile, and this edit has landed on it."""
        job = await self._store.jobs.get(job_id)
        if job is not None and job.state not in _UNDECIDED:
            self._background.spawn(self.finish(job_id, job), f"status message of {job_id}")

    def _is_driven_elsewhere(self, job: Job) -> bool:
        """Whether another process has begun a job, and shows how it stands."""
        drivers = [task.lease.owner for task in job.tasks if task.lease is not None]
        return self._fleet.size > 1 and bool(drivers) and drivers[0] != self._fleet.owner

    async def _progress(self, job: Job) -> Progress | None:
        """Tell how a job stands; None where it has ended, which is shown by who delivers it."""
        if job.state is JobState.DELIVERING:  # a moment, unless Spark does not give its pictures out yet
            return Progress(painting=True, ahead=0, ready_at=0, due=True, spark_away=self._spark_away)
        if job.state is not JobState.OPEN or (expected := await self._queue_forecast.of(job)) is None:
            return None
        if self._spark_away:
            taken = any(task.state not in _NOT_TAKEN for task in job.tasks)
            return Progress(painting=taken, ahead=0, ready_at=0, spark_away=True)
        painting = any(task.state is not TaskState.QUEUED for task in job.tasks)
        ready_at = int(expected.ready_at)
        due = _is_due(ready_at, self._clock.time())
        return Progress(painting, expected.ahead, 0 if due else ready_at, due=due)

    @property
    def _spark_away(self) -> bool:
        return self._client.away_for >= _AWAY_AFTER

    def _is_stale(self, job_id: int, expected: Mapping[int, Expected], now: float) -> bool:
        standing = self._standing[job_id]
        if 0 <= now - standing.shown_at < standing.stays:  # a clock that was set back keeps none standing
            return False
        if (shown := standing.progress) is None:
            return True
        if shown.spark_away or not standing.waits or (current := expected.get(job_id)) is None:
            return False
        if shown.due:  # it was wrong about that
            return not _is_due(int(current.ready_at), now)
        moved = abs(shown.ahead - current.ahead)
        off = abs(shown.ready_at - current.ready_at)
        left = shown.ready_at - now
        return moved >= max(1, shown.ahead * _NOTABLE) or off >= max(_REFRESH_EVERY, left * _FAR_OFF)

    def _stands(self, job_id: int, standing: _Standing) -> None:
        self._standing[job_id] = standing
        self._one_stands.set()

    def _ends(self, job_id: int) -> None:
        self._standing.pop(job_id, None)
        if not self._standing:
            self._one_stands.clear()


def _is_to_be_finished(job: Job) -> bool:
    """Whether a job has ended: one that was lost to another worker may be on its way there.

    Of an erased one nobody knows any more where its status message stands.
    """
    return job.erased_at is None and job.state not in _UNDECIDED


def _is_due(ready_at: int, now: float) -> bool:
    return ready_at - now <= _SOON
