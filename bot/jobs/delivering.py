"""Handing a job's result over to Discord: once, and as long as it takes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any
from weakref import WeakValueDictionary

import structlog

from bot.domain.incidents import incident_id
from bot.domain.jobs import AutoMod, Job, Task
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.pictures.results import Picture
from bot.domain.states import ENDED_TASKS, JobState, TaskState
from bot.jobs.fleet import Fleet
from bot.jobs.outages import through_outages
from bot.jobs.ports import Delivery, DeliveryFailed, WordsRefused
from bot.jobs.result_pictures import PictureDelayed, ResultPictures
from bot.jobs.status_messages import StatusMessages
from bot.metrics import JobMetrics
from bot.store import DatabaseAway, LeaseLost, Store
from bot.wording.actions import withheld
from spark.clock import Clock

_log = structlog.get_logger()
_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 300.0
_AWAY_PAUSE = 8.0
"""The longest while Spark cannot be reached."""
_REFUSED_PAUSE = 1800.0
"""Seconds between tries where a permission, a channel or the token has to be mended."""


class Deliverer:
    """Delivers jobs whose tasks have ended, and late pictures after them."""

    def __init__(
        self,
        store: Store,
        pictures: ResultPictures,
        delivery: Delivery,
        status_messages: StatusMessages,
        fleet: Fleet,
        metrics: JobMetrics,
        clock: Clock,
        keep_results: float,
    ) -> None:
        """Build with how many seconds a result is kept that Discord does not take."""
        self._store = store
        self._pictures = pictures
        self._delivery = delivery
        self._status_messages = status_messages
        self._fleet = fleet
        self._metrics = metrics
        self._clock = clock
        self._keep_results = keep_results
        self._stopping = asyncio.Event()
        self._late: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def deliver(self, job: Job, *, resumed: bool = False) -> None:
        """Deliver a job that this worker holds; `resumed` looks first whether a dead worker posted it."""
        # a released one's pictures are kept, and one that was set aside may have been posted since
        looking = resumed or job.automod is AutoMod.RELEASED or job.set_aside_at is not None
        pictures: dict[int, Picture] = {}

        async def once() -> Job | None:
            nonlocal looking
            try:
                return await self._deliver(job, pictures, looking=looking)
            except DatabaseAway:
                looking = True  # it may stand in Discord without being written down
                raise
            except LeaseLost:
                current = await self._store.jobs.get(job.id)
                # its commit may have been made unheard
                if looking and current is not None and current.state is JobState.DELIVERED:
                    return current
                _log.warning("job.lost", job=job.id)
                return None

        delivered = await through_outages(self._clock, once, f"delivery of {job.id}")
        await through_outages(
            self._clock,
            lambda: self._status_messages.finish(job.id, delivered, pictures),
            f"status message of {job.id}",
        )
        if delivered is not None and _may_be_late(job, delivered):
            # something may have come while its job was being delivered
            await through_outages(self._clock, lambda: self._post_late(job.id), f"late end of {job.id}")

    async def follow_up(self, job_id: int) -> None:
        """Tell what came of a job after its message, in messages of their own and on its status message."""

        async def once() -> None:
            job = await self._store.jobs.get(job_id)
            if job is not None and job.state is JobState.DELIVERED:
                await self._post_late(job_id)
                await self._status_messages.finish(job_id)

        await through_outages(self._clock, once, f"late end of {job_id}")

    async def _post_late(self, job_id: int) -> None:
        """Post each picture that came after its job's message, and tell of those that never come."""
        lock = self._late.setdefault(job_id, asyncio.Lock())
        async with lock:
            for task in await self._store.deliveries.late_pictures(job_id):
                await self._post_late_picture(task)
            if ended := await self._store.deliveries.late_ends(job_id):
                await self._post_late_end(job_id, ended)

    def stop_waiting(self) -> None:
        """End what only waits for Discord; the next start tries again."""
        self._stopping.set()

    async def _deliver(self, job: Job, pictures: dict[int, Picture], *, looking: bool) -> Job | None:
        """Post a job's message, trying until its results are no longer kept; give it as it stands, None if not.

        The pictures that it fetches for that are put into `pictures`.
        """
        since = kept_since = job.delivering_at or self._clock.now_ms()
        if job.set_aside_at is not None:
            since = job.accepted_at
        until = kept_since + int(self._keep_results * 1000)
        pause = _FIRST_PAUSE
        while True:
            pictures.clear()
            try:
                if job.set_aside_at is None:
                    await self._fetch(job, pictures, may_be_kept=looking)
                if pictures:
                    _require_unrefused(job)
                if job.result_channel_id is None:
                    place = await self._delivery.choose_place(job)
                    job = await self._store.deliveries.record_place(job, place)
                if await self._fleet.until_it_holds():
                    await self._require_held(job)
                    looking = True
                posted = await self._delivery.find(job, since) if looking else None
                since = self._clock.now_ms()
                posted = posted or await self._delivery.post(job, pictures)
            except (LeaseLost, DatabaseAway):
                raise
            except WordsRefused:
                await self._keep(job, pictures, kept_since)
                await self._store.automod.withhold(job, self._withheld(job))
                _log.info("job.withheld", job=job.id)
                return None
            except Exception as failed:
                if not isinstance(failed, DeliveryFailed | PictureDelayed):
                    # a bug must not leave a paid picture where only a restart would find it
                    _log.exception("job.delivery_broke", job=job.id, incident=incident_id(failed))
                _log.warning("job.not_delivered", job=job.id, reason=str(failed), may_pass=_may_pass(failed))
                await self._keep(job, pictures, kept_since)
                if self._clock.now_ms() > until:
                    await self._store.deliveries.give_up(job, self._clock.now_ms())
                    _log.error("job.undeliverable", job=job.id, reason=str(failed))
                    return None
                if isinstance(failed, DeliveryFailed) and not failed.may_pass:
                    await self._status_messages.hold(job.id, until // 1000, failed.hindrance)
                pause = await self._pause(failed, pause)
                looking = True  # Discord may have taken it and lost the answer
            else:
                delivered = await self._store.deliveries.end(
                    job, posted.channel_id, posted.message_id, posted.positions, self._clock.now_ms()
                )
                seconds = _seconds_until(delivered)
                self._metrics.posted(seconds)
                _log.info(
                    "job.delivered",
                    job=job.id,
                    channel=posted.channel_id,
                    message=posted.message_id,
                    **seconds,
                )
                return delivered

    def _withheld(self, job: Job) -> Action:
        """Tell moderators that AutoMod does not let a result stand."""
        owner, now = job.account, self._clock.now_ms()
        kind, about = ActionKind.WITHHOLD, About.JOB
        return Action(owner.guild_id, owner.user_id, kind, about, job.id, withheld(job), None, now)

    async def _require_held(self, job: Job) -> None:
        """Raise `LeaseLost` where another worker delivers a job now."""
        if job not in await self._store.deliveries.held_by(self._fleet.owner):
            raise LeaseLost(str(job.id))

    async def _pause(self, failed: Exception, pause: float) -> float:
        """Wait before the next try, long where somebody has to mend something; give the pause after that."""
        seconds = pause if _may_pass(failed) else _REFUSED_PAUSE
        if isinstance(failed, PictureDelayed) and failed.spark_away:
            seconds = min(pause, _AWAY_PAUSE)
        waiting = asyncio.create_task(self._clock.sleep(seconds))
        stopping = asyncio.create_task(self._stopping.wait())
        both: list[asyncio.Task[Any]] = [waiting, stopping]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in both:
                each.cancel()
        if self._stopping.is_set():
            raise asyncio.CancelledError
        return min(_LONGEST_PAUSE, pause * 2)

    async def _fetch(self, job: Job, pictures: dict[int, Picture], *, may_be_kept: bool) -> None:
        """Fetch a job's pictures side by side into `pictures`; one that is lost stays out."""
        for each in await asyncio.gather(
            *(self._fetch_of(task, pictures, may_be_kept=may_be_kept) for task in job.succeeded),
            return_exceptions=True,
        ):
            if each is not None:
                raise each

    async def _fetch_of(self, task: Task, pictures: dict[int, Picture], *, may_be_kept: bool = True) -> None:
        """Fetch a task's pictures into `pictures`, one after the other."""
        for position in task.positions:
            if (picture := await self._pictures.of(task, position, may_be_kept=may_be_kept)) is not None:
                pictures[position] = picture

    async def _keep(self, job: Job, pictures: Mapping[int, Picture], since: int) -> None:
        """Keep what was fetched, since Spark gives it out for a day only."""
        for task in job.succeeded:
            await self._keep_of(task, pictures, since)

    async def _keep_of(self, task: Task, pictures: Mapping[int, Picture], since: int) -> None:
        for position in task.positions:
            if position in pictures:
                await self._store.deliveries.keep_result(task, pictures[position].data, since, position)

    async def _post_late_picture(self, task: Task) -> None:
        async def post(job: Job) -> None:
            pictures: dict[int, Picture] = {}
            await self._fetch_of(task, pictures)
            if not pictures:
                return
            try:
                _require_unrefused(job)
                if await self._delivery.find_late(job, task) is None:
                    await self._delivery.post_late(job, task, pictures)
            except DeliveryFailed:
                await self._keep_of(task, pictures, self._clock.now_ms())
                raise

        if await self._posted_late(task.job_id, post):
            await self._store.deliveries.record_late(task, self._clock.now_ms())

    async def _post_late_end(self, job_id: int, tasks: Sequence[Task]) -> None:
        async def post(job: Job) -> None:
            if await self._delivery.find_end(job, tasks) is None:
                await self._delivery.post_end(job, tasks)

        if await self._posted_late(job_id, post):
            await self._store.deliveries.record_late_end(job_id, tasks, self._clock.now_ms())

    async def _posted_late(self, job_id: int, post: Callable[[Job], Awaitable[None]]) -> bool:
        """Post a message after its job's, trying until results are no longer kept; tell whether it stands."""
        until = self._clock.now_ms() + int(self._keep_results * 1000)
        pause = _FIRST_PAUSE
        while (job := await self._store.jobs.get(job_id)) is not None and job.erased_at is None:
            try:
                await self._fleet.until_it_holds()
                await post(job)
            except WordsRefused:
                await self._store.automod.withhold_late(job, self._withheld(job))
                _log.info("job.withheld", job=job_id)
                return False
            except (DeliveryFailed, PictureDelayed) as failed:
                _log.warning("late.not_delivered", job=job_id, reason=str(failed))
                if self._clock.now_ms() > until:
                    _log.error("late.undeliverable", job=job_id, reason=str(failed))
                    return False
                pause = await self._pause(failed, pause)
            else:
                return True
        return False


def _seconds_until(job: Job) -> dict[str, float]:
    """Tell after how many seconds a job was all sent, all seen to have ended, and posted."""
    moments = {
        "sent": max((task.submitted_at for task in job.tasks if task.submitted_at is not None), default=None),
        "seen": max((task.ended_at for task in job.tasks if task.ended_at is not None), default=None),
        "posted": job.ended_at,
    }
    return {name: (at - job.accepted_at) / 1000 for name, at in moments.items() if at is not None}


def _may_be_late(taken: Job, delivered: Job) -> bool:
    """Whether something of a job was open when it was taken for delivery, or was not posted with its message."""
    was_open = any(task.state not in ENDED_TASKS for task in taken.tasks)
    return was_open or any(task.state is TaskState.SUCCEEDED and not task.posted for task in delivered.tasks)


def _require_unrefused(job: Job) -> None:
    """Raise `WordsRefused` where AutoMod has refused a job's words, unless a moderator lets its pictures stand."""
    if job.automod in {AutoMod.REFUSED, AutoMod.KEPT_BACK}:
        raise WordsRefused


def _may_pass(failed: Exception) -> bool:
    return not isinstance(failed, DeliveryFailed) or failed.may_pass
