"""The deliveries' steps: each job's message once, late pictures after it; each method is one transaction."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import Job, Task, task_position
from bot.domain.states import AWAITED, JOBS, JobEvent, JobState, TaskState, the_step_of
from bot.store import ledger
from bot.store.database import Database
from bot.store.rows import job_of, task_from
from bot.store.schema import jobs, results, tasks
from bot.store.tasks import LeaseLost


class DeliveryStore:
    """What a delivery does to jobs; a guarded step that finds its row changed raises `LeaseLost`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, job_id: int, owner: str, now: int) -> Job | None:
        """Take a job whose tasks have all ended for delivery; None where it waits still or is taken."""
        waiting, begun = the_step_of(JOBS, JobEvent.BEGIN)
        async with self._database.writing() as connection:
            row = (
                await connection.execute(
                    sa.update(jobs)
                    .where(
                        jobs.c.id == job_id,
                        jobs.c.state == waiting,
                        ~sa.exists().where(tasks.c.job_id == job_id, tasks.c.state.in_(AWAITED)),
                    )
                    .values(state=begun, owner=owner, fence=jobs.c.fence + 1, delivering_at=now)
                    .returning(jobs.c.id)
                )
            ).one_or_none()
            return None if row is None else await job_of(connection, job_id)

    async def record_place(self, job: Job, channel_id: int) -> Job:
        """Record where a job's result goes, before it is posted there."""
        async with self._database.writing() as connection:
            return await _step(connection, job, JobEvent.RECORD_PLACE, result_channel_id=channel_id)

    async def end(self, job: Job, channel_id: int, message_id: int, posted: Iterable[int], now: int) -> Job:
        """Record where a job's one message stands in Discord, with the pictures at the `posted` positions."""
        async with self._database.writing() as connection:
            await _mark_posted(connection, job.id, posted, now)
            return await _step(
                connection,
                job,
                JobEvent.END,
                result_channel_id=channel_id,
                result_id=message_id,
                owner=None,
                ended_at=now,
            )

    async def give_up(self, job: Job, now: int) -> Job:
        """Record that Discord will never take a job's message; its pictures stay until they expire."""
        async with self._database.writing() as connection:
            return await _step(connection, job, JobEvent.GIVE_UP, owner=None, ended_at=now)

    async def record_late(self, task: Task, now: int) -> None:
        """Record that a late picture stands in Discord as a message of its own."""
        async with self._database.writing() as connection:
            await _mark_posted(connection, task.job_id, task.positions, now)

    async def record_late_end(self, job_id: int, tasks: Iterable[Task], now: int) -> None:
        """Record that a message of its own says that nothing came of these tasks after all."""
        async with self._database.writing() as connection:
            await _mark_posted(connection, job_id, [task.position for task in tasks], now)

    async def record_size(self, task: Task, size: tuple[int, int]) -> None:
        """Record the width and height that a task's picture really has."""
        async with self._database.writing() as connection:
            await connection.execute(
                sa.update(tasks)
                .where(tasks.c.job_id == task.job_id, tasks.c.position == task.position)
                .values(made_width=size[0], made_height=size[1])
            )

    async def keep_result(self, task: Task, data: bytes, now: int, position: int | None = None) -> None:
        """Keep a picture that Discord did not take yet: the task's first, or the one at `position`."""
        async with self._database.writing() as connection:
            insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
            await connection.execute(
                insert(results)
                .values(job_id=task.job_id, position=position or task.position, data=data, kept_at=now)
                .on_conflict_do_nothing()
            )

    async def kept_result(self, task: Task, position: int | None = None) -> bytes | None:
        """Read a picture that Discord did not take yet: the task's first, or the one at `position`."""
        async with self._database.reading() as connection:
            data = await connection.scalar(
                sa.select(results.c.data).where(
                    results.c.job_id == task.job_id, results.c.position == (position or task.position)
                )
            )
            return None if data is None else bytes(data)

    async def ready(self) -> list[int]:
        """Give the open jobs whose tasks have all ended."""
        waiting, _ = the_step_of(JOBS, JobEvent.BEGIN)
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(jobs.c.id)
                .where(
                    jobs.c.state == waiting,
                    ~sa.exists().where(tasks.c.job_id == jobs.c.id, tasks.c.state.in_(AWAITED)),
                )
                .order_by(jobs.c.id)
            )
            return [row.id for row in rows]

    async def held_by(self, owner: str) -> list[Job]:
        """Give the jobs that `owner` is delivering."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(jobs.c.id)
                .where(jobs.c.state == JobState.DELIVERING, jobs.c.owner == owner)
                .order_by(jobs.c.id)
            )
            return [await job_of(connection, row.id) for row in rows.all()]

    async def late_pictures(self, job_id: int | None = None) -> list[Task]:
        """Give the pictures that came after their job's message and are not posted yet, of one job or of all."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(tasks)
                .join(jobs, jobs.c.id == tasks.c.job_id)
                .where(
                    jobs.c.state == JobState.DELIVERED,
                    jobs.c.erased_at.is_(None),
                    tasks.c.state == TaskState.SUCCEEDED,
                    tasks.c.posted_at.is_(None),
                    sa.true() if job_id is None else jobs.c.id == job_id,
                )
                .order_by(tasks.c.job_id, tasks.c.position)
            )
            return [task_from(row) for row in rows]

    async def late_ends(self, job_id: int | None = None) -> list[Task]:
        """Give the tasks of one job or of all that came to nothing after their job's message had left that open.

        They are told of together: none is given while another of its job's may still bring something.
        """
        other = tasks.alias("other")
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(tasks)
                .join(jobs, jobs.c.id == tasks.c.job_id)
                .where(
                    jobs.c.state == JobState.DELIVERED,
                    jobs.c.removed_at.is_(None),
                    jobs.c.erased_at.is_(None),
                    tasks.c.posted_at.is_(None),
                    sa.or_(
                        sa.and_(tasks.c.state == TaskState.FAILED, tasks.c.ended_at > jobs.c.delivering_at),
                        sa.and_(
                            tasks.c.state == TaskState.UNKNOWN, ledger.is_ended(tasks.c.job_id, tasks.c.position)
                        ),
                    ),
                    ~sa.exists().where(other.c.job_id == jobs.c.id, ledger.is_reserved(other)),
                    sa.true() if job_id is None else jobs.c.id == job_id,
                )
                .order_by(tasks.c.job_id, tasks.c.position)
            )
            return [task_from(row) for row in rows]

    async def forget_results(self, kept_before: int) -> None:
        """Delete the pictures that were kept for delivery since before `kept_before`."""
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(results).where(results.c.kept_at < kept_before))


async def _step(connection: AsyncConnection, job: Job, event: JobEvent, **values: Any) -> Job:
    held, to = the_step_of(JOBS, event)
    if job.lease is None:
        raise AssertionError(f"job {job.id} is not held by this worker")
    row = (
        await connection.execute(
            sa.update(jobs)
            .where(
                jobs.c.id == job.id,
                jobs.c.state == held,
                jobs.c.owner == job.lease.owner,
                jobs.c.fence == job.lease.fence,
            )
            .values(state=to, **values)
            .returning(jobs.c.id)
        )
    ).one_or_none()
    if row is None:
        raise LeaseLost(str(job.id))
    return await job_of(connection, job.id)


async def _mark_posted(connection: AsyncConnection, job_id: int, positions: Iterable[int], now: int) -> None:
    chosen = list(positions)
    whose = {task_position(position) for position in chosen}
    await connection.execute(
        sa.update(tasks).where(tasks.c.job_id == job_id, tasks.c.position.in_(whose)).values(posted_at=now)
    )
    await connection.execute(sa.delete(results).where(results.c.job_id == job_id, results.c.position.in_(chosen)))
