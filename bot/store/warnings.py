"""Which budgets' warnings were given, so that each comes once for a day or month."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.budgets import Account, Budget, Scope
from bot.domain.warnings import BudgetWarning, reached, reached_by_refusal
from bot.store.database import Row, Statement, Steps, Transaction, given, reads, writes
from bot.store.schema import warnings

_IS_UNTOLD = sa.or_(
    *(
        sa.and_(
            warnings.c.scope == scope,
            warnings.c.guild_id == of_guild,
            warnings.c.user_id == sa.bindparam("user_id"),
            warnings.c.told_at.is_(None),  # in each, so that SQLite finds each by the index
        )
        for scope, of_guild in ((Scope.PERSON, sa.bindparam("guild_id")), (Scope.EVERYWHERE, 0))
    )
)
_IS_ONE_TO_TELL = Statement(sa.select(sa.exists().where(_IS_UNTOLD)))
_TAKE = Statement(sa.update(warnings).where(_IS_UNTOLD).values(given("told_at")).returning(warnings))
_UNTOLD_OF_SERVERS = Statement(
    sa.select(warnings)
    .where(warnings.c.told_at.is_(None), warnings.c.scope == Scope.GUILD)
    .order_by(warnings.c.at, warnings.c.window, warnings.c.percent)
    .limit(sa.bindparam("most"))
)
_MARK_TOLD = Statement(
    sa.update(warnings)
    .where(*(column == sa.bindparam(column.key) for column in warnings.primary_key))
    .values(given("told_at"))
)
_NOTE = Statement(insert(warnings).on_conflict_do_nothing())


class WarningStore(Steps):
    """Warnings are noted with what causes them, and taken once by whoever tells them."""

    async def used_up(self, account: Account, budget: Budget, now: int, *, told: bool) -> None:
        """Note that a budget with most of it used has refused an order; `told` where the refusal has said it."""
        if reached_by_refusal(budget):
            await self._used_up(account, budget, now, told=told)

    @writes
    def _used_up(self, tx: Transaction, account: Account, budget: Budget, now: int, *, told: bool) -> None:
        note_used_up(tx, account, budget, now, told=told)

    @writes
    def take(self, tx: Transaction, account: Account, now: int) -> Sequence[BudgetWarning]:
        """Take what a person was not told yet; nobody else gets it again."""
        rows = tx.many(_TAKE, guild_id=account.guild_id, user_id=account.user_id, told_at=now)
        return _loudest(_warning(row) for row in rows)

    @reads
    def untold_of_servers(self, tx: Transaction, limit: int) -> Sequence[BudgetWarning]:
        """Read the oldest warnings of servers that their moderators were not told yet."""
        return [_warning(row) for row in tx.many(_UNTOLD_OF_SERVERS, most=limit)]

    @writes
    def mark_told(self, tx: Transaction, warning: BudgetWarning, now: int) -> None:
        """Record that a warning was given, or that there is nobody to give it to."""
        tx.run(
            _MARK_TOLD,
            scope=warning.scope,
            guild_id=warning.account.guild_id,
            user_id=warning.account.user_id,
            window=warning.window,
            percent=warning.percent,
            told_at=now,
        )


def note(tx: Transaction, account: Account, budgets: Sequence[Budget], wanted: int, now: int) -> None:
    """Note what a reservation reaches, as a part of its transaction."""
    for budget in budgets:
        for percent in reached(budget, wanted):
            _note(tx, account, budget, percent, budget.used + wanted, now, None)


def is_to_tell(tx: Transaction, account: Account) -> bool:
    """Whether there is something that a person was not told yet."""
    return bool(tx.value(_IS_ONE_TO_TELL, guild_id=account.guild_id, user_id=account.user_id))


def note_used_up(tx: Transaction, account: Account, budget: Budget, now: int, *, told: bool) -> None:
    """Note that a budget has refused something, as a part of somebody else's transaction."""
    for percent in reached_by_refusal(budget):
        _note(tx, account, budget, percent, budget.used, now, now if told else None)


def _note(
    tx: Transaction, account: Account, budget: Budget, percent: int, used: int, now: int, told_at: int | None
) -> None:
    whose = account.counted_in(budget.scope)
    tx.run(
        _NOTE,
        scope=budget.scope,
        guild_id=whose.guild_id,
        user_id=whose.user_id,
        window=budget.window.key,
        percent=percent,
        limit_nano=budget.limit or 0,
        used_nano=used,
        at=now,
        told_at=told_at,
    )


def _loudest(found: Iterable[BudgetWarning]) -> Sequence[BudgetWarning]:
    """Leave out that most is used where all is."""
    by_budget: dict[tuple[str, Scope], BudgetWarning] = {}
    for warning in sorted(found, key=lambda each: (each.window, each.scope, each.percent)):
        by_budget[warning.window, warning.scope] = warning
    return list(by_budget.values())


def _warning(row: Row) -> BudgetWarning:
    account = Account(row.guild_id, row.user_id)
    return BudgetWarning(Scope(row.scope), account, row.window, row.percent, row.limit_nano, row.used_nano, row.at)
