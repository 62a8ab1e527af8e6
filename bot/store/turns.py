"""Whose turn it is: which waiting tasks are claimed next, and all that this is decided by."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.queue import AtSpark, Queue, Waiting
from bot.domain.states import AT_SPARK, UNDECIDED, TaskState
from bot.store.schema import tasks


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many tasks may be at Spark at once."""

    total: int
    per_person: int


async def next_in_turn(connection: AsyncConnection, capacity: Capacity, now: int) -> Sequence[tuple[int, int]]:
    """Choose queued tasks so that everybody's first comes before anybody's second."""
    running = (
        sa.select(tasks.c.user_id, sa.func.count().label("count"))
        .where(is_unended(), tasks.c.state.in_(AT_SPARK))
        .group_by(tasks.c.user_id)
    )
    busy = (await connection.execute(running)).all()
    free = capacity.total - sum(row[1] for row in busy)
    if free <= 0:
        return []
    held = running.subquery()
    turn = (
        sa.func.row_number().over(partition_by=tasks.c.user_id, order_by=(tasks.c.job_id, tasks.c.position))
        + sa.func.coalesce(held.c.count, 0)
    ).label("turn")
    # where few places are free, whoever was served last goes last among those of the same turn
    served = _served_at(tasks.c.user_id).label("served")
    waiting = (
        sa.select(tasks.c.job_id, tasks.c.position, turn, served)
        .select_from(tasks.outerjoin(held, held.c.user_id == tasks.c.user_id))
        .where(is_unended(), tasks.c.state == TaskState.QUEUED, tasks.c.not_before <= now)
        .subquery()
    )
    rows = await connection.execute(
        sa.select(waiting.c.job_id, waiting.c.position)
        .where(waiting.c.turn <= capacity.per_person)
        .order_by(waiting.c.turn, waiting.c.served, waiting.c.job_id, waiting.c.position)
        .limit(free)
    )
    return [(row.job_id, row.position) for row in rows]


async def queue(connection: AsyncConnection) -> Queue:
    """Read what waits and what is at Spark."""
    rows = await connection.execute(
        sa.select(
            tasks.c.job_id,
            tasks.c.position,
            tasks.c.user_id,
            tasks.c.state,
            tasks.c.model,
            tasks.c.not_before,
            tasks.c.submitted_at,
        )
        .where(is_unended(), tasks.c.state.in_(UNDECIDED))
        .order_by(tasks.c.job_id, tasks.c.position)
    )
    found = rows.all()
    people = (
        sa.select(tasks.c.user_id).where(is_unended(), tasks.c.state == TaskState.QUEUED).distinct().subquery()
    )
    newest = await connection.execute(sa.select(people.c.user_id, _served_at(people.c.user_id).label("at")))
    return Queue(
        waiting=[
            Waiting(row.job_id, row.position, row.user_id, row.model, row.not_before)
            for row in found
            if row.state == TaskState.QUEUED
        ],
        at_spark=[
            AtSpark(row.job_id, row.user_id, row.model, row.submitted_at)
            for row in found
            if row.state != TaskState.QUEUED
        ],
        served={row.user_id: row.at for row in newest},
    )


def is_unended() -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of unended tasks: SQLite uses it only where it stands word for word."""
    ended = (TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED)
    return tasks.c.state.not_in([sa.literal_column(f"'{state}'") for state in ended])


def _served_at(user_id: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    """Build when a person's newest task was sent; 0 where none ever was."""
    others = tasks.alias("others")
    newest = sa.func.coalesce(sa.func.max(others.c.submitted_at), 0)
    return sa.select(newest).where(others.c.user_id == user_id).scalar_subquery()
