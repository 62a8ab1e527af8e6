"""The heads of the jobs: what the answer to a command shows while its job runs, and when it is done."""

import asyncio

import structlog

from bot.domain.states import TaskState
from bot.jobs.background import Background
from bot.jobs.estimates import Estimates
from bot.jobs.ports import Delivery, DeliveryFailed, Progress
from bot.store import Store
from spark.clock import Clock

_log = structlog.get_logger()
_TRIES = 4


class Heads:
    """Edits one job's head at a time, so that a slow edit never lands on a later one."""

    def __init__(
        self,
        store: Store,
        delivery: Delivery,
        estimates: Estimates,
        clock: Clock,
        background: Background,
        at_once: int,
    ) -> None:
        """Build for a worker that lets one person have `at_once` tasks at Spark."""
        self._store = store
        self._delivery = delivery
        self._estimates = estimates
        self._clock = clock
        self._background = background
        self._at_once = at_once
        self._edits: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()

    def show(self, job_id: int) -> None:
        """Show in the background how a job stands, after the edit of its head that may be under way."""
        if job_id in self._edits:
            self._again.add(job_id)
            return
        edit = self._background.spawn(self._show(job_id), f"head of {job_id}")
        self._edits[job_id] = edit
        edit.add_done_callback(lambda _: self._edits.pop(job_id, None))

    async def finish(self, job_id: int) -> None:
        """Show how a job ended; where Discord refuses for long, the next start tries again."""
        self._again.discard(job_id)
        if (edit := self._edits.get(job_id)) is not None:
            await asyncio.wait([edit])
        for attempt in range(_TRIES):
            job = await self._store.jobs.get(job_id)
            if job is None:
                return
            try:
                await self._delivery.finish_head(job)
            except DeliveryFailed as failed:
                _log.warning("head.not_finished", job=job_id, reason=str(failed))
                if not failed.may_pass:
                    break
                await self._clock.sleep(2.0**attempt)
            else:
                break
        else:
            return
        await self._store.jobs.record_head_final(job_id)

    async def hold(self, job_id: int, until: int) -> None:
        """Show that a result cannot be posted now, where Discord lets that much be shown."""
        job = await self._store.jobs.get(job_id)
        if job is None:
            return
        try:
            await self._delivery.show_held(job, until)
        except DeliveryFailed as failed:
            _log.info("head.not_shown", job=job_id, reason=str(failed))

    async def _show(self, job_id: int) -> None:
        await self._show_once(job_id)
        while job_id in self._again:
            self._again.discard(job_id)
            await self._show_once(job_id)

    async def _show_once(self, job_id: int) -> None:
        job = await self._store.jobs.get(job_id)
        if job is None:
            return
        waiting = all(task.state is TaskState.QUEUED for task in job.tasks)
        ahead = await self._store.tasks.waiting_before(job_id) if waiting else 0
        models = [task.model for task in job.tasks]
        seconds = self._estimates.seconds_until_ready(models, ahead, self._at_once)
        progress = Progress(not waiting, ahead, int(self._clock.time() + seconds))
        try:
            await self._delivery.show(job, progress)
        except DeliveryFailed as failed:
            _log.info("head.not_shown", job=job_id, reason=str(failed))
