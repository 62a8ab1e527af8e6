"""The worker: claims tasks, drives them through Spark, and hands their jobs over to Discord."""

import asyncio
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

import structlog

import spark
from bot.domain.jobs import Job, Task
from bot.domain.limits import Ceilings
from bot.domain.privacy import Keeping
from bot.domain.shards import Shards
from bot.domain.states import TaskState
from bot.jobs.background import Background
from bot.jobs.delivering import Deliverer
from bot.jobs.driving import Driver, Patience
from bot.jobs.estimates import Estimates
from bot.jobs.fleet import Fleet
from bot.jobs.outages import through_outages
from bot.jobs.ports import Delivery
from bot.jobs.previews import Previews
from bot.jobs.queue_forecast import QueueForecast
from bot.jobs.requests import Requests
from bot.jobs.result_pictures import ResultPictures
from bot.jobs.retention import Retention
from bot.jobs.rounds import Rounds
from bot.jobs.status_messages import StatusMessages
from bot.metrics import JobMetrics
from bot.store import CLAIMED_AT_ONCE, Adopted, Capacity, DatabaseAway, Store
from spark.clock import Clock

_log = structlog.get_logger()
_SWEEP_EVERY = 60.0
_CLOCKS_DIFFER = 3600_000
"""Milliseconds by which another host's clock may be ahead."""
_SHORT_PAUSE = 1.0
"""Seconds after a round that has failed again and again, where a lease hangs on it."""
_LEARNED_AT_START = 200
_LEARNED_EACH_MINUTE = 50
_ANSWERED_WITHIN = 3000
"""Milliseconds that Discord gives for the first answer to a command."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator has chosen about the work."""

    capacity: Capacity
    patience: Patience
    ceilings: Ceilings
    keeping: Keeping


class Worker:
    """One process's work: `start` takes over what a dead one left, `stop` leaves nothing half done."""

    def __init__(
        self,
        store: Store,
        client: spark.Client,
        poller: spark.Poller,
        requests: Requests,
        delivery: Delivery,
        pictures: ResultPictures,
        previewer: spark.Previewer,
        estimates: Estimates,
        rules: Rules,
        fleet: Fleet,
        metrics: JobMetrics,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self._store = store
        self._metrics = metrics
        self._fleet = fleet
        self._poller = poller
        self._rules = rules
        self._clock = clock
        self._watch = Background()
        self._loops = Background()
        self._driving = Background()
        self._delivering = Background()
        self._wake = asyncio.Event()
        self._taken: dict[int, int | None] = {}
        """The jobs that are new since the last claim, with the messages that answered their commands."""
        self._driven: set[str] = set()
        self._more_wait = True
        """Whether a place that becomes free may be of use to anybody."""
        self._next_claim_at: int | None = None
        self._claimed_at: float | None = None
        """On the monotonic clock."""
        self._unheard = False
        """Whether the last claim's commit may have been made without its answer."""
        self.rounds = Rounds(metrics, clock)
        self.queue_forecast = QueueForecast(store, estimates, rules.capacity, clock)
        self._status_messages = StatusMessages(
            store,
            delivery,
            Previews(previewer, pictures),
            self.queue_forecast,
            client,
            fleet,
            clock,
            self._delivering,
            self._wake.set,
        )
        self._deliverer = Deliverer(
            store, pictures, delivery, self._status_messages, fleet, metrics, clock, rules.keeping.results
        )
        self._retention = Retention(store, rules.keeping, rng)
        self._driver = Driver(
            store,
            client,
            poller,
            requests,
            estimates,
            rules.patience,
            rules.ceilings,
            clock,
            rng,
            fleet.owner,
            self._task_changed,
        )

    async def start(self) -> None:
        """Take over what a dead worker left, and begin to claim."""
        for task in await self._store.tasks.recent_successes(_LEARNED_AT_START):
            self._driver.recall(task)
        gone = await self._fleet.begin()
        adopted = await self._adopt(gone)
        if self._fleet.shared:
            await self._fleet.news()  # of those that are left
        if self._fleet.size == 1:
            await self._finish_what_ended(self._clock.now_ms())
            self._status_messages.take_over(await self._store.tasks.undecided_jobs())
        self._begin_rounds()
        _log.info(
            "worker.started", worker=self._fleet.owner, resumed=len(adopted.running), unknown=len(adopted.unknown)
        )

    async def stop(self, grace: float) -> None:
        """Claim no more, record the answers in flight, let deliveries end; after `grace` seconds, stop anyway."""
        self.rounds.end()
        await self._loops.cancel()
        try:
            if not await self._driver.answers_recorded(grace):
                _log.warning("worker.answers_outstanding", they_become="unknown")
        finally:
            await self._driving.cancel()  # what runs at Spark goes on there; others, or the next start, look at it
            await self._hand_over()
            self._deliverer.stop_waiting()
            await self._delivering.finish(grace)
            await self._watch.cancel()
        await self._fleet.end()
        _log.info("worker.stopped", worker=self._fleet.owner)

    @property
    def claimed_ago(self) -> float | None:
        """Tell how many seconds ago a claim went well, or the first was to be made; None before."""
        return None if self._claimed_at is None else self._clock.monotonic() - self._claimed_at

    def serve(self, shards: Shards) -> None:
        """Hear which shards this process serves by now, and write it down for whoever looks at all processes."""
        self._fleet.shards = shards
        self._loops.spawn(through_outages(self._clock, self._fleet.write_shards, "shards"), "shards")

    def take(self, job_id: int, status_message_id: int | None) -> None:
        """Hear of a newly accepted job, and of the message that answered its command, where that is known."""
        self._metrics.accepted()
        self._taken[job_id] = status_message_id
        self._wake.set()

    def show_end(self, job_id: int) -> None:
        """Show on the status message of an ended job what has become of it since."""
        self._delivering.spawn(
            through_outages(
                self._clock, partial(self._status_messages.finish, job_id), f"status message of {job_id}"
            ),
            f"status message of {job_id}",
            job_id=job_id,
        )

    def deliver(self, job_id: int) -> None:
        """Post in the background what is there of a job by now."""
        self._delivering.spawn(self._deliver(job_id), f"delivery of {job_id}", job_id=job_id)

    async def idle(self) -> None:
        """Wait until every job has ended and nothing is being delivered."""
        while True:
            change = self._delivering.next_change
            if not await self._store.jobs.unfinished() and not self._delivering.busy:
                return
            await change.wait()

    def _drive(self, task: Task) -> None:
        self._driven.add(task.name)
        driving = self._driving.spawn(self._driver.drive(task), f"task {task.name}", job_id=task.job_id)
        driving.add_done_callback(lambda _: self._driven.discard(task.name))

    def _begin_rounds(self) -> None:
        self._claimed_at = self._clock.monotonic()
        begin, fleet, messages = self.rounds.begin, self._fleet, self._status_messages
        if fleet.shared:
            begin("lease", fleet.renew, fleet.until_renewal, self._watch, longest_pause=_SHORT_PAUSE)
            begin("others", self._hear_of_others, fleet.until_news, self._loops, longest_pause=_SHORT_PAUSE)
            begin("notifications", fleet.listen, _at_once, self._loops)
        begin("claims", self._claim_round, self._something_to_claim, self._loops)
        begin("sweeps", self._sweep, partial(self._clock.sleep, _SWEEP_EVERY), self._loops)
        begin("status messages", messages.refresh, messages.until_stale, self._loops)
        begin("times", messages.keep_true, messages.until_next_look, self._loops)

    async def _hear_of_others(self) -> None:
        """Go on with what a worker has left that is gone, and claim what others could not."""
        news = await self._fleet.news()
        self._poller.share(self._fleet.size)
        if news.any_gone:
            adopted = await self._adopt()
            _log.warning(
                "worker.adopted",
                queued=len(adopted.requeued),
                unknown=len(adopted.unknown),
                running=len(adopted.running),
                delivering=len(adopted.delivering),
            )
            self._status_messages.take_over(await self._store.tasks.undecided_jobs())
            # whenever that was by its clock; a message that another is about to edit shows the same twice
            await self._finish_status_messages(self._clock.now_ms() + _CLOCKS_DIFFER)
        if news.any_queued:
            self._wake.set()

    async def _adopt(self, gone: Collection[str] = ()) -> Adopted:
        """Take what hung on workers whose lease is over, or that are known to be `gone`, and go on with it."""
        adopted = await self._store.workers.adopt(self._fleet.owner, self._clock.now_ms(), gone=gone)
        await self._go_on_with(adopted)
        return adopted

    async def _hand_over(self) -> None:
        try:
            await self._fleet.hand_over()
        except DatabaseAway as away:  # then it is adopted once the lease is over
            _log.warning("worker.not_handed_over", error=str(away))

    async def _go_on_with(self, adopted: Adopted) -> None:
        for task in adopted.unknown:
            why = "the process ended before Spark's answer came"
            _log.warning("task.unknown", task=task.name, job=task.job_id, why=why)
            self._task_changed(task)
        for task in adopted.running:
            self._driving.spawn(self._driver.resume(task), f"task {task.name}", job_id=task.job_id)
        for job in await self._store.deliveries.held_by(self._fleet.owner) if adopted.delivering else ():
            if job.id in adopted.delivering:
                delivery = self._deliverer.deliver(job, resumed=True)
                self._delivering.spawn(delivery, f"delivery of {job.id}", job_id=job.id)
        for job_id in await self._store.deliveries.ready():
            self.deliver(job_id)
        if adopted.requeued:
            self._wake.set()

    async def _finish_what_ended(self, before: int) -> None:
        """Tell what a worker that is gone had still to tell of what had ended `before`."""
        late = [*await self._store.deliveries.late_pictures(), *await self._store.deliveries.late_ends()]
        for job_id in {task.job_id for task in late if (task.ended_at or 0) <= before}:
            self._delivering.spawn(self._deliverer.follow_up(job_id), f"late end of {job_id}", job_id=job_id)
        await self._finish_status_messages(before)

    async def _finish_status_messages(self, before: int) -> None:
        """Show on the status messages of jobs that had ended `before` what has become of them."""
        for job in await self._store.jobs.unfinished_status_messages(before):
            finishing = self._status_messages.finish(job.id)
            self._delivering.spawn(finishing, f"status message of {job.id}", job_id=job.id)

    async def _claim_round(self) -> None:
        """Claim what may be claimed, and note whether there is more, and when."""
        self._wake.clear()
        self._more_wait = True  # whatever ends while this is asked may have held a place back
        unheard = await self._claimed_unheard()
        taken = dict(self._taken)
        answers = {job_id: message_id for job_id, message_id in taken.items() if message_id is not None}
        try:
            claimed = await self._store.tasks.claim(
                self._fleet.owner, self._rules.capacity, self._clock.now_ms(), answers
            )
        except DatabaseAway:
            self._unheard = True
            raise
        self._unheard = False
        self._metrics.claimed(len(claimed.tasks))
        self._claimed_at = self._clock.monotonic()
        self._more_wait, self._next_claim_at = claimed.more_wait, claimed.next_at
        for task in (begun := [*unheard, *claimed.tasks]):
            self._drive(task)
        for job_id in taken:
            del self._taken[job_id]
        self._show_status_messages(taken.keys(), begun)
        if len(begun) >= CLAIMED_AT_ONCE:
            self._wake.set()
        if taken and claimed.more_wait:
            await self._fleet.tell()

    async def _claimed_unheard(self) -> list[Task]:
        """Give what was claimed by a commit whose answer was lost."""
        if not self._unheard:
            return []
        held = await self._store.tasks.claimed_by(self._fleet.owner)
        return [task for task in held if task.name not in self._driven]

    def _show_status_messages(self, taken: Collection[int], begun: Sequence[Task]) -> None:
        """Show each new job once as waiting or begun, and a waiting one again when it begins.

        One whose command is still being answered is shown when it is taken: nobody knows its message yet.
        Where another process has taken it, this one keeps it true from then on.
        """
        answered_by = self._clock.now_ms() - _ANSWERED_WITHIN
        shown = {
            task.job_id
            for task in begun
            if self._status_messages.stands(task.job_id) or not answered_by < task.asked_at
        }
        for job_id in shown.union(taken):
            self._status_messages.show(job_id)
        if self._fleet.size > 1:
            elsewhere = {task.job_id for task in begun}.difference(shown, taken)
            self._status_messages.take_over(elsewhere, self._clock.time())

    async def _something_to_claim(self) -> None:
        """Wait for a new job, a freed place, or the moment from which a task may be sent again."""
        pauses = [asyncio.create_task(self._woken(), name="wake")]
        if (due := self._next_claim_at) is not None:  # it may be past by now, and still nobody has asked since
            pauses.append(asyncio.create_task(self._clock.sleep((due - self._clock.now_ms()) / 1000), name="due"))
        try:
            await asyncio.wait(pauses, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pause in pauses:
                pause.cancel()

    async def _woken(self) -> None:
        await self._wake.wait()

    def _task_changed(self, task: Task) -> None:
        """Hear of a task that went on: a place may be free, its job may be complete."""
        self._metrics.changed(task.state)
        if self._more_wait or task.state is TaskState.QUEUED:
            self._wake.set()
        if task.state is TaskState.QUEUED:
            self._status_messages.show(task.job_id)  # Spark takes nothing now: it waits again
        elif task.state is not TaskState.RUNNING:
            self.deliver(task.job_id)

    async def _deliver(self, job_id: int) -> None:
        """Deliver a job if all its tasks have ended, or what came late after its message."""
        tried = False

        async def begin() -> Job | None:
            nonlocal tried
            if tried:  # the commit before may have been made unheard
                held = await self._store.deliveries.held_by(self._fleet.owner)
                if mine := next((job for job in held if job.id == job_id), None):
                    return mine
            tried = True
            return await self._store.deliveries.begin(job_id, self._fleet.owner, self._clock.now_ms())

        job = await through_outages(self._clock, begin, f"delivery of {job_id}")
        if job is not None:
            await self._deliverer.deliver(job)
        else:
            await self._deliverer.follow_up(job_id)

    async def _sweep(self) -> None:
        """Learn from others, let go of what has been kept long enough, and finish what others have left.

        One worker of all does the last two.
        """
        self._wake.set()  # so that the time since the last claim tells whether claims go on
        if self._fleet.size > 1:
            for task in await self._store.tasks.recent_successes(_LEARNED_EACH_MINUTE):
                self._driver.recall(task)
        if not await self._fleet.leads():
            return
        if self._fleet.shared:
            await self._adopt()  # what was claimed in the moment in which its worker was taken for gone
        now = self._clock.now_ms()
        await self._store.jobs.forget_tokens(now)
        await self._retention.sweep(now)
        hold = int(self._rules.patience.hold * 1000)
        for task in await self._store.tasks.release_unknown(now - hold, now):
            job_id = task.job_id
            _log.info("task.released", task=task.name, job=job_id)
            self._delivering.spawn(self._deliverer.follow_up(job_id), f"late end of {job_id}", job_id=job_id)
        await self._finish_what_ended(now - int(_SWEEP_EVERY * 1000))


async def _at_once() -> None:
    pass
