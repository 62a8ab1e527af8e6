"""One's own jobs, page by page, by their account's index."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account
from bot.domain.history import Direction, Entry, Mark, Page
from bot.domain.states import JobState
from bot.store.database import Database
from bot.store.rows import job_from, task_from
from bot.store.schema import jobs, results, tasks

_place = sa.tuple_(jobs.c.accepted_at, jobs.c.id)


class HistoryStore:
    """Reads what an account has asked for; what was taken back is left out."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, account: Account, size: int, way: tuple[Direction, Mark] | None = None) -> Page:
        """Read the newest entries, or those next to a mark; it is not among them."""
        async with self._database.reading() as connection:
            if way is None:
                found = await _jobs(connection, _of(account), size + 1, newest_first=True)
                return Page(await _entries(connection, found[:size]), newer=False, older=len(found) > size)
            direction, mark = way
            at = sa.tuple_(sa.literal(mark.accepted_at), sa.literal(mark.job_id))
            if direction is Direction.OLDER:
                found = await _jobs(connection, sa.and_(_of(account), _place < at), size + 1, newest_first=True)
                newer = await _any(connection, sa.and_(_of(account), _place >= at))
                return Page(await _entries(connection, found[:size]), newer=newer, older=len(found) > size)
            found = await _jobs(connection, sa.and_(_of(account), _place > at), size + 1, newest_first=False)
            older = await _any(connection, sa.and_(_of(account), _place <= at))
            shown = found[:size][::-1]
            return Page(await _entries(connection, shown), newer=len(found) > size, older=older)

    async def entry(self, account: Account, job_id: int) -> Entry | None:
        """Read one entry; None where the account has none of this id."""
        async with self._database.reading() as connection:
            found = await _jobs(connection, sa.and_(_of(account), jobs.c.id == job_id), 1, newest_first=True)
            entries = await _entries(connection, found)
            return entries[0] if entries else None


def _of(account: Account) -> sa.ColumnElement[bool]:
    return sa.and_(
        jobs.c.user_id == account.user_id,
        jobs.c.guild_id == account.guild_id,
        jobs.c.state != JobState.CANCELLED,
    )


async def _jobs(
    connection: AsyncConnection, chosen: sa.ColumnElement[bool], most: int, *, newest_first: bool
) -> list[sa.Row[tuple[object, ...]]]:
    columns = (jobs.c.accepted_at, jobs.c.id)
    order = [column.desc() if newest_first else column.asc() for column in columns]
    rows = await connection.execute(sa.select(jobs).where(chosen).order_by(*order).limit(most))
    return list(rows.all())


async def _any(connection: AsyncConnection, chosen: sa.ColumnElement[bool]) -> bool:
    return bool(await connection.scalar(sa.select(sa.exists().where(chosen))))


async def _entries(connection: AsyncConnection, found: Sequence[sa.Row[tuple[object, ...]]]) -> Sequence[Entry]:
    ids = [row.id for row in found]
    made = await connection.execute(
        sa.select(tasks).where(tasks.c.job_id.in_(ids)).order_by(tasks.c.job_id, tasks.c.position)
    )
    all_tasks = [task_from(row) for row in made]
    since = sa.func.min(results.c.kept_at).label("since")
    kept = await connection.execute(
        sa.select(results.c.job_id, since).where(results.c.job_id.in_(ids)).group_by(results.c.job_id)
    )
    kept_at = {row.job_id: row.since for row in kept}
    return [
        Entry(job_from(row, tuple(task for task in all_tasks if task.job_id == row.id)), kept_at.get(row.id))
        for row in found
    ]
