"""Who works on this database, and what a new worker takes over from one that died."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.jobs import Task
from bot.domain.states import IN_PROGRESS, JOBS, TASKS, JobEvent, TaskEvent, TaskState, steps_of, the_step_of
from bot.store.database import Row, Statement, Steps, Transaction, given, writes
from bot.store.rows import task_from
from bot.store.schema import jobs, tasks, workers
from bot.store.turns import is_unended

_FOLLOWING = steps_of(TASKS, TaskEvent.TAKE_OVER)
_DELIVERING, _STILL = the_step_of(JOBS, JobEvent.TAKE_OVER)


def _moving(states: Iterable[TaskState], **values: object) -> Statement:
    return Statement(
        sa.update(tasks)
        .where(is_unended(), tasks.c.state.in_(list(states)))
        .values(fence=tasks.c.fence + 1, **values)
        .returning(tasks)
    )


_REQUEUE = _moving(
    (state for state, to in _FOLLOWING.items() if to is TaskState.QUEUED), state=TaskState.QUEUED, owner=None
)
_LEAVE_UNKNOWN = _moving(
    (state for state, to in _FOLLOWING.items() if to is TaskState.UNKNOWN),
    state=TaskState.UNKNOWN,
    owner=None,
    **given("ended_at"),
)
_KEEP_RUNNING = _moving((state for state, to in _FOLLOWING.items() if to is state), **given("owner"))
_KEEP_DELIVERING = Statement(
    sa.update(jobs)
    .where(jobs.c.state.in_(IN_PROGRESS), jobs.c.state == _DELIVERING)  # as its index says it, for SQLite
    .values(state=_STILL, fence=jobs.c.fence + 1, **given("owner"))
)
_FORGET_ALL = Statement(sa.delete(workers))
_REGISTER = Statement(sa.insert(workers))
_LEAVE = Statement(sa.delete(workers).where(workers.c.id == sa.bindparam("owner")))


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a dead worker left behind."""

    requeued: tuple[Task, ...]
    """Claimed, and nothing sent: they wait again."""
    unknown: tuple[Task, ...]
    """Found between the commit and Spark's answer: nobody can tell whether Spark accepted them."""
    running: tuple[Task, ...]
    """At Spark, running or overdue: they are looked at again, under a higher fence."""


class WorkerStore(Steps):
    """Workers in the database; one process holds it, so whoever else is written there is dead."""

    @writes
    def take_over(self, tx: Transaction, owner: str, host: str, pid: int, now: int) -> Adopted:
        """Register `owner` and adopt everything that another worker held, in one transaction."""
        tx.run(_FORGET_ALL)
        tx.run(_REGISTER, id=owner, host=host, pid=pid, started_at=now, seen_at=now)
        adopted = Adopted(
            requeued=_in_order(tx.many(_REQUEUE)),
            unknown=_in_order(tx.many(_LEAVE_UNKNOWN, ended_at=now)),
            running=_in_order(tx.many(_KEEP_RUNNING, owner=owner)),
        )
        tx.run(_KEEP_DELIVERING, owner=owner)
        return adopted

    @writes
    def leave(self, tx: Transaction, owner: str) -> None:
        """Take a worker out that has ended in order."""
        tx.run(_LEAVE, owner=owner)


def _in_order(rows: Iterable[Row]) -> tuple[Task, ...]:
    return tuple(sorted((task_from(row) for row in rows), key=lambda task: (task.job_id, task.position)))
