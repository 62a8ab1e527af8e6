"""What the database holds about one person, over all servers and direct messages, read piece by piece."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.budgets import Account, Period, Scope
from bot.domain.jobs import Job
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.refusals import PastRefusal
from bot.domain.warnings import BudgetWarning
from bot.store.database import Database
from bot.store.rows import job_from, task_from
from bot.store.schema import blocks, grants, images, jobs, limits, refusals, tasks, warnings

JobMark = tuple[int, int, int]
"""A job's place in an export: server, moment, id."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What moderators have decided about one person, and what that person was warned of; by server."""

    limits: Sequence[tuple[int, Limit]]
    grants: Sequence[Grant]
    blocks: Sequence[Block]
    warnings: Sequence[BudgetWarning]


@dataclass(frozen=True, slots=True)
class KeptImage:
    """An input picture that is kept."""

    sha256: str
    format: str
    size: int
    """Bytes."""


class PersonalDataStore:
    """Reads what is kept of one person; nobody else's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def jobs(self, user_id: int, after: JobMark | None, most: int) -> Sequence[Job]:
        """Read jobs with their tasks, the oldest of each server first; the next ones after a mark."""
        place = sa.tuple_(jobs.c.guild_id, jobs.c.accepted_at, jobs.c.id)
        further = sa.true() if after is None else place > sa.tuple_(*map(sa.literal, after))
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(jobs)
                .where(jobs.c.user_id == user_id, further)
                .order_by(jobs.c.guild_id, jobs.c.accepted_at, jobs.c.id)
                .limit(most)
            )
            found = rows.all()
            made = await connection.execute(
                sa.select(tasks)
                .where(tasks.c.job_id.in_([row.id for row in found]))
                .order_by(tasks.c.job_id, tasks.c.position)
            )
            all_tasks = [task_from(row) for row in made]
        return [job_from(row, tuple(task for task in all_tasks if task.job_id == row.id)) for row in found]

    async def refusals(self, user_id: int, after: int, most: int) -> Sequence[tuple[int, int, PastRefusal]]:
        """Read what was refused, each with its number and server; the next ones after a number."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(refusals)
                .where(refusals.c.user_id == user_id, refusals.c.id > after)
                .order_by(refusals.c.id)
                .limit(most)
            )
            return [(row.id, row.guild_id, PastRefusal(row.refuser, row.what, row.at)) for row in rows]

    async def decisions(self, user_id: int) -> Decisions:
        """Read the limits, grants, blocks and warnings of a person on all servers."""
        async with self._database.reading() as connection:
            limited = await connection.execute(
                sa.select(limits).where(limits.c.subject == Subject.MEMBER, limits.c.subject_id == user_id)
            )
            granted = await connection.execute(
                sa.select(grants).where(grants.c.user_id == user_id).order_by(grants.c.id)
            )
            blocked = await connection.execute(sa.select(blocks).where(blocks.c.user_id == user_id))
            warned = await connection.execute(
                sa.select(warnings)
                .where(warnings.c.scope == Scope.PERSON, warnings.c.user_id == user_id)
                .order_by(warnings.c.at)
            )
            return Decisions(
                [
                    (
                        row.guild_id,
                        Limit(Subject(row.subject), row.subject_id, Period(row.period), row.amount_nano),
                    )
                    for row in limited
                ],
                [
                    Grant(
                        Account(row.guild_id, user_id),
                        row.amount_nano,
                        row.reason,
                        row.granted_by,
                        row.granted_at,
                        row.expires_at,
                    )
                    for row in granted
                ],
                [
                    Block(
                        Account(row.guild_id, user_id),
                        row.reason,
                        row.told,
                        row.blocked_by,
                        row.blocked_at,
                        row.expires_at,
                    )
                    for row in blocked
                ],
                [
                    BudgetWarning(
                        Scope.PERSON,
                        Account(row.guild_id, user_id),
                        row.window,
                        row.percent,
                        row.limit_nano,
                        row.used_nano,
                    )
                    for row in warned
                ],
            )

    async def images(self, user_id: int) -> Sequence[KeptImage]:
        """Name the input pictures of a person's jobs that are kept."""
        used = sa.select(tasks.c.image_sha256).where(tasks.c.user_id == user_id, tasks.c.image_sha256.is_not(None))
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(images.c.sha256, images.c.format, sa.func.length(images.c.data).label("size"))
                .where(images.c.sha256.in_(used))
                .order_by(images.c.sha256)
            )
            return [KeptImage(row.sha256, row.format, row.size) for row in rows]
