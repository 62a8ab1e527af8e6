"""Which budgets' warnings were given, so that each comes once for a day or month."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account, Budget, Scope
from bot.domain.warnings import BudgetWarning, reached, reached_by_refusal
from bot.store.database import Database
from bot.store.schema import warnings


class WarningStore:
    """Warnings are noted with what causes them, and taken once by whoever tells them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def used_up(self, account: Account, budget: Budget, now: int, *, told: bool) -> None:
        """Note that a budget with most of it used has refused an order; `told` where the refusal has said it."""
        if not reached_by_refusal(budget):
            return
        async with self._database.writing() as connection:
            await note_used_up(connection, account, budget, now, told=told)

    async def take(self, account: Account, now: int) -> Sequence[BudgetWarning]:
        """Take what a person was not told yet; nobody else gets it again."""
        async with self._database.writing() as connection:
            rows = await connection.execute(
                sa.update(warnings).where(*_untold(account)).values(told_at=now).returning(warnings)
            )
            return _loudest(_warning(row) for row in rows)

    async def untold_of_servers(self, limit: int) -> Sequence[BudgetWarning]:
        """Read the oldest warnings of servers that their moderators were not told yet."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(warnings)
                .where(warnings.c.told_at.is_(None), warnings.c.scope == Scope.GUILD)
                .order_by(warnings.c.at, warnings.c.window, warnings.c.percent)
                .limit(limit)
            )
            return [_warning(row) for row in rows]

    async def mark_told(self, warning: BudgetWarning, now: int) -> None:
        """Record that a warning was given, or that there is nobody to give it to."""
        async with self._database.writing() as connection:
            await connection.execute(
                sa.update(warnings)
                .where(
                    warnings.c.scope == warning.scope,
                    warnings.c.guild_id == warning.account.guild_id,
                    warnings.c.user_id == warning.account.user_id,
                    warnings.c.window == warning.window,
                    warnings.c.percent == warning.percent,
                )
                .values(told_at=now)
            )


async def note(
    connection: AsyncConnection, account: Account, budgets: Sequence[Budget], wanted: int, now: int
) -> None:
    """Note what a reservation reaches, as a part of its transaction."""
    for budget in budgets:
        for percent in reached(budget, wanted):
            await _insert(connection, account, budget, percent, budget.used + wanted, now, None)


async def is_to_tell(connection: AsyncConnection, account: Account) -> bool:
    """Whether there is something that a person was not told yet."""
    return bool(await connection.scalar(sa.select(sa.exists().where(*_untold(account)))))


def _untold(account: Account) -> Sequence[sa.ColumnElement[bool]]:
    return (
        warnings.c.scope == Scope.PERSON,
        warnings.c.guild_id == account.guild_id,
        warnings.c.user_id == account.user_id,
        warnings.c.told_at.is_(None),
    )


async def note_used_up(
    connection: AsyncConnection, account: Account, budget: Budget, now: int, *, told: bool
) -> None:
    """Note that a budget has refused something, as a part of somebody else's transaction."""
    for percent in reached_by_refusal(budget):
        await _insert(connection, account, budget, percent, budget.used, now, now if told else None)


async def _insert(
    connection: AsyncConnection,
    account: Account,
    budget: Budget,
    percent: int,
    used: int,
    now: int,
    told_at: int | None,
) -> None:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    await connection.execute(
        insert(warnings)
        .values(
            scope=budget.scope,
            guild_id=0 if budget.scope is Scope.TOTAL else account.guild_id,
            user_id=account.user_id if budget.scope is Scope.PERSON else 0,
            window=budget.window.key,
            percent=percent,
            limit_nano=budget.limit or 0,
            used_nano=used,
            at=now,
            told_at=told_at,
        )
        .on_conflict_do_nothing()
    )


def _loudest(found: Iterable[BudgetWarning]) -> Sequence[BudgetWarning]:
    """Leave out that most is used where all is."""
    by_window: dict[str, BudgetWarning] = {}
    for warning in sorted(found, key=lambda each: (each.window, each.percent)):
        by_window[warning.window] = warning
    return list(by_window.values())


def _warning(row: sa.Row[tuple[object, ...]]) -> BudgetWarning:
    account = Account(row.guild_id, row.user_id)
    return BudgetWarning(Scope(row.scope), account, row.window, row.percent, row.limit_nano, row.used_nano, row.at)
