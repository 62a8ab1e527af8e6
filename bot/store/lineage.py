"""Where a picture comes from: the jobs that it was made from, one after the other."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.jobs import Job
from bot.store.database import Database
from bot.store.rows import job_from, task_from
from bot.store.schema import jobs, tasks


class LineageStore:
    """Follows the pictures back to those that they were made from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, job_id: int, most: int) -> Sequence[Job]:
        """Read a job and the jobs before it whose pictures it goes back to, the job itself first.

        Gives `most` of them at most, and ends where a record is gone.
        """
        line = sa.select(jobs.c.id, jobs.c.parent_id, sa.literal(1).label("step")).where(jobs.c.id == job_id)
        line_from = line.cte("line", recursive=True)
        parents = (
            sa.select(jobs.c.id, jobs.c.parent_id, line_from.c.step + 1)
            .join(line_from, jobs.c.id == line_from.c.parent_id)
            .where(line_from.c.step < most)
        )
        line_from = line_from.union_all(parents)
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(jobs).join(line_from, jobs.c.id == line_from.c.id).order_by(line_from.c.step)
            )
            found = rows.all()
            made = await connection.execute(
                sa.select(tasks)
                .where(tasks.c.job_id.in_([row.id for row in found]))
                .order_by(tasks.c.job_id, tasks.c.position)
            )
            all_tasks = [task_from(row) for row in made]
        return [job_from(row, tuple(task for task in all_tasks if task.job_id == row.id)) for row in found]
