"""Where a picture comes from: the jobs that it was made from, one after the other."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.domain.jobs import Job
from bot.store.database import Statement, Steps, Transaction, reads
from bot.store.rows import jobs_of
from bot.store.schema import jobs


def _line() -> sa.CTE:
    first = sa.select(jobs.c.id, jobs.c.parent_id, sa.literal(1).label("step"))
    line = first.where(jobs.c.id == sa.bindparam("job_id")).cte("line", recursive=True)
    return line.union_all(
        sa.select(jobs.c.id, jobs.c.parent_id, line.c.step + 1)
        .join(line, jobs.c.id == line.c.parent_id)
        .where(line.c.step < sa.bindparam("most"))
    )


_BEFORE = _line()
_LINE = Statement(sa.select(jobs).join(_BEFORE, jobs.c.id == _BEFORE.c.id).order_by(_BEFORE.c.step))


class LineageStore(Steps):
    """Follows the pictures back to those that they were made from."""

    @reads
    def of(self, tx: Transaction, job_id: int, most: int) -> Sequence[Job]:
        """Read a job and the jobs before it whose pictures it goes back to, the job itself first.

        Gives `most` of them at most, and ends where a record is gone.
        """
        return jobs_of(tx, tx.many(_LINE, job_id=job_id, most=most))
