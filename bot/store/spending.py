"""What was spent, for reports: each question is answered by an index, and none reads the ledger through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.budgets import Account, Scope
from bot.domain.spending import Amounts, Cell, Span, Spender, Spenders, Spending, Step
from bot.domain.states import TaskState
from bot.store import ledger
from bot.store.database import Statement, Steps, Transaction, is_among, reads
from bot.store.schema import jobs, tasks, totals
from bot.store.turns import is_unended

_HOUR_S = 3600
_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class _Sums:
    """The statements that add up somebody's money, by time and kind."""

    made: Statement
    held: Statement


def _sums(owner: sa.ColumnElement[bool], when: sa.ColumnElement[Any]) -> _Sums:
    key = (when.label("when"), jobs.c.kind)
    in_span = sa.and_(
        owner, jobs.c.accepted_at >= sa.bindparam("since"), jobs.c.accepted_at < sa.bindparam("until")
    )
    both = jobs.join(tasks, tasks.c.job_id == jobs.c.id)
    pictures = sa.func.count().filter(tasks.c.state == TaskState.SUCCEEDED)
    # by the index of what has not ended, so that the ledger is asked about few
    unended = jobs.c.id.in_(sa.select(tasks.c.job_id).where(is_unended()))
    return _Sums(
        Statement(
            sa.select(*key, sa.func.sum(tasks.c.cost_nano).label("spent"), pictures.label("pictures"))
            .select_from(both)
            .where(in_span, tasks.c.cost_nano.is_not(None))
            .group_by(when, jobs.c.kind)
        ),
        Statement(
            sa.select(*key, sa.func.sum(tasks.c.estimate_nano).label("reserved"))
            .select_from(both)
            .where(in_span, unended, is_unended(), ~ledger.is_ended(tasks.c.job_id, tasks.c.position))
            .group_by(when, jobs.c.kind)
        ),
    )


_WHEN: dict[Step, sa.ColumnElement[Any]] = {Step.HOUR: jobs.c.accepted_at // _HOUR_MS, Step.DAY: jobs.c.day}
_OWN_SERVER = jobs.c.guild_id == sa.bindparam("guild_id")
_OWN_ACCOUNT = sa.and_(jobs.c.user_id == sa.bindparam("user_id"), _OWN_SERVER)
_OF_SERVER = {step: _sums(_OWN_SERVER, when) for step, when in _WHEN.items()}
_OF_ACCOUNT = {step: _sums(_OWN_ACCOUNT, when) for step, when in _WHEN.items()}

_FIRST_AT = Statement(sa.select(sa.func.min(jobs.c.accepted_at)).where(_OWN_SERVER))
_SPENT, _RESERVED = sa.func.sum(totals.c.spent_nano), sa.func.sum(totals.c.reserved_nano)
_SPENDERS = Statement(
    sa.select(totals.c.user_id, _SPENT.label("spent"), _RESERVED.label("reserved"))
    .where(
        totals.c.guild_id == sa.bindparam("guild_id"),
        totals.c.scope == Scope.PERSON,
        is_among(totals.c.window, "windows"),
    )
    .group_by(totals.c.user_id)
    .having(_SPENT + _RESERVED > 0)
    .order_by(_SPENT.desc(), _RESERVED.desc(), totals.c.user_id)
    .limit(sa.bindparam("most"))
    .offset(sa.bindparam("skipped"))
)


class SpendingStore(Steps):
    """Adds up an account's or a server's money; what is settled counts to the day of its acceptance."""

    @reads
    def of_account(self, tx: Transaction, account: Account, span: Span) -> Spending:
        """Add up what an account has spent, by time and kind."""
        whose = {"user_id": account.user_id, "guild_id": account.guild_id}
        return Spending(span, _cells(tx, _OF_ACCOUNT[span.step], span, **whose))

    @reads
    def of_server(self, tx: Transaction, guild_id: int, span: Span) -> Spending:
        """Add up what a server has spent, by time and kind."""
        return Spending(span, _cells(tx, _OF_SERVER[span.step], span, guild_id=guild_id))

    @reads
    def spenders(self, tx: Transaction, guild_id: int, span: Span, size: int, page: int = 0) -> Spenders:
        """Read who has spent the most on a server, from the running totals."""
        first_at = tx.value(_FIRST_AT, guild_id=guild_id)
        if first_at is None:
            return Spenders(page, 1, [], more=False)
        windows = list(span.windows(first_at))
        rows = tx.many(_SPENDERS, guild_id=guild_id, windows=windows, most=size + 1, skipped=page * size)
        found = [Spender(row.user_id, int(row.spent), int(row.reserved)) for row in rows]
        return Spenders(page, page * size + 1, found[:size], more=len(found) > size)


def _cells(tx: Transaction, sums: _Sums, span: Span, **whose: int) -> Sequence[Cell]:
    chosen = {**whose, "since": span.since, "until": span.until}
    cells = {
        (row.when, row.kind): Amounts(int(row.spent), 0, row.pictures) for row in tx.many(sums.made, **chosen)
    }
    for row in tx.many(sums.held, **chosen):
        known = cells.get((row.when, row.kind), Amounts())
        cells[row.when, row.kind] = replace(known, reserved=int(row.reserved))
    return [
        Cell(_begins_at(begins, span.step), kind, amounts.spent, amounts.reserved, amounts.pictures)
        for (begins, kind), amounts in sorted(cells.items())
    ]


def _begins_at(begins: str | int, step: Step) -> int:
    if step is Step.HOUR:
        return int(begins) * _HOUR_S
    return int(datetime.fromisoformat(str(begins)).replace(tzinfo=UTC).timestamp())
