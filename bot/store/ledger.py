"""The ledger and its running totals: each task is `reserve`d, maybe `raise`d, then `settle`d or `release`d.

The functions here are parts of somebody else's transaction; `LedgerStore` holds the whole ones.
Every change locks the totals in the order of their key, so that two of them never wait for each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account, Budget, Period, Scope, Window, windows_at
from bot.domain.jobs import Task
from bot.domain.limits import Ceilings
from bot.domain.states import RESERVED, TO_BE_SENT, TaskState
from bot.store import warnings
from bot.store.database import Database
from bot.store.limits import limits_of
from bot.store.rows import has_key
from bot.store.schema import jobs, ledger, tasks, totals
from bot.store.turns import is_unended

_KEY = (totals.c.scope, totals.c.guild_id, totals.c.user_id, totals.c.window)
TotalKey: TypeAlias = tuple[str, int, int, str]
"""Scope, server, person, day or month."""


@dataclass(frozen=True, slots=True)
class Total:
    """One running total, in nano-dollars."""

    spent: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a running total is not what the ledger adds up to."""

    key: TotalKey
    kept: Total
    rebuilt: Total


def _keys(account: Account, windows: Sequence[str]) -> list[TotalKey]:
    """Give the totals that an account's money counts in, in the order in which they are locked."""
    keys = [(Scope.PERSON, account.guild_id, account.user_id), (Scope.TOTAL, 0, 0)]
    if account.guild_id:
        keys.append((Scope.GUILD, account.guild_id, 0))
    return sorted((scope.value, guild, user, window) for scope, guild, user in keys for window in windows)


def _entry(account: Account, day: str, month: str, now: int) -> dict[str, int | str]:
    """Give what every entry of an account's money says beside its task, kind and amount."""
    return {"guild_id": account.guild_id, "user_id": account.user_id, "day": day, "month": month, "at": now}


async def reserve(
    connection: AsyncConnection,
    account: Account,
    job_id: int,
    estimates: Sequence[int],
    windows: tuple[Window, Window],
    now: int,
) -> Mapping[TotalKey, Total]:
    """Add the estimates to the totals and give the totals as they were before; holds their rows' locks."""
    wanted = sum(estimates)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    upsert = insert(totals).values(
        [
            {"scope": s, "guild_id": g, "user_id": u, "window": w, "spent_nano": 0, "reserved_nano": wanted}
            for s, g, u, w in _keys(account, [window.key for window in windows])
        ]
    )
    upsert = upsert.on_conflict_do_update(
        index_elements=_KEY, set_={"reserved_nano": totals.c.reserved_nano + upsert.excluded.reserved_nano}
    )
    rows = await connection.execute(upsert.returning(*_KEY, totals.c.spent_nano, totals.c.reserved_nano))
    before = {(s, g, u, w): Total(spent, reserved - wanted) for s, g, u, w, spent, reserved in rows}
    entry = _entry(account, windows[0].key, windows[1].key, now)
    await connection.execute(
        sa.insert(ledger),
        [
            {"job_id": job_id, "position": n, "kind": "reserve", "amount_nano": estimate, **entry}
            for n, estimate in enumerate(estimates, start=1)
        ],
    )
    return before


async def raise_to(
    connection: AsyncConnection, task: Task, price: int, role_ids: frozenset[int], ceilings: Ceilings, now: int
) -> Budget | None:
    """Raise a task's reservation to its price; where a budget does not hold that, give it and change nothing.

    What others have reserved and not sent yet does not count against it: they are looked at when it is their turn.
    """
    windows = windows_at(task.asked_at)
    held = await _locked(connection, _keys(task.account, [window.key for window in windows]))
    applied = await budgets(connection, task.account, role_ids, held, ceilings, windows, now)
    more = price - task.estimate_nano
    for budget in applied:
        if budget.is_passed_by(more):
            waiting = await _waiting(connection, task, budget)
            if (sent := replace(budget, reserved=budget.reserved - waiting)).is_passed_by(more):
                return sent
    if more:
        await connection.execute(
            sa.update(totals).where(has_key(_KEY, list(held))).values(reserved_nano=totals.c.reserved_nano + more)
        )
        entry = _entry(task.account, windows[0].key, windows[1].key, now)
        await connection.execute(
            sa.insert(ledger).values(
                job_id=task.job_id, position=task.position, kind="raise", amount_nano=more, **entry
            )
        )
        await warnings.note(connection, task.account, applied, more, now)
    return None


async def _locked(connection: AsyncConnection, keys: Sequence[TotalKey]) -> dict[TotalKey, Total]:
    """Read totals that are about to change; nobody else changes them until the transaction ends."""
    chosen = sa.select(totals).where(has_key(_KEY, keys)).order_by(*_KEY)
    rows = await connection.execute(chosen.with_for_update())
    return {(r.scope, r.guild_id, r.user_id, r.window): Total(r.spent_nano, r.reserved_nano) for r in rows}


async def _waiting(connection: AsyncConnection, task: Task, budget: Budget) -> int:
    """Add up what other tasks than `task` have reserved from a budget without having been sent."""
    window = jobs.c.day if budget.window.period is Period.DAY else jobs.c.month
    whose = {
        Scope.PERSON: sa.and_(tasks.c.guild_id == task.account.guild_id, tasks.c.user_id == task.account.user_id),
        Scope.GUILD: tasks.c.guild_id == task.account.guild_id,
        Scope.TOTAL: sa.true(),
    }[budget.scope]
    reserved = await connection.scalar(
        sa.select(sa.func.sum(tasks.c.estimate_nano))
        .select_from(tasks.join(jobs, jobs.c.id == tasks.c.job_id))
        .where(
            is_unended(),
            tasks.c.state.in_(TO_BE_SENT),
            sa.or_(tasks.c.job_id != task.job_id, tasks.c.position != task.position),
            window == budget.window.key,
            whose,
        )
    )
    return int(reserved or 0)


async def settle(connection: AsyncConnection, job_id: int, position: int, cost: int, now: int) -> None:
    """Turn a task's reservation into what it really cost."""
    await _end(connection, job_id, position, "settle", cost, now)


async def release(connection: AsyncConnection, job_id: int, position: int, now: int) -> None:
    """Give a task's reservation back."""
    await _end(connection, job_id, position, "release", None, now)


def is_ended(job_id: sa.ColumnElement[int], position: sa.ColumnElement[int]) -> sa.Exists:
    """Build the condition that a task's money is settled or released."""
    return sa.exists().where(ledger.c.job_id == job_id, ledger.c.position == position, is_end(ledger.c.kind))


def is_reserved(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Build the condition that money is reserved for a task: it may still bring a picture, or cost something."""
    unknown = sa.and_(table.c.state == TaskState.UNKNOWN, ~is_ended(table.c.job_id, table.c.position))
    return sa.or_(table.c.state.in_(RESERVED), unknown)


def is_end(kind: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of entries that end a task's money, word for word."""
    return kind.in_([sa.literal_column("'settle'"), sa.literal_column("'release'")])


async def _end(
    connection: AsyncConnection, job_id: int, position: int, kind: str, cost: int | None, now: int
) -> None:
    reserved = (
        await connection.execute(
            sa.select(ledger.c.guild_id, ledger.c.user_id, ledger.c.day, ledger.c.month, tasks.c.estimate_nano)
            .select_from(ledger.join(tasks))
            .where(ledger.c.job_id == job_id, ledger.c.position == position, ledger.c.kind == "reserve")
        )
    ).one()
    account = Account(reserved.guild_id, reserved.user_id)
    keys = _keys(account, [reserved.day, reserved.month])
    chosen = has_key(_KEY, keys)
    if connection.dialect.name == "postgresql":
        await connection.execute(sa.select(totals.c.scope).where(chosen).order_by(*_KEY).with_for_update())
    await connection.execute(
        sa.update(totals)
        .where(chosen)
        .values(
            spent_nano=totals.c.spent_nano + (cost or 0),
            reserved_nano=totals.c.reserved_nano - reserved.estimate_nano,
        )
    )
    await connection.execute(
        sa.insert(ledger).values(
            job_id=job_id,
            position=position,
            kind=kind,
            amount_nano=reserved.estimate_nano if cost is None else cost,
            **_entry(account, reserved.day, reserved.month, now),
        )
    )


async def budgets(
    connection: AsyncConnection,
    account: Account,
    role_ids: frozenset[int],
    kept: Mapping[TotalKey, Total],
    ceilings: Ceilings,
    windows: tuple[Window, Window],
    now: int,
) -> list[Budget]:
    """Give every budget that applies to an account, the person's own first."""
    applied = await limits_of(connection, account, role_ids, now)
    whose = [(Scope.PERSON, account.guild_id, account.user_id), (Scope.TOTAL, 0, 0)]
    if account.guild_id:
        whose.insert(1, (Scope.GUILD, account.guild_id, 0))
    nothing = Total(0, 0)
    found = []
    for scope, guild_id, user_id in whose:
        for window in windows:
            total = kept.get((scope.value, guild_id, user_id, window.key), nothing)
            period = window.period
            limit = applied.of(scope, period, ceilings)
            raisable = bool(account.guild_id) and applied.raisable(scope, period, ceilings)
            found.append(Budget(scope, window, total.spent, total.reserved, limit, raisable))
    return found


async def budgets_now(
    connection: AsyncConnection, account: Account, role_ids: frozenset[int], ceilings: Ceilings, now: int
) -> list[Budget]:
    """Read every budget that applies to an account now, the person's own first."""
    windows = windows_at(now)
    keys = _keys(account, [window.key for window in windows])
    rows = await connection.execute(sa.select(totals).where(has_key(_KEY, keys)))
    kept = {(r.scope, r.guild_id, r.user_id, r.window): Total(r.spent_nano, r.reserved_nano) for r in rows}
    return await budgets(connection, account, role_ids, kept, ceilings, windows, now)


class LedgerStore:
    """Whole transactions over the ledger: what an account has left, and whether the totals are true."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def budgets(
        self, account: Account, role_ids: frozenset[int], ceilings: Ceilings, now: int
    ) -> list[Budget]:
        """Read every budget that applies to an account now, the person's own first."""
        async with self._database.reading() as connection:
            return await budgets_now(connection, account, role_ids, ceilings, now)

    async def differences(self) -> list[Difference]:
        """Add the ledger up anew and give every total that differs from it."""
        async with self._database.reading() as connection:
            return _differences(await _kept(connection), await _rebuilt(connection))

    async def rebuild(self) -> list[Difference]:
        """Replace the running totals by what the ledger adds up to; give every total that differed from it."""
        async with self._database.writing() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(sa.text("LOCK TABLE totals IN EXCLUSIVE MODE"))
            rebuilt = await _rebuilt(connection)
            differences = _differences(await _kept(connection), rebuilt)
            await connection.execute(sa.delete(totals))
            if rebuilt:
                await connection.execute(
                    sa.insert(totals),
                    [
                        {
                            "scope": s,
                            "guild_id": g,
                            "user_id": u,
                            "window": w,
                            "spent_nano": t.spent,
                            "reserved_nano": t.reserved,
                        }
                        for (s, g, u, w), t in rebuilt.items()
                    ],
                )
            return differences


async def _kept(connection: AsyncConnection) -> dict[TotalKey, Total]:
    rows = await connection.execute(sa.select(totals))
    return {(r.scope, r.guild_id, r.user_id, r.window): Total(r.spent_nano, r.reserved_nano) for r in rows}


def _differences(kept: Mapping[TotalKey, Total], rebuilt: Mapping[TotalKey, Total]) -> list[Difference]:
    nothing = Total(0, 0)
    return [
        Difference(key, kept.get(key, nothing), rebuilt.get(key, nothing))
        for key in sorted(kept.keys() | rebuilt.keys())
        if kept.get(key, nothing) != rebuilt.get(key, nothing)
    ]


async def _rebuilt(connection: AsyncConnection) -> dict[TotalKey, Total]:
    """Add up the ledger: what is settled is spent; what is reserved and has no end is still reserved."""
    end = ledger.alias("end")
    settled = sa.and_(
        ledger.c.kind == "reserve", end.c.kind == "settle"
    )  # once a task, however often it was raised
    spent = sa.func.coalesce(sa.func.sum(sa.case((settled, end.c.amount_nano), else_=0)), 0)
    reserved = sa.func.coalesce(sa.func.sum(sa.case((end.c.id.is_(None), ledger.c.amount_nano), else_=0)), 0)
    rows = await connection.execute(
        sa.select(ledger.c.guild_id, ledger.c.user_id, ledger.c.day, ledger.c.month, spent, reserved)
        .select_from(
            ledger.outerjoin(
                end,
                sa.and_(
                    end.c.job_id == ledger.c.job_id,
                    end.c.position == ledger.c.position,
                    is_end(end.c.kind),
                ),
            )
        )
        .where(ledger.c.kind.in_(["reserve", "raise"]))
        .group_by(ledger.c.guild_id, ledger.c.user_id, ledger.c.day, ledger.c.month)
    )
    sums: dict[TotalKey, Total] = {}
    for guild_id, user_id, day, month, spent_nano, reserved_nano in rows:
        for key in _keys(Account(guild_id, user_id), [day, month]):
            old = sums.get(key, Total(0, 0))
            sums[key] = Total(old.spent + int(spent_nano), old.reserved + int(reserved_nano))
    return sums
