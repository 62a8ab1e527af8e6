"""What was spent, for reports: each question is answered by an index, and none reads the ledger through."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account, Scope
from bot.domain.spending import Amounts, Cell, Span, Spender, Spenders, Spending, Step
from bot.domain.states import TaskState
from bot.store import ledger
from bot.store.database import Database
from bot.store.schema import jobs, tasks, totals
from bot.store.turns import is_unended

_HOUR_S = 3600
# written out: PostgreSQL takes two parameters for two different groupings
_HOUR_MS: sa.ColumnElement[int] = sa.literal_column("3600000", sa.BigInteger)


class SpendingStore:
    """Adds up an account's or a server's money; what is settled counts to the day of its acceptance."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_account(self, account: Account, span: Span) -> Spending:
        """Add up what an account has spent, by time and kind."""
        owner = sa.and_(jobs.c.user_id == account.user_id, jobs.c.guild_id == account.guild_id)
        async with self._database.reading() as connection:
            return Spending(span, await _cells(connection, owner, span))

    async def of_server(self, guild_id: int, span: Span) -> Spending:
        """Add up what a server has spent, by time and kind."""
        async with self._database.reading() as connection:
            return Spending(span, await _cells(connection, jobs.c.guild_id == guild_id, span))

    async def spenders(self, guild_id: int, span: Span, size: int, page: int = 0) -> Spenders:
        """Read who has spent the most on a server, from the running totals."""
        async with self._database.reading() as connection:
            first_at = await connection.scalar(
                sa.select(sa.func.min(jobs.c.accepted_at)).where(jobs.c.guild_id == guild_id)
            )
            if first_at is None:
                return Spenders(page, 1, [], more=False)
            spent, reserved = sa.func.sum(totals.c.spent_nano), sa.func.sum(totals.c.reserved_nano)
            rows = await connection.execute(
                sa.select(totals.c.user_id, spent.label("spent"), reserved.label("reserved"))
                .where(
                    totals.c.guild_id == guild_id,
                    totals.c.scope == Scope.PERSON,
                    totals.c.window.in_(span.windows(first_at)),
                )
                .group_by(totals.c.user_id)
                .having(spent + reserved > 0)
                .order_by(spent.desc(), reserved.desc(), totals.c.user_id)
                .limit(size + 1)
                .offset(page * size)
            )
            found = [Spender(row.user_id, int(row.spent), int(row.reserved)) for row in rows]
            return Spenders(page, page * size + 1, found[:size], more=len(found) > size)


async def _cells(connection: AsyncConnection, owner: sa.ColumnElement[bool], span: Span) -> Sequence[Cell]:
    when = jobs.c.accepted_at // _HOUR_MS if span.step is Step.HOUR else jobs.c.day
    key = (when.label("when"), jobs.c.kind)
    in_span = sa.and_(owner, jobs.c.accepted_at >= span.since, jobs.c.accepted_at < span.until)
    made = await connection.execute(
        sa.select(
            *key,
            sa.func.sum(tasks.c.cost_nano).label("spent"),
            sa.func.count().filter(tasks.c.state == TaskState.SUCCEEDED).label("pictures"),
        )
        .select_from(jobs.join(tasks, tasks.c.job_id == jobs.c.id))
        .where(in_span, tasks.c.cost_nano.is_not(None))
        .group_by(when, jobs.c.kind)
    )
    # by the index of what has not ended, so that the ledger is asked about few
    unended = jobs.c.id.in_(sa.select(tasks.c.job_id).where(is_unended()))
    held = await connection.execute(
        sa.select(*key, sa.func.sum(tasks.c.estimate_nano).label("reserved"))
        .select_from(jobs.join(tasks, tasks.c.job_id == jobs.c.id))
        .where(in_span, unended, is_unended(), ~ledger.is_ended(tasks.c.job_id, tasks.c.position))
        .group_by(when, jobs.c.kind)
    )
    cells = {(row.when, row.kind): Amounts(int(row.spent), 0, row.pictures) for row in made}
    for row in held:
        known = cells.get((row.when, row.kind), Amounts())
        cells[row.when, row.kind] = replace(known, reserved=int(row.reserved))
    return [
        Cell(_begins_at(begins, span.step), kind, sums.spent, sums.reserved, sums.pictures)
        for (begins, kind), sums in sorted(cells.items())
    ]


def _begins_at(begins: str | int, step: Step) -> int:
    if step is Step.HOUR:
        return int(begins) * _HOUR_S
    return int(datetime.fromisoformat(str(begins)).replace(tzinfo=UTC).timestamp())
