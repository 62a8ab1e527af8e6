"""Whether the books are true: every total agrees with the ledger, every task has its entries."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.money import usd_text
from bot.domain.states import ENDED_TASKS, TaskState
from bot.store.database import Database
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


class AuditStore:
    """Reads the books and changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def audit(self) -> Audit:
        """Check the totals against the ledger, and the ledger against the tasks."""
        problems = [difference_text(d) for d in await LedgerStore(self._database).differences()]
        async with self._database.reading() as connection:
            entries = await connection.scalar(sa.select(sa.func.count()).select_from(ledger)) or 0
            reserves = sa.func.count().filter(ledger.c.kind == "reserve")
            amounts = sa.func.sum(ledger.c.amount_nano).filter(ledger.c.kind.in_(["reserve", "raise"]))
            settles = sa.func.count().filter(ledger.c.kind == "settle")
            releases = sa.func.count().filter(ledger.c.kind == "release")
            counted = {"reserves": reserves, "amounts": amounts, "settles": settles, "releases": releases}
            rows = await connection.execute(
                sa.select(
                    tasks.c.job_id,
                    tasks.c.position,
                    tasks.c.state,
                    tasks.c.estimate_nano,
                    *(column.label(name) for name, column in counted.items()),
                )
                .select_from(
                    tasks.outerjoin(
                        ledger,
                        sa.and_(ledger.c.job_id == tasks.c.job_id, ledger.c.position == tasks.c.position),
                    )
                )
                .group_by(
                    tasks.c.job_id, tasks.c.position, tasks.c.state, tasks.c.cost_nano, tasks.c.estimate_nano
                )
                .having(
                    sa.or_(
                        sa.not_(_books_of(tasks.c.state, tasks.c.cost_nano, reserves, settles, releases)),
                        amounts != tasks.c.estimate_nano,
                    )
                )
                .order_by(tasks.c.job_id, tasks.c.position)
            )
            wrong = rows.all()
        problems += [
            f"task {row.job_id}-{row.position} is {row.state} with {row.reserves} reserve, {row.settles} settle, "
            f"{row.releases} release{_other_amount(row.amounts, row.estimate_nano)}"
            for row in wrong[:_NAMED]
        ]
        if len(wrong) > _NAMED:
            problems.append(f"and {len(wrong) - _NAMED} more tasks have wrong entries")
        return Audit(entries, tuple(problems))


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
