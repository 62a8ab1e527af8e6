"""Whose turn it is: which waiting tasks are claimed next, and all that this is decided by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.domain.jobs import Task
from bot.domain.prices import PRICED_BY_SIZE, PriceKind
from bot.domain.queue import AtSpark, Queue, Waiting
from bot.domain.states import AT_SPARK, AWAITED, ENDED_TASKS, TaskState
from bot.store.database import Row, Statement, Transaction
from bot.store.schema import tasks

CLAIMED_AT_ONCE = 500
"""How many tasks are claimed in one step, so that everybody else's steps need not wait for long."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many tasks may be at Spark at once."""

    total: int
    per_person: int
    unpriced: int
    """Of each kind that no price is known of yet: what they cost is learnt before the others are sent."""


def is_unended(table: sa.FromClause = tasks) -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of unended tasks: SQLite uses it only where it stands word for word."""
    return table.c.state.not_in(ENDED_TASKS)


def _served_at(user_id: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
    """Build when a person's newest task was sent; 0 where none ever was."""
    others = tasks.alias("others")
    newest = sa.func.coalesce(sa.func.max(others.c.submitted_at), 0)
    return sa.select(newest).where(others.c.user_id == user_id).scalar_subquery()


def _may_be_sent(table: sa.FromClause = tasks) -> sa.ColumnElement[bool]:
    """Build the condition that nothing keeps a task back `now`; a clock that was set back since must not do so."""
    now: sa.BindParameter[int] = sa.bindparam("now")
    return sa.or_(table.c.not_before <= now, sa.func.coalesce(table.c.refused_at, 0) > now)


def _would_overtake() -> sa.ColumnElement[bool]:
    """Build the condition that an earlier job of the same person's waits until Spark takes work again."""
    older = tasks.alias("older")
    return sa.exists().where(
        is_unended(older),
        older.c.state == TaskState.QUEUED,
        older.c.user_id == tasks.c.user_id,
        older.c.job_id < tasks.c.job_id,
        older.c.attempts > 0,
        sa.not_(_may_be_sent(older)),
    )


def _kind_of(table: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """Build what a task is priced by, as `PriceKind.of` does."""
    by_size = _is_priced_by_size(table)
    width, height = (sa.case((by_size, table.c[side]), else_=0).label(side) for side in ("width", "height"))
    return table.c.model, width, height


def _has_price(kinds: sa.FromClause) -> sa.ColumnElement[bool]:
    """Build the condition that a picture of a kind was paid for; each half has an index.

    It asks for the newest: to find that there `exists` none, PostgreSQL would go through all that was paid for.
    """
    paid = tasks.alias("paid")
    newest = sa.select(sa.func.max(paid.c.ended_at))
    of_model = newest.where(_is_paid(paid), paid.c.model == kinds.c.model)
    of_size = of_model.where(paid.c.width == kinds.c.width, paid.c.height == kinds.c.height)
    by_kind = sa.case((_is_priced_by_size(kinds), of_size.scalar_subquery()), else_=of_model.scalar_subquery())
    return by_kind.is_not(None)


def _is_priced_by_size(table: sa.FromClause) -> sa.ColumnElement[bool]:
    return table.c.model.in_(sorted(PRICED_BY_SIZE))


def _is_paid(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of what was paid for, word for word."""
    return table.c.state == TaskState.SUCCEEDED


def _next_in_turn() -> sa.Select[Any]:
    at_spark = (is_unended(), tasks.c.state.in_(AT_SPARK))
    held = (
        sa.select(tasks.c.user_id, sa.func.count().label("count"))
        .where(*at_spark)
        .group_by(tasks.c.user_id)
        .subquery()
    )
    turn = (
        sa.func.row_number().over(partition_by=tasks.c.user_id, order_by=(tasks.c.job_id, tasks.c.position))
        + sa.func.coalesce(held.c.count, 0)
    ).label("turn")
    # where few places are free, whoever was served last goes last among those of the same turn
    served = _served_at(tasks.c.user_id).label("served")
    waiting = (
        sa.select(tasks.c.job_id, tasks.c.position, *_kind_of(tasks), turn, served)
        .select_from(tasks.outerjoin(held, held.c.user_id == tasks.c.user_id))
        .where(is_unended(), tasks.c.state == TaskState.QUEUED, _may_be_sent(), ~_would_overtake())
        .subquery()
    )
    order = (waiting.c.turn, waiting.c.served, waiting.c.job_id, waiting.c.position)
    kind = (waiting.c.model, waiting.c.width, waiting.c.height)
    of_kind = (
        sa.select(*_kind_of(tasks), sa.func.count().label("count"))
        .where(*at_spark)
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
        .where(waiting.c.turn <= sa.bindparam("per_person"))
        .subquery()
    )
    return (
        sa.select(eligible.c.job_id, eligible.c.position)
        .where(sa.or_(eligible.c.turn_of_kind <= sa.bindparam("unpriced"), _has_price(eligible)))
        .order_by(eligible.c.turn, eligible.c.served, eligible.c.job_id, eligible.c.position)
        .limit(sa.bindparam("most"))
    )


def _newest_cost(*priced_like: sa.ColumnElement[bool]) -> Statement:
    return Statement(
        sa.select(tasks.c.cost_nano)
        .where(_is_paid(tasks), *priced_like, tasks.c.ended_at > sa.bindparam("since"))
        .order_by(tasks.c.ended_at.desc(), tasks.c.cost_nano.desc())
        .limit(1)
    )


_QUEUED = sa.and_(is_unended(), tasks.c.state == TaskState.QUEUED)
_PEOPLE = sa.select(tasks.c.user_id).where(_QUEUED).distinct().subquery()
_KINDS = sa.select(*_kind_of(tasks)).where(_QUEUED).distinct().subquery()
_OF_MODEL = tasks.c.model == sa.bindparam("model")
_OF_SIZE = (tasks.c.width == sa.bindparam("width"), tasks.c.height == sa.bindparam("height"))

_LOCK_CLAIMS = Statement(sa.select(sa.func.pg_advisory_xact_lock(0x5BA4_0003)))  # arbitrary, never to change
_BUSY = Statement(sa.select(sa.func.count()).select_from(tasks).where(is_unended(), tasks.c.state.in_(AT_SPARK)))
_NEXT_IN_TURN = Statement(_next_in_turn())
_ANY_QUEUED = Statement(sa.select(tasks.c.job_id).where(_QUEUED).limit(1))
_NEXT_CLAIM_AT = Statement(sa.select(sa.func.min(tasks.c.not_before)).where(_QUEUED, sa.not_(_may_be_sent())))
_WAITING_AND_AT_SPARK = Statement(
    sa.select(
        tasks.c.job_id,
        tasks.c.position,
        tasks.c.user_id,
        tasks.c.state,
        *_kind_of(tasks),
        tasks.c.not_before,
        tasks.c.attempts,
        tasks.c.submitted_at,
    )
    .where(is_unended(), tasks.c.state.in_(AWAITED))
    .order_by(tasks.c.job_id, tasks.c.position)
)
_SERVED = Statement(sa.select(_PEOPLE.c.user_id, _served_at(_PEOPLE.c.user_id).label("at")))
_UNPRICED = Statement(sa.select(_KINDS).where(sa.not_(_has_price(_KINDS))))
_NEWEST_COST_OF_MODEL = _newest_cost(_OF_MODEL)
_NEWEST_COST_OF_SIZE = _newest_cost(_OF_MODEL, *_OF_SIZE)


def lock_claims(tx: Transaction) -> None:
    """Take turns with every other step that decides by more than the row it changes, until the transaction ends.

    PostgreSQL decides by what was there when a statement began, even where it then waited for the row.
    On SQLite nobody else writes anyway.
    """
    if tx.is_postgresql:
        tx.many(_LOCK_CLAIMS)


def next_in_turn(tx: Transaction, capacity: Capacity, now: int) -> Sequence[tuple[int, int]]:
    """Choose queued tasks so that everybody's first comes before anybody's second, at most a portion of them."""
    free = capacity.total - tx.value(_BUSY)
    if free <= 0:
        return []
    rows = tx.many(
        _NEXT_IN_TURN,
        now=now,
        per_person=capacity.per_person,
        unpriced=capacity.unpriced,
        most=min(free, CLAIMED_AT_ONCE),
    )
    return [(row.job_id, row.position) for row in rows]


def any_queued(tx: Transaction) -> bool:
    """Tell whether anything waits at all."""
    return tx.maybe(_ANY_QUEUED) is not None


def next_claim_at(tx: Transaction, after: int) -> int | None:
    """Tell when the first queued task may be sent that might not at `after`; None where there is none."""
    found: int | None = tx.value(_NEXT_CLAIM_AT, now=after)
    return found


def queue(tx: Transaction) -> Queue:
    """Read what waits and what is at Spark."""
    found = tx.many(_WAITING_AND_AT_SPARK)
    return Queue(
        waiting=[
            Waiting(row.job_id, row.position, row.user_id, _kind(row), row.not_before, refused=row.attempts > 0)
            for row in found
            if row.state == TaskState.QUEUED
        ],
        at_spark=[
            AtSpark(row.job_id, row.user_id, _kind(row), row.submitted_at)
            for row in found
            if row.state != TaskState.QUEUED
        ],
        served={row.user_id: row.at for row in tx.many(_SERVED)},
        unpriced=frozenset(map(_kind, tx.many(_UNPRICED))),
    )


def newest_cost(tx: Transaction, task: Task, since: int) -> int:
    """Tell what the newest picture that is priced like `task` has cost, if it ended since a moment; else 0."""
    kind = PriceKind.of(task.model, task.width, task.height)
    if kind.model in PRICED_BY_SIZE:
        cost = tx.value(_NEWEST_COST_OF_SIZE, model=kind.model, width=kind.width, height=kind.height, since=since)
    else:
        cost = tx.value(_NEWEST_COST_OF_MODEL, model=kind.model, since=since)
    return cost or 0


def _kind(row: Row) -> PriceKind:
    return PriceKind(row.model, row.width, row.height)
