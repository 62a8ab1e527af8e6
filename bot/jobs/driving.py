"""One task's way through Spark: submitted once, looked at until it ends, settled with what it cost."""

import asyncio
import random
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate, ParamSpec

import structlog

import spark
from bot.domain.failures import can_be_sent_again
from bot.domain.incidents import incident_id
from bot.domain.jobs import Task
from bot.domain.limits import Ceilings
from bot.domain.money import nano_from_usd
from bot.domain.states import TaskState
from bot.jobs.estimates import Estimates
from bot.jobs.in_flight import InFlight
from bot.jobs.outages import pause_after, task_step, through_outages
from bot.jobs.ports import DeliveryFailed, InputLost
from bot.jobs.requests import Requests
from bot.store import LeaseLost, Store
from bot.wording.failures import (
    NEVER_FINISHED,
    NEVER_SENT,
    failure_of_look,
    failure_of_submit,
    failure_of_task,
    outage_text,
)
from bot.wording.pictures_for_spark import not_handed_over
from spark.clock import Clock

_log = structlog.get_logger()
_P = ParamSpec("_P")

SUBMIT_PATIENCE = 60.0
"""Seconds after which an answer to a submit is given up, and its task is `unknown`."""
_LONGEST_PAUSE = 60.0
_AWAY_PAUSE = 8.0
"""The longest pause where Spark cannot be reached, so that all goes on soon after its return."""
_INPUT_PAUSE = 5.0
"""Seconds until an input picture that Discord did not hand out is asked for again."""
_REMEMBERED = 2000
"""How many tasks are known to have been learnt from."""
_A_LOOK = 10.0
"""Seconds for a look at a task that may have ended while nobody looked, before it is called late."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a task is waited for, in seconds from its submit."""

    overdue: float
    hold: float
    """Until then, a late picture is still taken and paid for."""


class Driver:
    """Drives claimed tasks to their end; `on_change` hears of each task that its job may be waiting for."""

    def __init__(
        self,
        store: Store,
        client: spark.Client,
        poller: spark.Poller,
        requests: Requests,
        estimates: Estimates,
        patience: Patience,
        ceilings: Ceilings,
        clock: Clock,
        rng: random.Random,
        owner: str,
        on_change: Callable[[Task], None],
    ) -> None:
        self._store = store
        self._client = client
        self._poller = poller
        self._requests = requests
        self._estimates = estimates
        self._patience = patience
        self._ceilings = ceilings
        self._clock = clock
        self._rng = rng
        self._owner = owner
        self._on_change = on_change
        self._submits = InFlight()
        self._learnt: OrderedDict[str, None] = OrderedDict()
        """The names of the tasks that were learnt from last, so that none counts twice."""

    def recall(self, task: Task) -> None:
        """Learn from a task that succeeded elsewhere or in an earlier life: what it cost, and how long it took."""
        if task.name in self._learnt:
            return
        self._learn(task)
        if task.submitted_at is not None and task.ended_at is not None:
            self._poller.recall(_kind(task), (task.ended_at - task.submitted_at) / 1000)

    async def drive(self, task: Task) -> None:
        """Take a claimed task to its end."""
        try:
            await self._submit(task)
        except LeaseLost:
            _log.warning("task.lost", task=task.name)
        except Exception as error:
            _log.exception("task.broke", task=task.name, incident=incident_id(error))
            await self._recover(task)

    async def resume(self, task: Task) -> None:
        """Go on with a task that Spark has already, after a restart."""
        try:
            await self._follow(task)
        except LeaseLost:
            _log.warning("task.lost", task=task.name)
        except Exception as error:
            _log.exception("task.broke", task=task.name, incident=incident_id(error))
            await self._recover(task)

    async def _recover(self, task: Task) -> None:
        """Bring a task on whose step has met a bug: none stays where only a restart would find it."""
        await self._clock.sleep(_LONGEST_PAUSE)
        task = await through_outages(self._clock, lambda: self._store.tasks.get(task), f"task {task.name}")
        if task.lease is None:  # its step was taken; what comes after it was not
            self._on_change(task)
            return
        match task.state:
            case TaskState.CLAIMED:  # nothing was sent
                failed = await self._step(task, self._store.tasks.fail, None, NEVER_SENT, self._clock.now_ms())
                self._on_change(failed)
            case TaskState.SUBMITTING:
                self._on_change(await self._give_up(task))
            case TaskState.RUNNING | TaskState.OVERDUE:
                await self.resume(task)

    async def answers_recorded(self, grace: float) -> bool:
        """Wait up to `grace` seconds until no submit is between its commit and the record of its answer."""
        return await self._submits.landed(grace)

    async def _submit(self, task: Task) -> None:
        """Commit the intent to pay, send the request once, and record what comes back."""
        if (request := await self._complete(task)) is None:
            return
        with self._submits:
            task = await task_step(self._store, self._clock, task, partial(self._begin_submit, task))
            if task.state is TaskState.FAILED:
                _log.warning("task.unsent", task=task.name, reason=task.error_text)
                self._on_change(task)
                return
            sending = asyncio.create_task(self._client.submit(request), name=f"submit {task.name}")
            try:
                answered = await self._within(SUBMIT_PATIENCE, sending)
                task = await self._record_answer(task, sending) if answered else await self._give_up(task)
            except LeaseLost:  # whoever took over has given it up, and does not know of its answer
                answered, given_up = False, task
                task = await through_outages(
                    self._clock, lambda: self._store.tasks.get(given_up), f"task {task.name}"
                )
            except BaseException:
                sending.cancel()
                raise
        self._on_change(task)
        if task.state is TaskState.UNKNOWN and not answered:  # it may have come while that was written down
            task = await self._late_answer(task, sending)
            self._on_change(task)
        if task.state is TaskState.RUNNING:
            await self._follow(task)

    async def _begin_submit(self, task: Task) -> Task:
        """Try the step once: with the price and the time of the try, which an outage may put off for long."""
        price = self._estimates.price(task)
        # what is only expected here may have been known where the task was accepted
        known = price.nano if price.learnt else 0
        return await self._store.tasks.begin_submit(task, known, self._ceilings, self._clock.now_ms())

    async def _complete(self, task: Task) -> spark.Request | None:
        """Build a task's request; None where that is not possible, and the task has ended or waits."""
        try:
            return await through_outages(
                self._clock, lambda: self._requests.request(task), f"request of {task.name}"
            )
        except InputLost as lost:
            _log.warning("task.input_lost", task=task.name, reason=str(lost))
            self._on_change(await self._step(task, self._store.tasks.fail, None, str(lost), self._clock.now_ms()))
        except DeliveryFailed as failed:
            refused_since = task.refused_at if task.refused_at is not None else self._clock.now_ms()
            waited = (self._clock.now_ms() - refused_since) / 1000
            if failed.may_pass and waited < self._patience.overdue:
                _log.info("task.postponed", task=task.name, reason=str(failed))
                not_before = self._clock.now_ms() + int(_INPUT_PAUSE * 1000)
                self._on_change(await self._step(task, self._store.tasks.postpone, not_before, refused_since))
            else:
                _log.warning("task.input_refused", task=task.name, reason=str(failed))
                hindrance = failed.hindrance
                text = not_handed_over(hindrance.why, hindrance.mend)
                if failed.may_pass:
                    text = not_handed_over(str(failed))
                self._on_change(await self._step(task, self._store.tasks.fail, None, text, self._clock.now_ms()))
        return None

    async def _record_answer(self, task: Task, sending: asyncio.Task[spark.Task]) -> Task:
        try:
            answer = sending.result()
        except spark.SparkError as error:
            return await self._record_refusal(task, error)
        except Exception as error:
            # whatever broke, Spark may have the task
            _log.exception("task.submit_broke", task=task.name, incident=incident_id(error))
            return await self._give_up(task)
        if answer.finished:
            return await self._end(task, answer)
        _log.debug("task.running", task=task.name, spark_id=answer.id)
        return await self._step(task, self._store.tasks.start, answer.id)

    async def _record_refusal(self, task: Task, error: spark.SparkError) -> Task:
        said = without_words(str(error), task.params)
        if error.may_have_been_accepted:
            _log.warning("task.answer_lost", task=task.name, error=said)
            return await self._give_up(task)
        if not can_be_sent_again(error):
            _log.warning("task.refused", task=task.name, model=task.model, error=said)
            failure = failure_of_submit(error)
            return await self._step(task, self._store.tasks.fail, failure.code, failure.text, self._clock.now_ms())
        refused_since = task.refused_at if task.refused_at is not None else self._clock.now_ms()
        left = self._patience.overdue - (self._clock.now_ms() - refused_since) / 1000
        if left <= 0:
            _log.warning("task.never_accepted", task=task.name, error=said)
            return await self._step(task, self._store.tasks.fail, None, outage_text(error), self._clock.now_ms())
        # a longer wish of Spark's ends at the deadline
        pause = min(self._pause(error, task.attempts), left)
        tell = _log.debug if isinstance(error, spark.TransportError | spark.ServerError) else _log.info
        tell("task.requeued", task=task.name, error=said, seconds=round(pause, 1))  # that it is away is said once
        not_before = self._clock.now_ms() + max(1, int(pause * 1000))
        return await self._step(task, self._store.tasks.requeue, not_before, refused_since)

    def _pause(self, error: spark.SparkError, attempts: int) -> float:
        longest = _AWAY_PAUSE if isinstance(error, spark.TransportError) else _LONGEST_PAUSE
        return error.retry_after or pause_after(attempts, longest) * self._rng.uniform(0.5, 1.0)

    async def _give_up(self, task: Task) -> Task:
        _log.warning("task.unknown", task=task.name)
        return await self._step(task, self._store.tasks.mark_unknown, self._clock.now_ms())

    async def _late_answer(self, task: Task, sending: asyncio.Task[spark.Task]) -> Task:
        """Take the id of a task that was given up, where Spark's answer still arrives."""
        try:
            await asyncio.wait([sending])
        finally:
            sending.cancel()
        if sending.cancelled() or sending.exception() is not None:
            return task
        answer = sending.result()
        _log.info("task.answered_late", task=task.name, spark_id=answer.id)
        started = await through_outages(
            self._clock, lambda: self._start_late(task, answer.id), f"late answer of {task.name}"
        )
        return await self._end(started, answer) if answer.finished else started

    async def _start_late(self, task: Task, spark_id: str) -> Task:
        try:
            return await self._store.tasks.start_late(task, self._owner, spark_id)
        except LeaseLost:
            current = await self._store.tasks.get(task)
            # its commit may have been made unheard
            if current.state is TaskState.RUNNING and current.spark_id == spark_id:
                return current
            raise

    async def _follow(self, task: Task) -> None:
        """Look at a task until it ends; past its time it is overdue, and past the hold it is given up."""
        if task.spark_id is None or task.submitted_at is None:
            raise AssertionError(f"task {task.name} is {task.state} without an id of Spark's")
        begun = task.submitted_at / 1000
        watching = asyncio.ensure_future(self._poller.watch(task.spark_id, _kind(task), begun))
        try:
            if task.state is TaskState.RUNNING and not await self._within(
                max(_A_LOOK, begun + self._patience.overdue - self._clock.time()), watching
            ):
                task = await self._step(task, self._store.tasks.mark_overdue)
                _log.warning("task.overdue", task=task.name, spark_id=task.spark_id)
                self._on_change(task)
            held = begun + self._patience.hold - self._clock.time()
            if await self._within(max(_A_LOOK, held), watching):
                task = await self._record_end(task, watching)
            else:
                _log.warning("task.abandoned", task=task.name, spark_id=task.spark_id)
                task = await self._step(task, self._store.tasks.fail, None, NEVER_FINISHED, self._clock.now_ms())
        finally:
            watching.cancel()
        self._on_change(task)

    async def _record_end(self, task: Task, watching: asyncio.Future[spark.Task]) -> Task:
        try:
            return await self._end(task, watching.result())
        except spark.SparkError as error:
            said = without_words(str(error), task.params)
            _log.warning("task.unreadable", task=task.name, spark_id=task.spark_id, error=said)
            failure = failure_of_look(error)
            return await self._step(task, self._store.tasks.fail, failure.code, failure.text, self._clock.now_ms())

    async def _end(self, task: Task, answer: spark.Task) -> Task:
        """Settle a task that Spark has finished."""
        told = answer.usage.cost if answer.usage else None
        if answer.failed or not answer.images:
            failure = failure_of_task(answer)
            _log.info("task.failed", task=task.name, spark_id=answer.id, code=failure.code)
            charged = nano_from_usd(told) if told else None
            if charged is not None:
                _log.error("task.charged_without_picture", task=task.name, spark_id=answer.id, cost_nano=charged)
            return await self._step(
                task, self._store.tasks.fail, failure.code, failure.text, self._clock.now_ms(), answer.id, charged
            )
        if told is None:
            _log.warning("task.cost_missing", task=task.name, spark_id=answer.id, settled_as="estimate")
        cost = task.estimate_nano if told is None else nano_from_usd(told)
        url, *more = (image.url for image in answer.images)
        if more:
            _log.info("task.several_pictures", task=task.name, spark_id=answer.id, pictures=len(answer.images))
        ended = await self._step(task, self._store.tasks.succeed, answer.id, cost, url, self._clock.now_ms(), more)
        self._learn(ended)
        _log.info("task.succeeded", task=ended.name, spark_id=answer.id, cost_nano=cost)
        return ended

    def _learn(self, task: Task) -> None:
        self._estimates.learn(task)
        self._learnt[task.name] = None
        if len(self._learnt) > _REMEMBERED:
            self._learnt.popitem(last=False)

    async def _step(
        self,
        task: Task,
        step: Callable[Concatenate[Task, _P], Awaitable[Task]],
        *args: _P.args,
        **kwargs: _P.kwargs,
    ) -> Task:
        """Take a task's next step in the database, waiting for it where it is away."""
        return await task_step(self._store, self._clock, task, lambda: step(task, *args, **kwargs))

    async def _within(self, seconds: float, future: asyncio.Future[spark.Task]) -> bool:
        """Wait for `future`, but no longer than `seconds` on the clock; tell whether it is done."""
        if future.done():
            return True
        limit = asyncio.create_task(self._clock.sleep(seconds))
        both: list[asyncio.Future[Any]] = [future, limit]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            limit.cancel()
        return future.done()


def _kind(task: Task) -> Hashable:
    """Name what tasks have in common that take about as long as each other."""
    return task.model, task.width, task.height


def without_words(text: str, params: Mapping[str, Any]) -> str:
    """Take out of a text what it quotes of a person's words: whole parameters, and single words of some length."""
    said = [value for value in params.values() if isinstance(value, str) and value]
    quoted = [*said, *(word for value in said for word in re.findall(r"\w{4,}", value))]
    if not quoted:
        return text
    longest_first = sorted(map(re.escape, quoted), key=len, reverse=True)
    return re.sub("|".join(longest_first), "…", text, flags=re.IGNORECASE)
