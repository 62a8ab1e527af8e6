"""Whether the books are true: every total agrees with the ledger, every task has its entries."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.money import usd_text
from bot.domain.states import ENDED_TASKS, TaskState
from bot.store.database import Row, Statement, Steps, Transaction, reads
from bot.store.ledger import Difference, LedgerStore
from bot.store.schema import ledger, tasks

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found."""

    entries: int
    """How many entries the ledger has."""
    problems: tuple[str, ...]
    """A line for each thing that is wrong."""


def _books_of(
    state: sa.ColumnElement[str],
    cost: sa.ColumnElement[int | None],
    reserves: sa.ColumnElement[int],
    settles: sa.ColumnElement[int],
    releases: sa.ColumnElement[int],
) -> sa.ColumnElement[bool]:
    """Build the condition that a task has one reserve, and the end that its state and its cost call for."""
    ended = sa.case(
        (sa.and_(state.in_(ENDED_TASKS), cost.is_not(None)), sa.and_(settles == 1, releases == 0)),
        (state.in_(ENDED_TASKS), sa.and_(settles == 0, releases == 1)),
        (state == TaskState.UNKNOWN, sa.and_(settles == 0, releases <= 1)),  # released after its hold
        else_=sa.and_(settles == 0, releases == 0),
    )
    return sa.and_(reserves == 1, ended)


_RESERVES, _SETTLES, _RELEASES = (
    sa.func.count().filter(ledger.c.kind == kind) for kind in ("reserve", "settle", "release")
)
_AMOUNTS = sa.func.sum(ledger.c.amount_nano).filter(ledger.c.kind.in_(["reserve", "raise"]))
_ENTRIES = Statement(sa.select(sa.func.count()).select_from(ledger))
_WRONG = Statement(
    sa.select(
        tasks.c.job_id,
        tasks.c.position,
        tasks.c.state,
        tasks.c.estimate_nano,
        _RESERVES.label("reserves"),
        _AMOUNTS.label("amounts"),
        _SETTLES.label("settles"),
        _RELEASES.label("releases"),
    )
    .select_from(
        tasks.outerjoin(
            ledger,
            sa.and_(ledger.c.job_id == tasks.c.job_id, ledger.c.position == tasks.c.position),
        )
    )
    .group_by(tasks.c.job_id, tasks.c.position, tasks.c.state, tasks.c.cost_nano, tasks.c.estimate_nano)
    .having(
        sa.or_(
            sa.not_(_books_of(tasks.c.state, tasks.c.cost_nano, _RESERVES, _SETTLES, _RELEASES)),
            tasks.c.estimate_nano != _AMOUNTS,
        )
    )
    .order_by(tasks.c.job_id, tasks.c.position)
)


class AuditStore(Steps):
    """Reads the books and changes nothing."""

    async def audit(self) -> Audit:
        """Check the totals against the ledger, and the ledger against the tasks."""
        problems = [difference_text(d) for d in await LedgerStore(self._database).differences()]
        entries, wrong = await self._against_tasks()
        problems += [
            f"task {row.job_id}-{row.position} is {row.state} with {row.reserves} reserve, {row.settles} settle, "
            f"{row.releases} release{_other_amount(row.amounts, row.estimate_nano)}"
            for row in wrong[:_NAMED]
        ]
        if len(wrong) > _NAMED:
            problems.append(f"and {len(wrong) - _NAMED} more tasks have wrong entries")
        return Audit(entries, tuple(problems))

    @reads
    def _against_tasks(self, tx: Transaction) -> tuple[int, Sequence[Row]]:
        return tx.value(_ENTRIES), tx.many(_WRONG)


def _other_amount(reserved: int | None, estimate: int) -> str:
    if reserved is None or reserved == estimate:
        return ""
    return f"; {usd_text(int(reserved))} is reserved for it, where it should be {usd_text(estimate)}"


def difference_text(difference: Difference) -> str:
    """Tell what a total says and what the ledger says."""
    scope, guild_id, user_id, window = difference.key
    kept, rebuilt = difference.kept, difference.rebuilt
    return (
        f"total of {scope} (server {guild_id}, person {user_id}) for {window}: "
        f"kept {usd_text(kept.spent)} spent and {usd_text(kept.reserved)} reserved, "
        f"the ledger says {usd_text(rebuilt.spent)} and {usd_text(rebuilt.reserved)}"
    )
