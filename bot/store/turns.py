"""Whose turn it is: which waiting tasks are claimed next, and all that this is decided by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import Task
from bot.domain.prices import PRICED_BY_SIZE, PriceKind
from bot.domain.queue import AtSpark, Queue, Waiting
from bot.domain.states import AT_SPARK, AWAITED, ENDED_TASKS, TaskState
from bot.store.schema import tasks

_ZERO: sa.ColumnElement[int] = sa.literal_column("0", sa.Integer)
CLAIMED_AT_ONCE = 500
"""How many tasks are claimed in one step: a longer list of keys is more than SQLite parses."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many tasks may be at Spark at once."""

    total: int
    per_person: int
    unpriced: int
    """Of each kind that no price is known of yet: what they cost is learnt before the others are sent."""


async def next_in_turn(connection: AsyncConnection, capacity: Capacity, now: int) -> Sequence[tuple[int, int]]:
    """Choose queued tasks so that everybody's first comes before anybody's second, at most a portion of them."""
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
        sa.select(tasks.c.job_id, tasks.c.position, *_kind_of(tasks), turn, served)
        .select_from(tasks.outerjoin(held, held.c.user_id == tasks.c.user_id))
        .where(is_unended(), tasks.c.state == TaskState.QUEUED, _may_be_sent(now))
        .subquery()
    )
    order = (waiting.c.turn, waiting.c.served, waiting.c.job_id, waiting.c.position)
    kind = (waiting.c.model, waiting.c.width, waiting.c.height)
    of_kind = (
        sa.select(*_kind_of(tasks), sa.func.count().label("count"))
        .where(is_unended(), tasks.c.state.in_(AT_SPARK))
        .group_by(*_kind_of(tasks))
        .subquery()
    )
    turn_of_kind = (
        sa.func.row_number().over(partition_by=kind, order_by=order) + sa.func.coalesce(of_kind.c.count, 0)
    ).label("turn_of_kind")
    alike = sa.and_(*(own == other for own, other in zip(kind, of_kind.c, strict=False)))
    eligible = (
        sa.select(waiting, turn_of_kind)
        .select_from(waiting.outerjoin(of_kind, alike))
        .where(waiting.c.turn <= capacity.per_person)
        .subquery()
    )
    rows = await connection.execute(
        sa.select(eligible.c.job_id, eligible.c.position)
        .where(sa.or_(eligible.c.turn_of_kind <= capacity.unpriced, _has_price(eligible)))
        .order_by(eligible.c.turn, eligible.c.served, eligible.c.job_id, eligible.c.position)
        .limit(min(free, CLAIMED_AT_ONCE))
    )
    return [(row.job_id, row.position) for row in rows]


async def next_claim_at(connection: AsyncConnection, after: int) -> int | None:
    """Tell when the first queued task may be sent that might not at `after`; None where there is none."""
    found: int | None = await connection.scalar(
        sa.select(sa.func.min(tasks.c.not_before)).where(
            is_unended(), tasks.c.state == TaskState.QUEUED, sa.not_(_may_be_sent(after))
        )
    )
    return found


async def queue(connection: AsyncConnection) -> Queue:
    """Read what waits and what is at Spark."""
    rows = await connection.execute(
        sa.select(
            tasks.c.job_id,
            tasks.c.position,
            tasks.c.user_id,
            tasks.c.state,
            *_kind_of(tasks),
            tasks.c.not_before,
            tasks.c.submitted_at,
        )
        .where(is_unended(), tasks.c.state.in_(AWAITED))
        .order_by(tasks.c.job_id, tasks.c.position)
    )
    found = rows.all()
    queued = sa.and_(is_unended(), tasks.c.state == TaskState.QUEUED)
    people = sa.select(tasks.c.user_id).where(queued).distinct().subquery()
    newest = await connection.execute(sa.select(people.c.user_id, _served_at(people.c.user_id).label("at")))
    kinds = sa.select(*_kind_of(tasks)).where(queued).distinct().subquery()
    unpriced = await connection.execute(sa.select(kinds).where(sa.not_(_has_price(kinds))))
    return Queue(
        waiting=[
            Waiting(row.job_id, row.position, row.user_id, _kind(row), row.not_before)
            for row in found
            if row.state == TaskState.QUEUED
        ],
        at_spark=[
            AtSpark(row.job_id, row.user_id, _kind(row), row.submitted_at)
            for row in found
            if row.state != TaskState.QUEUED
        ],
        served={row.user_id: row.at for row in newest},
        unpriced=frozenset(_kind(row) for row in unpriced),
    )


async def newest_cost(connection: AsyncConnection, task: Task, since: int) -> int:
    """Tell what the newest picture that is priced like `task` has cost, if it ended since a moment; else 0."""
    kind = PriceKind.of(task.model, task.width, task.height)
    found = await connection.scalar(
        sa.select(tasks.c.cost_nano)
        .where(_is_paid(tasks), *_is_priced_like(kind), tasks.c.ended_at > since)
        .order_by(tasks.c.ended_at.desc(), tasks.c.cost_nano.desc())
        .limit(1)
    )
    return found or 0


def is_unended() -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of unended tasks: SQLite uses it only where it stands word for word."""
    return tasks.c.state.not_in([sa.literal_column(f"'{state}'") for state in ENDED_TASKS])


def _served_at(user_id: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    """Build when a person's newest task was sent; 0 where none ever was."""
    others = tasks.alias("others")
    newest = sa.func.coalesce(sa.func.max(others.c.submitted_at), 0)
    return sa.select(newest).where(others.c.user_id == user_id).scalar_subquery()


def _may_be_sent(now: int) -> sa.ColumnElement[bool]:
    """Build the condition that nothing keeps a task back; a clock that was set back since must not do so."""
    return sa.or_(tasks.c.not_before <= now, sa.func.coalesce(tasks.c.refused_at, 0) > now)


def _kind_of(table: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """Build what a task is priced by, as `PriceKind.of` does."""
    by_size = _is_priced_by_size(table)
    width, height = (sa.case((by_size, table.c[side]), else_=_ZERO).label(side) for side in ("width", "height"))
    return table.c.model, width, height


def _has_price(kinds: sa.FromClause) -> sa.ColumnElement[bool]:
    """Build the condition that a picture of a kind was paid for; each half has an index."""
    paid = tasks.alias("paid")
    of_model = sa.and_(_is_paid(paid), paid.c.model == kinds.c.model)
    of_size = sa.and_(of_model, paid.c.width == kinds.c.width, paid.c.height == kinds.c.height)
    return sa.case((_is_priced_by_size(kinds), sa.exists().where(of_size)), else_=sa.exists().where(of_model))


def _is_priced_like(kind: PriceKind) -> Iterator[sa.ColumnElement[bool]]:
    yield tasks.c.model == kind.model
    if kind.model in PRICED_BY_SIZE:
        yield tasks.c.width == kind.width
        yield tasks.c.height == kind.height


def _is_priced_by_size(table: sa.FromClause) -> sa.ColumnElement[bool]:
    # written out: PostgreSQL takes two parameters for two different groupings
    return table.c.model.in_([sa.literal_column(f"'{model}'") for model in sorted(PRICED_BY_SIZE)])


def _is_paid(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of what was paid for, word for word."""
    return table.c.state == sa.literal_column(f"'{TaskState.SUCCEEDED}'")


def _kind(row: Any) -> PriceKind:
    return PriceKind(row.model, row.width, row.height)
