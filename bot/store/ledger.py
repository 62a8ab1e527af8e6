"""The ledger and its running totals: each task is `reserve`d, maybe `raise`d, then `settle`d or `release`d.

The functions here are parts of somebody else's transaction; `LedgerStore` holds the whole ones.
Every change locks the totals in the order of their key, so that two of them never wait for each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.budgets import Account, Budget, Period, Scope, Window, windows_at
from bot.domain.jobs import Task
from bot.domain.limits import Ceilings, is_raisable
from bot.domain.states import RESERVED, TO_BE_SENT, TaskState
from bot.store import warnings
from bot.store.database import Row, Statement, Steps, Transaction, given, reads, writes
from bot.store.limits import limits_of
from bot.store.schema import jobs, ledger, tasks, totals
from bot.store.turns import is_unended

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


def is_ended(job_id: sa.ColumnElement[int], position: sa.ColumnElement[int]) -> sa.Exists:
    """Build the condition that a task's money is settled or released."""
    return sa.exists().where(ledger.c.job_id == job_id, ledger.c.position == position, is_end(ledger.c.kind))


def is_reserved(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Build the condition that money is reserved for a task: it may still bring a picture, or cost something."""
    unknown = sa.and_(table.c.state == TaskState.UNKNOWN, ~is_ended(table.c.job_id, table.c.position))
    return sa.or_(table.c.state.in_(RESERVED), unknown)


def is_end(kind: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of entries that end a task's money, word for word."""
    return kind.in_(["settle", "release"])


_KEY = (totals.c.scope, totals.c.guild_id, totals.c.user_id, totals.c.window)
_GUILD, _PERSON = sa.bindparam("of_guild", type_=sa.BigInteger), sa.bindparam("of_person", type_=sa.BigInteger)
_DAY, _MONTH = sa.bindparam("day", type_=sa.String), sa.bindparam("month", type_=sa.String)


_WHOSE: tuple[tuple[Scope, Any, Any], ...] = (
    (Scope.EVERYWHERE, 0, _PERSON),
    (Scope.GUILD, _GUILD, 0),
    (Scope.PERSON, _GUILD, _PERSON),
    (Scope.TOTAL, 0, 0),
)
"""Scope, server and person of the totals that an account's money counts in, in the order of their key."""


def _of_account() -> sa.ColumnElement[bool]:
    """Build the condition of the totals that `_keys` names; each is looked up by its whole key."""
    window = totals.c.window.in_([_DAY, _MONTH])
    return sa.or_(
        *(
            sa.and_(totals.c.scope == scope, totals.c.guild_id == of_guild, totals.c.user_id == of_person, window)
            for scope, of_guild, of_person in _WHOSE
        )
    )


def _reserve(*, in_direct_messages: bool) -> sa.UpdateBase:
    rows = [  # in the order of their key
        {"scope": scope, "guild_id": of_guild, "user_id": of_person, "window": window}
        for scope, of_guild, of_person in _WHOSE
        if scope is not Scope.GUILD or not in_direct_messages
        for window in (_MONTH, _DAY)
    ]
    amounts = {"spent_nano": 0, "reserved_nano": sa.bindparam("reserved")}
    added = insert(totals).values([{**row, **amounts} for row in rows])
    sums = {"reserved_nano": totals.c.reserved_nano + added.excluded.reserved_nano}
    return added.on_conflict_do_update(index_elements=_KEY, set_=sums).returning(totals)


def _waiting(*whose: sa.ColumnElement[bool], window: sa.ColumnElement[str]) -> Statement:
    return Statement(
        sa.select(sa.func.sum(tasks.c.estimate_nano))
        .select_from(tasks.join(jobs, jobs.c.id == tasks.c.job_id))
        .where(
            is_unended(),
            tasks.c.state.in_(TO_BE_SENT),
            sa.or_(tasks.c.job_id != sa.bindparam("job_id"), tasks.c.position != sa.bindparam("position")),
            window == sa.bindparam("window"),
            *whose,
        )
    )


def _rebuild() -> sa.Select[Any]:
    """Add up the ledger: what is settled is spent; what is reserved and has no end is still reserved."""
    end = ledger.alias("end")
    settled = sa.and_(
        ledger.c.kind == "reserve", end.c.kind == "settle"
    )  # once a task, however often it was raised
    spent = sa.func.coalesce(sa.func.sum(sa.case((settled, end.c.amount_nano), else_=0)), 0)
    reserved = sa.func.coalesce(sa.func.sum(sa.case((end.c.id.is_(None), ledger.c.amount_nano), else_=0)), 0)
    ends_it = sa.and_(end.c.job_id == ledger.c.job_id, end.c.position == ledger.c.position, is_end(end.c.kind))
    return (
        sa.select(
            ledger.c.guild_id,
            ledger.c.user_id,
            ledger.c.day,
            ledger.c.month,
            spent.label("spent"),
            reserved.label("reserved"),
        )
        .select_from(ledger.outerjoin(end, ends_it))
        .where(ledger.c.kind.in_(["reserve", "raise"]))
        .group_by(ledger.c.guild_id, ledger.c.user_id, ledger.c.day, ledger.c.month)
    )


_OF_GUILD = tasks.c.guild_id == sa.bindparam("guild_id")
_OF_PERSON = tasks.c.user_id == sa.bindparam("user_id")
_WINDOWS = {Period.DAY: jobs.c.day, Period.MONTH: jobs.c.month}

_RESERVE = Statement(_reserve(in_direct_messages=False))
_RESERVE_DIRECT = Statement(_reserve(in_direct_messages=True))
_TOTALS = Statement(sa.select(totals).where(_of_account()))
_LOCK_TOTALS = Statement(sa.select(totals).where(_of_account()).order_by(*_KEY).with_for_update())
_CHANGE_TOTALS = Statement(
    sa.update(totals)
    .where(_of_account())
    .values(
        spent_nano=totals.c.spent_nano + sa.bindparam("spent"),
        reserved_nano=totals.c.reserved_nano + sa.bindparam("reserved"),
    )
)
_ENTER = Statement(
    sa.insert(ledger).values(
        given("job_id", "position", "kind", "amount_nano", "guild_id", "user_id", "day", "month", "at")
    )
)
_ENTER_END = Statement(
    sa.insert(ledger)
    .from_select(
        ["job_id", "position", "kind", "amount_nano", "guild_id", "user_id", "day", "month", "at"],
        sa.select(
            ledger.c.job_id,
            ledger.c.position,
            sa.bindparam("end", type_=ledger.c.kind.type),
            sa.bindparam("amount", type_=ledger.c.amount_nano.type),
            *(ledger.c.guild_id, ledger.c.user_id, ledger.c.day, ledger.c.month),
            sa.bindparam("now", type_=ledger.c.at.type),
        ).where(
            ledger.c.job_id == sa.bindparam("of_job"),
            ledger.c.position == sa.bindparam("of_position"),
            ledger.c.kind == "reserve",
        ),
    )
    .returning(ledger.c.guild_id, ledger.c.user_id, ledger.c.day, ledger.c.month)
)
_WAITING_OF_PERSON = {period: _waiting(_OF_GUILD, _OF_PERSON, window=of) for period, of in _WINDOWS.items()}
_WAITING_EVERYWHERE = {period: _waiting(_OF_PERSON, window=of) for period, of in _WINDOWS.items()}
_WAITING_OF_GUILD = {period: _waiting(_OF_GUILD, window=of) for period, of in _WINDOWS.items()}
_WAITING_OF_ALL = {period: _waiting(window=of) for period, of in _WINDOWS.items()}
_ALL_TOTALS = Statement(sa.select(totals))
_FORGET_TOTALS = Statement(sa.delete(totals))
_WRITE_TOTAL = Statement(sa.insert(totals))
_REBUILD = Statement(_rebuild())
_LOCK_ALL_TOTALS = Statement(sa.text("LOCK TABLE totals IN EXCLUSIVE MODE"))


def _keys(account: Account, windows: Sequence[str]) -> list[TotalKey]:
    """Give the totals that an account's money counts in, in the order in which they are locked."""
    whose = [(scope, account.counted_in(scope)) for scope in account.scopes]
    return sorted((scope.value, of.guild_id, of.user_id, window) for scope, of in whose for window in windows)


def _named(account: Account, day: str, month: str) -> dict[str, int | str]:
    return {"of_guild": account.guild_id, "of_person": account.user_id, "day": day, "month": month}


def _entry(account: Account, day: str, month: str, now: int) -> dict[str, int | str]:
    """Give what every entry of an account's money says beside its task, kind and amount."""
    return {"guild_id": account.guild_id, "user_id": account.user_id, "day": day, "month": month, "at": now}


def reserve(
    tx: Transaction,
    account: Account,
    job_id: int,
    estimates: Sequence[int],
    windows: tuple[Window, Window],
    now: int,
) -> Mapping[TotalKey, Total]:
    """Add the estimates to the totals and give the totals as they were before; holds their rows' locks."""
    wanted = sum(estimates)
    statement = _RESERVE if account.guild_id else _RESERVE_DIRECT
    rows = tx.many(statement, **_named(account, windows[0].key, windows[1].key), reserved=wanted)
    before = {_key(row): Total(row.spent_nano, row.reserved_nano - wanted) for row in rows}
    entry = _entry(account, windows[0].key, windows[1].key, now)
    tx.run_each(
        _ENTER,
        [
            {"job_id": job_id, "position": position, "kind": "reserve", "amount_nano": estimate, **entry}
            for position, estimate in enumerate(estimates, start=1)
        ],
    )
    return before


def raise_to(
    tx: Transaction, task: Task, price: int, role_ids: frozenset[int], ceilings: Ceilings, now: int
) -> Budget | None:
    """Raise a task's reservation to its price; where a budget does not hold that, give it and change nothing.

    What others have reserved and not sent yet does not count against it: they are looked at when it is their turn.
    """
    windows = windows_at(task.asked_at)
    named = _named(task.account, windows[0].key, windows[1].key)
    held = _by_key(tx.many(_LOCK_TOTALS, **named))
    applied = budgets(tx, task.account, role_ids, held, ceilings, windows, now)
    more = price - task.estimate_nano
    for budget in applied:
        if budget.is_passed_by(more):
            waiting = _waits(tx, task, budget)
            if (sent := replace(budget, reserved=budget.reserved - waiting)).is_passed_by(more):
                return sent
    if more:
        tx.run(_CHANGE_TOTALS, **named, spent=0, reserved=more)
        entry = _entry(task.account, windows[0].key, windows[1].key, now)
        tx.run(_ENTER, job_id=task.job_id, position=task.position, kind="raise", amount_nano=more, **entry)
        warnings.note(tx, task.account, applied, more, now)
    return None


def _key(row: Row) -> TotalKey:
    return row.scope, row.guild_id, row.user_id, row.window


def _by_key(rows: Iterable[Row]) -> dict[TotalKey, Total]:
    return {_key(row): Total(row.spent_nano, row.reserved_nano) for row in rows}


def _waits(tx: Transaction, task: Task, budget: Budget) -> int:
    """Add up what other tasks than `task` have reserved from a budget without having been sent."""
    other = {"job_id": task.job_id, "position": task.position, "window": budget.window.key}
    guild, person = {"guild_id": task.account.guild_id}, {"user_id": task.account.user_id}
    match budget.scope:
        case Scope.PERSON:
            waiting = tx.value(_WAITING_OF_PERSON[budget.window.period], **other, **guild, **person)
        case Scope.EVERYWHERE:
            waiting = tx.value(_WAITING_EVERYWHERE[budget.window.period], **other, **person)
        case Scope.GUILD:
            waiting = tx.value(_WAITING_OF_GUILD[budget.window.period], **other, **guild)
        case Scope.TOTAL:
            waiting = tx.value(_WAITING_OF_ALL[budget.window.period], **other)
    return int(waiting or 0)


def settle(tx: Transaction, task: Task, cost: int, now: int) -> None:
    """Turn a task's reservation into what it really cost."""
    _end(tx, task, "settle", cost, now, spent=cost)


def release(tx: Transaction, task: Task, now: int) -> None:
    """Give a task's reservation back."""
    _end(tx, task, "release", task.estimate_nano, now, spent=0)


def _end(tx: Transaction, task: Task, kind: str, amount: int, now: int, *, spent: int) -> None:
    """Enter how a task's money ended, for whom and when it was reserved, and change the totals by it."""
    reserved = tx.one(_ENTER_END, of_job=task.job_id, of_position=task.position, end=kind, amount=amount, now=now)
    named = _named(Account(reserved.guild_id, reserved.user_id), reserved.day, reserved.month)
    if tx.is_postgresql:  # which changes rows in whatever order it finds them
        tx.many(_LOCK_TOTALS, **named)
    tx.run(_CHANGE_TOTALS, **named, spent=spent, reserved=-task.estimate_nano)


def budgets(
    tx: Transaction,
    account: Account,
    role_ids: frozenset[int],
    kept: Mapping[TotalKey, Total],
    ceilings: Ceilings,
    windows: tuple[Window, Window],
    now: int,
) -> list[Budget]:
    """Give every budget that applies to an account, the person's own first."""
    applied = limits_of(tx, account, role_ids, now)
    nothing = Total(0, 0)
    found = []
    for scope in account.scopes:
        whose = account.counted_in(scope)
        for window in windows:
            total = kept.get((scope.value, whose.guild_id, whose.user_id, window.key), nothing)
            limit = applied.of(scope, window.period, ceilings)
            raisable = bool(account.guild_id) and is_raisable(limit, scope, window.period, ceilings)
            found.append(Budget(scope, window, total.spent, total.reserved, limit, raisable))
    return found


def budgets_now(
    tx: Transaction, account: Account, role_ids: frozenset[int], ceilings: Ceilings, now: int
) -> list[Budget]:
    """Read every budget that applies to an account now, the person's own first."""
    windows = windows_at(now)
    kept = _by_key(tx.many(_TOTALS, **_named(account, windows[0].key, windows[1].key)))
    return budgets(tx, account, role_ids, kept, ceilings, windows, now)


class LedgerStore(Steps):
    """Whole transactions over the ledger: what an account has left, and whether the totals are true."""

    @reads
    def budgets(
        self, tx: Transaction, account: Account, role_ids: frozenset[int], ceilings: Ceilings, now: int
    ) -> list[Budget]:
        """Read every budget that applies to an account now, the person's own first."""
        return budgets_now(tx, account, role_ids, ceilings, now)

    @reads
    def differences(self, tx: Transaction) -> list[Difference]:
        """Add the ledger up anew and give every total that differs from it."""
        return _differences(_by_key(tx.many(_ALL_TOTALS)), _rebuilt(tx))

    @writes
    def rebuild(self, tx: Transaction) -> list[Difference]:
        """Replace the running totals by what the ledger adds up to; give every total that differed from it."""
        if tx.is_postgresql:
            tx.run(_LOCK_ALL_TOTALS)
        rebuilt = _rebuilt(tx)
        differences = _differences(_by_key(tx.many(_ALL_TOTALS)), rebuilt)
        tx.run(_FORGET_TOTALS)
        tx.run_each(
            _WRITE_TOTAL,
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


def _differences(kept: Mapping[TotalKey, Total], rebuilt: Mapping[TotalKey, Total]) -> list[Difference]:
    nothing = Total(0, 0)
    return [
        Difference(key, kept.get(key, nothing), rebuilt.get(key, nothing))
        for key in sorted(kept.keys() | rebuilt.keys())
        if kept.get(key, nothing) != rebuilt.get(key, nothing)
    ]


def _rebuilt(tx: Transaction) -> dict[TotalKey, Total]:
    sums: dict[TotalKey, Total] = {}
    for row in tx.many(_REBUILD):
        for key in _keys(Account(row.guild_id, row.user_id), [row.day, row.month]):
            old = sums.get(key, Total(0, 0))
            sums[key] = Total(old.spent + int(row.spent), old.reserved + int(row.reserved))
    return sums
