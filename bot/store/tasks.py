"""The tasks' steps through Spark: each method is one transaction, guarded by state, owner and fence."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Scope
from bot.domain.jobs import Task
from bot.domain.limits import Ceilings
from bot.domain.prices import LATEST_COUNTS
from bot.domain.queue import Queue
from bot.domain.states import AWAITED, TASKS, TaskEvent, TaskState, holders_step, the_step_of
from bot.store import ledger, refusals, turns, warnings
from bot.store.database import CLAIM_LOCK, Database
from bot.store.rows import has_key, task_from
from bot.store.schema import jobs, tasks
from bot.store.turns import Capacity
from bot.wording.budgets import budget_refusal, unsent_text


class LeaseLost(Exception):
    """The row is no longer in the state, or no longer held by the worker, that this step starts from."""


class TaskStore:
    """What a worker does to tasks; a step that finds its row changed raises `LeaseLost` and changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, owner: str, capacity: Capacity, now: int) -> list[Task]:
        """Take queued tasks for `owner`, each person in turn, under the limits; `CLAIMED_AT_ONCE` at the most."""
        waiting, claimed = the_step_of(TASKS, TaskEvent.CLAIM)
        async with self._database.writing() as connection:
            await lock_claims(connection)
            chosen = await turns.next_in_turn(connection, capacity, now)
            if not chosen:
                return []
            rows = await connection.execute(
                sa.update(tasks)
                .where(
                    has_key((tasks.c.job_id, tasks.c.position), chosen),
                    tasks.c.state == waiting,
                )
                .values(state=claimed, owner=owner, fence=tasks.c.fence + 1)
                .returning(tasks)
            )
            return sorted((task_from(row) for row in rows), key=lambda t: chosen.index((t.job_id, t.position)))

    async def claimed_by(self, owner: str) -> list[Task]:
        """Give the tasks that `owner` has claimed and not begun to submit."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(tasks).where(tasks.c.state == TaskState.CLAIMED, tasks.c.owner == owner)
            )
            return [task_from(row) for row in rows]

    async def get(self, task: Task) -> Task:
        """Read a task as it stands now."""
        async with self._database.reading() as connection:
            row = await connection.execute(
                sa.select(tasks).where(tasks.c.job_id == task.job_id, tasks.c.position == task.position)
            )
            return task_from(row.one())

    async def next_claim_at(self, after: int) -> int | None:
        """Tell when the first queued task may be claimed that might not at `after` (Unix milliseconds).

        None where there is none: what might have been claimed then waits for a place.
        """
        async with self._database.reading() as connection:
            return await turns.next_claim_at(connection, after)

    async def begin_submit(self, task: Task, price: int, ceilings: Ceilings, now: int) -> Task:
        """Commit the intent to pay, before the request is sent; after this nothing leads back by itself.

        It is reserved the higher of `price` and what the newest picture of its kind has cost within the hour.
        Where a budget no longer holds that, it ends here instead, unsent and uncharged.
        """
        async with self._database.writing() as connection:
            newest = await turns.newest_cost(connection, task, now - LATEST_COUNTS)
            price = max(task.estimate_nano, price, newest)
            begun = await _step(connection, task, TaskEvent.BEGIN_SUBMIT, submitted_at=now, estimate_nano=price)
            role_ids = await connection.scalar(sa.select(jobs.c.role_ids).where(jobs.c.id == task.job_id))
            exceeded = await ledger.raise_to(connection, task, price, frozenset(role_ids or ()), ceilings, now)
            if exceeded is None:
                return begun
            await refusals.note(connection, task.account, budget_refusal(exceeded, price), now)
            told = exceeded.scope is Scope.PERSON
            await warnings.note_used_up(connection, task.account, exceeded, now, told=told)
            ended = await _step(
                connection,
                begun,
                TaskEvent.FAIL,
                owner=None,
                submitted_at=None,
                estimate_nano=task.estimate_nano,
                error_text=unsent_text(exceeded, price),
                ended_at=now,
            )
            await ledger.release(connection, task.job_id, task.position, now)
            return ended

    async def moved_on(self, task: Task) -> Task | None:
        """Give a task that its holder's own last step has moved on, though its commit's answer was lost."""
        if task.lease is None:
            return None
        async with self._database.reading() as connection:
            row = (
                await connection.execute(
                    sa.select(tasks).where(
                        tasks.c.job_id == task.job_id,
                        tasks.c.position == task.position,
                        tasks.c.state != task.state,
                        tasks.c.fence == task.lease.fence,  # nobody else has held it since
                    )
                )
            ).one_or_none()
            return None if row is None else task_from(row)

    async def requeue(self, task: Task, not_before: int, refused_at: int) -> Task:
        """Put a task back that Spark has proved not to have accepted; it is claimed again from `not_before` on."""
        async with self._database.writing() as connection:
            return await _step(
                connection,
                task,
                TaskEvent.REQUEUE,
                owner=None,
                not_before=not_before,
                attempts=task.attempts + 1,
                refused_at=refused_at,
                submitted_at=None,
            )

    async def postpone(self, task: Task, not_before: int, refused_at: int) -> Task:
        """Put a claimed task back of which nothing was sent; it is claimed again from `not_before` on."""
        async with self._database.writing() as connection:
            return await _step(
                connection, task, TaskEvent.POSTPONE, owner=None, not_before=not_before, refused_at=refused_at
            )

    async def start(self, task: Task, spark_id: str) -> Task:
        """Record the id under which Spark has accepted the task."""
        async with self._database.writing() as connection:
            return await _step(connection, task, TaskEvent.START, spark_id=spark_id)

    async def start_late(self, task: Task, owner: str, spark_id: str) -> Task:
        """Record an id that arrived after the task was given up as `unknown`, unless its money was released."""
        unknown, started = the_step_of(TASKS, TaskEvent.START_LATE)
        async with self._database.writing() as connection:
            await lock_claims(connection)
            row = (
                await connection.execute(
                    sa.update(tasks)
                    .where(
                        tasks.c.job_id == task.job_id,
                        tasks.c.position == task.position,
                        tasks.c.state == unknown,
                        ~ledger.is_ended(tasks.c.job_id, tasks.c.position),
                    )
                    .values(
                        state=started,
                        spark_id=spark_id,
                        owner=owner,
                        fence=tasks.c.fence + 1,
                        ended_at=None,
                    )
                    .returning(tasks)
                )
            ).one_or_none()
            if row is None:
                raise LeaseLost(task.name)
            return task_from(row)

    async def mark_unknown(self, task: Task, now: int) -> Task:
        """Give a submitted task up whose answer is lost; its reservation stays until the hold is over."""
        async with self._database.writing() as connection:
            return await _step(connection, task, TaskEvent.MARK_UNKNOWN, owner=None, ended_at=now)

    async def mark_overdue(self, task: Task) -> Task:
        """Stop waiting for a task, but not looking for it; its reservation stays until the hold is over."""
        async with self._database.writing() as connection:
            return await _step(connection, task, TaskEvent.MARK_OVERDUE)

    async def succeed(
        self,
        task: Task,
        spark_id: str,
        cost_nano: int,
        result_url: str,
        now: int,
        more_urls: Sequence[str] = (),
    ) -> Task:
        """End a task with the addresses of its picture, and of any further ones, and settle its real cost."""
        async with self._database.writing() as connection:
            ended = await _step(
                connection,
                task,
                TaskEvent.SUCCEED,
                owner=None,
                spark_id=spark_id,
                cost_nano=cost_nano,
                result_url=result_url,
                more_urls=list(more_urls) or None,
                ended_at=now,
            )
            await ledger.settle(connection, task.job_id, task.position, cost_nano, now)
            return ended

    async def fail(
        self,
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
        async with self._database.writing() as connection:
            ended = await _step(
                connection,
                task,
                TaskEvent.FAIL,
                owner=None,
                error_code=code,
                error_text=text,
                spark_id=spark_id or task.spark_id,
                cost_nano=cost_nano,
                ended_at=now,
            )
            if cost_nano is None:
                await ledger.release(connection, task.job_id, task.position, now)
            else:
                await ledger.settle(connection, task.job_id, task.position, cost_nano, now)
            return ended

    async def release_unknown(self, ended_before: int, now: int) -> list[Task]:
        """Release the reservations of tasks that have been `unknown` since before `ended_before`."""
        released = []
        # each in its own transaction: locking one person's totals after another's could end in a deadlock
        while (task := await self._release_next(ended_before, now)) is not None:
            released.append(task)
        return released

    async def _release_next(self, ended_before: int, now: int) -> Task | None:
        unknown, _ = the_step_of(TASKS, TaskEvent.RELEASE_UNKNOWN)
        async with self._database.writing() as connection:
            await lock_claims(connection)
            row = (
                await connection.execute(
                    sa.select(tasks)
                    .where(
                        turns.is_unended(),
                        tasks.c.state == unknown,
                        tasks.c.ended_at < ended_before,
                        ~ledger.is_ended(tasks.c.job_id, tasks.c.position),
                    )
                    .order_by(tasks.c.job_id, tasks.c.position)
                    .limit(1)
                )
            ).one_or_none()
            if row is None:
                return None
            await ledger.release(connection, row.job_id, row.position, now)
            return task_from(row)

    async def recent_successes(self, limit: int) -> list[Task]:
        """Give the newest succeeded tasks, oldest first: what prices and waiting times are learned from."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(tasks)
                .where(tasks.c.state == TaskState.SUCCEEDED)
                .order_by(tasks.c.ended_at.desc())
                .limit(limit)
            )
            return [task_from(row) for row in rows][::-1]

    async def undecided_jobs(self) -> list[int]:
        """Give the jobs of which something waits or runs."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(tasks.c.job_id).where(turns.is_unended(), tasks.c.state.in_(AWAITED)).distinct()
            )
            return [row.job_id for row in rows]

    async def queue(self) -> Queue:
        """Read what waits and what is at Spark, as one view of it."""
        async with self._database.reading() as connection:
            return await turns.queue(connection)


async def lock_claims(connection: AsyncConnection) -> None:
    """Take turns with every other step that decides by more than the row it changes, until the transaction ends.

    PostgreSQL decides by what was there when a statement began, even where it then waited for the row.
    On SQLite nobody else writes anyway.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(CLAIM_LOCK)))


async def _step(connection: AsyncConnection, task: Task, event: TaskEvent, **values: Any) -> Task:
    to = holders_step(TASKS, task.state, event)
    if to is None:
        raise AssertionError(f"task {task.name} is {task.state}: {event} cannot happen to it")
    if task.lease is None:
        raise AssertionError(f"task {task.name} is not held by this worker")
    row = (
        await connection.execute(
            sa.update(tasks)
            .where(
                tasks.c.job_id == task.job_id,
                tasks.c.position == task.position,
                tasks.c.state == task.state,
                tasks.c.owner == task.lease.owner,
                tasks.c.fence == task.lease.fence,
            )
            .values(state=to, **values)
            .returning(tasks)
        )
    ).one_or_none()
    if row is None:
        raise LeaseLost(task.name)
    return task_from(row)
