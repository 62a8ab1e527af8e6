"""Who works on this database, and what a new worker takes over from one that died."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.jobs import Task
from bot.domain.states import JOBS, TASKS, JobEvent, TaskEvent, TaskState, steps_of, the_step_of
from bot.store.database import Database
from bot.store.rows import task_from
from bot.store.schema import jobs, tasks, workers


@dataclass(frozen=True, slots=True)
class Adopted:
    """What a dead worker left behind."""

    requeued: tuple[Task, ...]
    """Claimed, and nothing sent: they wait again."""
    unknown: tuple[Task, ...]
    """Found between the commit and Spark's answer: nobody can tell whether Spark accepted them."""
    running: tuple[Task, ...]
    """At Spark, running or overdue: they are looked at again, under a higher fence."""


class WorkerStore:
    """Workers in the database; one process holds it, so whoever else is written there is dead."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take_over(self, owner: str, host: str, pid: int, now: int) -> Adopted:
        """Register `owner` and adopt everything that another worker held, in one transaction."""
        following = steps_of(TASKS, TaskEvent.TAKE_OVER)
        delivering, still = the_step_of(JOBS, JobEvent.TAKE_OVER)
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(workers))
            await connection.execute(
                sa.insert(workers).values(id=owner, host=host, pid=pid, started_at=now, seen_at=now)
            )

            async def move(states: list[TaskState], **values: object) -> tuple[Task, ...]:
                rows = await connection.execute(
                    sa.update(tasks)
                    .where(tasks.c.state.in_(states))
                    .values(fence=tasks.c.fence + 1, **values)
                    .returning(tasks)
                )
                return tuple(sorted((task_from(row) for row in rows), key=lambda t: (t.job_id, t.position)))

            adopted = Adopted(
                requeued=await move(
                    [state for state, to in following.items() if to is TaskState.QUEUED],
                    state=TaskState.QUEUED,
                    owner=None,
                ),
                unknown=await move(
                    [state for state, to in following.items() if to is TaskState.UNKNOWN],
                    state=TaskState.UNKNOWN,
                    owner=None,
                    ended_at=now,
                ),
                running=await move([state for state, to in following.items() if to is state], owner=owner),
            )
            await connection.execute(
                sa.update(jobs)
                .where(jobs.c.state == delivering)
                .values(state=still, owner=owner, fence=jobs.c.fence + 1)
            )
            return adopted

    async def leave(self, owner: str) -> None:
        """Take a worker out that has ended in order."""
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(workers).where(workers.c.id == owner))
