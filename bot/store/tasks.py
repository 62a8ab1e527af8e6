"""The tasks' steps through Spark: each method is one transaction, guarded by state, owner and fence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.domain.jobs import Task
from bot.domain.limits import Ceilings
from bot.domain.prices import LATEST_COUNTS, Price
from bot.domain.queue import Queue
from bot.domain.states import AWAITED, TASKS, TaskEvent, TaskState, holders_step, the_step_of
from bot.store import ledger, refusals, turns, warnings
from bot.store.database import Row, Statement, Steps, Transaction, given, reads, writes
from bot.store.jobs import record_status_message
from bot.store.rows import task_from
from bot.store.schema import jobs, tasks
from bot.store.turns import Capacity
from bot.wording.budgets import budget_refusal, unsent_text
from spark import MODELS


class LeaseLost(Exception):
    """The row is no longer in the state, or no longer held by the worker, that this step starts from."""


_KEY = (tasks.c.job_id == sa.bindparam("of_job"), tasks.c.position == sa.bindparam("of_position"))
_QUEUED, _CLAIMED = the_step_of(TASKS, TaskEvent.CLAIM)
_UNKNOWN, _STARTED_LATE = the_step_of(TASKS, TaskEvent.START_LATE)
_NOT_ENDED = ~ledger.is_ended(tasks.c.job_id, tasks.c.position)

_CLAIM = Statement(
    sa.update(tasks)
    .where(*_KEY, tasks.c.state == _QUEUED)
    .values(**given("owner"), state=_CLAIMED, fence=tasks.c.fence + 1)
    .returning(tasks)
)
_CLAIMED_BY = Statement(
    sa.select(tasks).where(
        turns.is_unended(), tasks.c.state == TaskState.CLAIMED, tasks.c.owner == sa.bindparam("owner")
    )
)
_GET = Statement(sa.select(tasks).where(*_KEY))
_MOVED_ON = Statement(
    sa.select(tasks).where(*_KEY, tasks.c.state != sa.bindparam("was"), tasks.c.fence == sa.bindparam("fence"))
)
_START_LATE = Statement(
    sa.update(tasks)
    .where(*_KEY, tasks.c.state == _UNKNOWN, _NOT_ENDED)
    .values(**given("spark_id", "owner"), state=_STARTED_LATE, fence=tasks.c.fence + 1, ended_at=None)
    .returning(tasks)
)
_TO_RELEASE = Statement(
    sa.select(tasks)
    .where(
        turns.is_unended(),
        tasks.c.state == the_step_of(TASKS, TaskEvent.RELEASE_UNKNOWN)[0],
        tasks.c.ended_at < sa.bindparam("ended_before"),
        _NOT_ENDED,
    )
    .order_by(tasks.c.job_id, tasks.c.position)
    .limit(1)
)
_RECENT = Statement(
    sa.select(tasks)
    .where(tasks.c.state == TaskState.SUCCEEDED, tasks.c.model == sa.bindparam("model"))
    .order_by(tasks.c.ended_at.desc())
    .limit(sa.bindparam("most"))
)
_UNDECIDED = Statement(sa.select(tasks.c.job_id).where(turns.is_unended(), tasks.c.state.in_(AWAITED)).distinct())


def _step(*columns: str, returned: Sequence[sa.ColumnElement[Any]] = (), **values: Any) -> Statement:
    """Build a step of a task by whoever holds it; it changes nothing where the row was changed meanwhile."""
    return Statement(
        sa.update(tasks)
        .where(
            *_KEY,
            tasks.c.state == sa.bindparam("was"),
            tasks.c.owner == sa.bindparam("held_by"),
            tasks.c.fence == sa.bindparam("held_fence"),
        )
        .values(**given("state", *columns), **values)
        .returning(tasks, *returned)
    )


_ROLES = sa.select(jobs.c.role_ids).where(jobs.c.id == tasks.c.job_id).scalar_subquery().label("role_ids")
_STEPS = {
    TaskEvent.BEGIN_SUBMIT: _step("submitted_at", "estimate_nano", returned=[_ROLES]),
    TaskEvent.REQUEUE: _step(
        "not_before", "refused_at", owner=None, attempts=tasks.c.attempts + 1, submitted_at=None
    ),
    TaskEvent.POSTPONE: _step("not_before", "refused_at", owner=None),
    TaskEvent.START: _step("spark_id"),
    TaskEvent.MARK_UNKNOWN: _step("ended_at", owner=None),
    TaskEvent.MARK_OVERDUE: _step(),
    TaskEvent.SUCCEED: _step("spark_id", "cost_nano", "result_url", "more_urls", "ended_at", owner=None),
    TaskEvent.FAIL: _step("error_code", "error_text", "spark_id", "cost_nano", "ended_at", owner=None),
}
_NO_MESSAGES: Mapping[int, int] = {}
_END_UNSENT = _step("estimate_nano", "error_text", "ended_at", owner=None, submitted_at=None)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a worker has taken, and whether it pays to ask again."""

    tasks: Sequence[Task]
    more_wait: bool
    """Whether anything is queued still: for a free place, or for its time."""
    next_at: int | None
    """From when on the first task may be taken that might not be taken yet, in Unix milliseconds."""


class TaskStore(Steps):
    """What a worker does to tasks; a step that finds its row changed raises `LeaseLost` and changes nothing."""

    @writes
    def claim(
        self,
        tx: Transaction,
        owner: str,
        capacity: Capacity,
        now: int,
        status_messages: Mapping[int, int] = _NO_MESSAGES,
    ) -> Claimed:
        """Take queued tasks for `owner`, each person in turn, under the limits; `CLAIMED_AT_ONCE` at the most.

        With it is recorded which messages have answered the commands of some jobs.
        """
        turns.lock_claims(tx)
        for job_id, message_id in status_messages.items():
            record_status_message(tx, job_id, message_id)
        chosen = turns.next_in_turn(tx, capacity, now)
        rows = [tx.maybe(_CLAIM, of_job=job_id, of_position=position, owner=owner) for job_id, position in chosen]
        more_wait = turns.any_queued(tx)
        return Claimed(
            tasks=[task_from(row) for row in rows if row is not None],
            more_wait=more_wait,
            next_at=turns.next_claim_at(tx, now) if more_wait else None,
        )

    @reads
    def claimed_by(self, tx: Transaction, owner: str) -> list[Task]:
        """Give the tasks that `owner` has claimed and not begun to submit."""
        return [task_from(row) for row in tx.many(_CLAIMED_BY, owner=owner)]

    @reads
    def get(self, tx: Transaction, task: Task) -> Task:
        """Read a task as it stands now."""
        return task_from(tx.one(_GET, of_job=task.job_id, of_position=task.position))

    @writes
    def begin_submit(self, tx: Transaction, task: Task, price: int, ceilings: Ceilings, now: int) -> Task:
        """Commit the intent to pay, before the request is sent; after this nothing leads back by itself.

        It is reserved the higher of `price` and what the newest picture of its kind has cost within the hour.
        Where a budget no longer holds that, it ends here instead, unsent and uncharged.
        """
        newest = turns.newest_cost(tx, task, now - LATEST_COUNTS)
        price = max(task.estimate_nano, price, newest)
        row = _moved_row(tx, task, TaskEvent.BEGIN_SUBMIT, submitted_at=now, estimate_nano=price)
        begun = task_from(row)
        exceeded = ledger.raise_to(tx, task, price, frozenset(row.role_ids or ()), ceilings, now)
        if exceeded is None:
            return begun
        refusals.note(tx, task.account, budget_refusal(exceeded, Price(price, learnt=True)), now)
        warnings.note_used_up(tx, task.account, exceeded, now, told=exceeded.scope.is_own)
        ended = _moved(
            tx,
            begun,
            TaskEvent.FAIL,
            _END_UNSENT,
            estimate_nano=task.estimate_nano,
            error_text=unsent_text(exceeded, price),
            ended_at=now,
        )
        ledger.release(tx, ended, now)
        return ended

    @reads
    def moved_on(self, tx: Transaction, task: Task) -> Task | None:
        """Give a task that its holder's own last step has moved on, though its commit's answer was lost."""
        if task.lease is None:
            return None
        # the same fence: nobody else has held it since
        row = tx.maybe(
            _MOVED_ON, of_job=task.job_id, of_position=task.position, was=task.state, fence=task.lease.fence
        )
        return None if row is None else task_from(row)

    @writes
    def requeue(self, tx: Transaction, task: Task, not_before: int, refused_at: int) -> Task:
        """Put a task back that Spark has proved not to have accepted; it is claimed again from `not_before` on."""
        return _moved(tx, task, TaskEvent.REQUEUE, not_before=not_before, refused_at=refused_at)

    @writes
    def postpone(self, tx: Transaction, task: Task, not_before: int, refused_at: int) -> Task:
        """Put a claimed task back of which nothing was sent; it is claimed again from `not_before` on."""
        return _moved(tx, task, TaskEvent.POSTPONE, not_before=not_before, refused_at=refused_at)

    @writes
    def start(self, tx: Transaction, task: Task, spark_id: str) -> Task:
        """Record the id under which Spark has accepted the task."""
        return _moved(tx, task, TaskEvent.START, spark_id=spark_id)

    @writes
    def start_late(self, tx: Transaction, task: Task, owner: str, spark_id: str) -> Task:
        """Record an id that arrived after the task was given up as `unknown`, unless its money was released."""
        turns.lock_claims(tx)
        row = tx.maybe(_START_LATE, of_job=task.job_id, of_position=task.position, owner=owner, spark_id=spark_id)
        if row is None:
            raise LeaseLost(task.name)
        return task_from(row)

    @writes
    def mark_unknown(self, tx: Transaction, task: Task, now: int) -> Task:
        """Give a submitted task up whose answer is lost; its reservation stays until the hold is over."""
        return _moved(tx, task, TaskEvent.MARK_UNKNOWN, ended_at=now)

    @writes
    def mark_overdue(self, tx: Transaction, task: Task) -> Task:
        """Stop waiting for a task, but not looking for it; its reservation stays until the hold is over."""
        return _moved(tx, task, TaskEvent.MARK_OVERDUE)

    @writes
    def succeed(
        self,
        tx: Transaction,
        task: Task,
        spark_id: str,
        cost_nano: int,
        result_url: str,
        now: int,
        more_urls: Sequence[str] = (),
    ) -> Task:
        """End a task with the addresses of its picture, and of any further ones, and settle its real cost."""
        ended = _moved(
            tx,
            task,
            TaskEvent.SUCCEED,
            spark_id=spark_id,
            cost_nano=cost_nano,
            result_url=result_url,
            more_urls=list(more_urls) or None,
            ended_at=now,
        )
        ledger.settle(tx, ended, cost_nano, now)
        return ended

    @writes
    def fail(
        self,
        tx: Transaction,
        task: Task,
        code: str | None,
        text: str,
        now: int,
        spark_id: str | None = None,
        cost_nano: int | None = None,
    ) -> Task:
        """End a task without a picture; `text` tells its owner why.

        Its reservation is released, or settled with the cost that Spark told all the same.
        """
        ended = _moved(
            tx,
            task,
            TaskEvent.FAIL,
            error_code=code,
            error_text=text,
            spark_id=spark_id or task.spark_id,
            cost_nano=cost_nano,
            ended_at=now,
        )
        if cost_nano is None:
            ledger.release(tx, ended, now)
        else:
            ledger.settle(tx, ended, cost_nano, now)
        return ended

    async def release_unknown(self, ended_before: int, now: int) -> list[Task]:
        """Release the reservations of tasks that have been `unknown` since before `ended_before`."""
        released = []
        # each in its own transaction: locking one person's totals after another's could end in a deadlock
        while (task := await self._release_next(ended_before, now)) is not None:
            released.append(task)
        return released

    @writes
    def _release_next(self, tx: Transaction, ended_before: int, now: int) -> Task | None:
        turns.lock_claims(tx)
        row = tx.maybe(_TO_RELEASE, ended_before=ended_before)
        if row is None:
            return None
        task = task_from(row)
        ledger.release(tx, task, now)
        return task

    @reads
    def recent_successes(self, tx: Transaction, limit: int) -> list[Task]:
        """Give the newest successes of each model, oldest first; prices and durations are learned from them."""
        found = (task_from(row) for model in MODELS for row in tx.many(_RECENT, model=model, most=limit))
        return sorted(found, key=lambda task: task.ended_at or 0)

    @reads
    def undecided_jobs(self, tx: Transaction) -> list[int]:
        """Give the jobs of which something waits or runs."""
        return [row.job_id for row in tx.many(_UNDECIDED)]

    @reads
    def queue(self, tx: Transaction) -> Queue:
        """Read what waits and what is at Spark, as one view of it."""
        return turns.queue(tx)


def _moved(tx: Transaction, task: Task, event: TaskEvent, step: Statement | None = None, **values: Any) -> Task:
    return task_from(_moved_row(tx, task, event, step, **values))


def _moved_row(tx: Transaction, task: Task, event: TaskEvent, step: Statement | None = None, **values: Any) -> Row:
    to = holders_step(TASKS, task.state, event)
    if to is None:
        raise AssertionError(f"task {task.name} is {task.state}: {event} cannot happen to it")
    if task.lease is None:
        raise AssertionError(f"task {task.name} is not held by this worker")
    row = tx.maybe(
        step or _STEPS[event],
        of_job=task.job_id,
        of_position=task.position,
        was=task.state,
        held_by=task.lease.owner,
        held_fence=task.lease.fence,
        state=to,
        **values,
    )
    if row is None:
        raise LeaseLost(task.name)
    return row
