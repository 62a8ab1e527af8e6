"""What goes on at one moment, counted for whoever runs the bot: by the indexes of what is on its way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.budgets import Budget, Scope, Window, windows_at
from bot.domain.limits import Ceilings
from bot.domain.states import IN_PROGRESS, RESERVED, JobState, TaskState
from bot.store.database import Statement, Steps, Transaction, reads
from bot.store.ledger import is_reserved
from bot.store.schema import jobs, results, tasks, totals
from bot.store.turns import is_unended

_UNDER_WAY = Statement(
    sa.select(
        tasks.c.state,
        sa.func.count().label("count"),
        sa.func.count(tasks.c.user_id.distinct()).label("people"),
        sa.func.min(tasks.c.asked_at).label("asked_at"),
        sa.func.min(tasks.c.submitted_at).label("submitted_at"),
    )
    .where(is_unended(), tasks.c.state.in_([*RESERVED, TaskState.UNKNOWN]), is_reserved(tasks))
    .group_by(tasks.c.state)
)
_DELIVERING = Statement(
    sa.select(sa.func.count().label("count"), sa.func.min(jobs.c.delivering_at).label("since"))
    # as its index says it, for SQLite
    .where(jobs.c.state.in_(IN_PROGRESS), jobs.c.state == JobState.DELIVERING)
)
_OPEN = Statement(
    sa.select(sa.func.count())
    .select_from(jobs)
    .where(jobs.c.state.in_(IN_PROGRESS), jobs.c.state == JobState.OPEN)
)
_KEPT = Statement(sa.select(sa.func.count()).select_from(results))
_TOTAL = Statement(
    sa.select(totals.c.spent_nano, totals.c.reserved_nano).where(
        totals.c.scope == Scope.TOTAL,
        totals.c.guild_id == 0,
        totals.c.user_id == 0,
        totals.c.window == sa.bindparam("window"),
    )
)


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks in one state whose money is reserved."""

    count: int
    people: int
    asked_at: int | None
    """When the first of them was asked for, in Unix milliseconds."""
    submitted_at: int | None
    """When the first of them was sent; None where none was."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits, what is at Spark, what is being posted, and what was spent."""

    tasks: Mapping[TaskState, Group]
    """By state; those in which there are none are left out."""
    open: int
    """How many jobs have tasks that have not ended."""
    delivering: int
    """How many jobs' messages are on their way to Discord."""
    delivering_since: int | None
    kept: int
    """How many pictures are kept that Discord has not taken."""
    budgets: Sequence[Budget]
    """What was spent over all servers: of the day, and of the month."""


class OverviewStore(Steps):
    """Counts what goes on, and changes nothing."""

    @reads
    def at(self, tx: Transaction, now: int, ceilings: Ceilings) -> Overview:
        """Count what goes on, as one view of it."""
        delivering = tx.one(_DELIVERING)
        return Overview(
            tasks={
                TaskState(row.state): Group(row.count, row.people, row.asked_at, row.submitted_at)
                for row in tx.many(_UNDER_WAY)
            },
            open=tx.value(_OPEN),
            delivering=delivering.count,
            delivering_since=delivering.since,
            kept=tx.value(_KEPT),
            budgets=[_budget(tx, window, ceilings) for window in windows_at(now)],
        )


def _budget(tx: Transaction, window: Window, ceilings: Ceilings) -> Budget:
    spent, reserved = tx.maybe(_TOTAL, window=window.key) or (0, 0)
    limit = ceilings.of(Scope.TOTAL, window.period)
    return Budget(Scope.TOTAL, window, spent, reserved, limit, raisable=False)
