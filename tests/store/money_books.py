"""What a state machine of orders and moderators writes down of its own: the store is held against it."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from hypothesis.stateful import RuleBasedStateMachine, invariant

from bot.domain.budgets import Account, BudgetRefusal, Scope
from bot.domain.jobs import Task
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.refusals import Refusal, Refuser
from bot.domain.states import AWAITED, TaskState
from bot.store import AuditStore, Database, Store
from bot.store.database import Statement
from bot.store.ledger import TotalKey
from bot.store.schema import totals, warnings
from tests.store.allowances import Allowances
from tests.store.scenes import CENT, HOUR, accept, empty, terms

T = TypeVar("T")
Name = tuple[int, int]

START = int(datetime(2028, 2, 27, 12, tzinfo=UTC).timestamp() * 1000)
ARTIST, PATRON = 71, 72
ROLES = {1: frozenset({ARTIST}), 2: frozenset({ARTIST, PATRON})}
ACCOUNTS = [Account(guild_id, user_id) for guild_id in (10, 20, 0) for user_id in ROLES]
ON_SERVERS = ACCOUNTS[:4]
ROOMY = terms(  # the server's limits leave moderators room to divide
    user_day=8 * CENT,
    user_month=20 * CENT,
    guild_day=16 * CENT,
    guild_month=60 * CENT,
    everywhere_day=12 * CENT,
    everywhere_month=30 * CENT,
    total_day=24 * CENT,
    total_month=90 * CENT,
    unfinished=5,
)
LOWER_ONLY = terms(user_day=8 * CENT, user_month=20 * CENT, total_day=24 * CENT, unfinished=5)
TERMS = {"roomy": ROOMY, "lower only": LOWER_ONLY, "no limits": terms(unfinished=5)}

_TOTALS = Statement(sa.select(totals))
_WARNINGS = Statement(sa.select(warnings))


@dataclass(frozen=True)
class Booked:
    """What the machine itself has written down of a task."""

    account: Account
    keys: tuple[TotalKey, ...]
    estimate: int
    spent: int = 0
    ended: bool = False


class MoneyBooks(RuleBasedStateMachine):
    """Knows beforehand what every order must be answered, and what must stand in the database."""

    def __init__(self, runner: asyncio.Runner, url: str) -> None:
        super().__init__()
        self._runner = runner
        self._url = url
        self._now = START
        self._next_id = 1
        self._terms = ROOMY
        self._allowed = Allowances(ROOMY.ceilings)
        self._tasks: dict[Name, Task] = {}
        self._books: dict[Name, Booked] = {}
        self._raises = 0
        self._warned: dict[tuple[TotalKey, int], bool] = {}
        """By budget and percent: whether it was told already."""
        self._database = Database(url)
        self.run(self._open())
        self.run(empty(self._database))

    def teardown(self) -> None:
        self.run(self._database.close())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    @invariant()
    def the_totals_are_what_happened(self) -> None:
        expected: dict[TotalKey, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for booked in self._books.values():
            for key in booked.keys:
                spent, reserved = expected[key]
                expected[key] = (spent + booked.spent, reserved + (0 if booked.ended else booked.estimate))
        assert self.run(self._totals()) == expected

    @invariant()
    def every_task_has_one_reserve_and_the_end_that_it_should(self) -> None:
        audit = self.run(AuditStore(self._database).audit())
        assert audit.problems == ()
        ends = sum(booked.ended for booked in self._books.values())
        assert audit.entries == len(self._books) + self._raises + ends

    @invariant()
    def every_warning_was_noted_once(self) -> None:
        assert self.run(self._noted()) == self._warned

    def in_state(self, *states: TaskState) -> list[Task]:
        return [task for task in self._tasks.values() if task.state in states]

    def note(self, task: Task) -> None:
        self._tasks[task.job_id, task.position] = task

    def _one(self, pick: int, *states: TaskState) -> Task:
        found = self.in_state(*states)
        return found[pick % len(found)]

    def _end(self, task: Task, spent: int) -> None:
        self.note(task)
        name = (task.job_id, task.position)
        assert not self._books[name].ended
        self._books[name] = replace(self._books[name], spent=spent, ended=True)

    def _limits(self, account: Account) -> dict[TotalKey, int | None]:
        return self._allowed.of(account, ROLES[account.user_id], self._now)

    def _used(self, key: TotalKey) -> int:
        booked = [each for each in self._books.values() if key in each.keys]
        return sum(each.spent if each.ended else each.estimate for each in booked)

    def _order(self, account: Account, prices: Sequence[int]) -> None:
        """Ask for pictures; whether they are accepted, and which budget refuses, is known beforehand."""
        wanted, limits = sum(prices), self._limits(account)
        job_id, self._next_id = self._next_id, self._next_id + 1
        left = {key: max(0, limit - self._used(key)) for key, limit in limits.items() if limit is not None}
        exceeded = [key for key in left if left[key] < wanted]
        of_person = [task for task in self.in_state(*AWAITED) if task.account.user_id == account.user_id]
        roles = ROLES[account.user_id]
        asked = accept(self._store, job_id, account, prices=prices, at=self._now, roles=roles, under=self._terms)
        try:
            job = self.run(asked)
        except BudgetRefusal as refusal:
            budget = refusal.budget
            assert not self._allowed.blocked(account, self._now)
            assert (budget.scope, budget.window.key) == (exceeded[0][0], exceeded[0][3])
            assert (budget.used, budget.limit) == (self._used(exceeded[0]), limits[exceeded[0]])
            return
        except Refusal as refusal:
            if refusal.refuser is Refuser.SERVER:
                assert self._allowed.blocked(account, self._now)
            else:
                assert len(of_person) + len(prices) > self._terms.unfinished
            return
        assert job is not None
        assert not exceeded
        assert not self._allowed.blocked(account, self._now)
        assert len(of_person) + len(prices) <= self._terms.unfinished
        for task in job.tasks:
            self.note(task)
            booked = Booked(account, tuple(limits), task.estimate_nano)
            self._books[task.job_id, task.position] = booked
        self._warn(limits)

    def _price_again(self, task: Task, price: int) -> bool:
        """Look at a claimed task's price before it is sent; tell whether every budget holds it now."""
        paid = [(t.ended_at or 0, t.cost_nano or 0) for t in self.in_state(TaskState.SUCCEEDED)]
        newest = max(((at, cost) for at, cost in paid if at > self._now - HOUR), default=(0, 0))
        price = max(task.estimate_nano, price, newest[1])
        more = price - task.estimate_nano
        name = (task.job_id, task.position)
        booked = self._books[name]
        limits = dict(zip(booked.keys, self._limits(task.account).values(), strict=True))
        waiting = [
            self._books[n] for n, each in self._tasks.items() if each.state is TaskState.QUEUED and n != name
        ]
        for key, limit in limits.items():
            sent = self._used(key) - sum(each.estimate for each in waiting if key in each.keys)
            if limit is not None and sent + more > limit:
                if limit and sent * 100 >= limit * 80:
                    for percent in (80, 100):
                        self._warned.setdefault((key, percent), Scope(key[0]).is_own)
                return False
        if more:
            self._raises += 1
            self._books[name] = replace(booked, estimate=price)
            self._warn(limits)
        return True

    def _warn(self, limits: Mapping[TotalKey, int | None]) -> None:
        """Expect the warnings for what is used by now."""
        for key, limit in limits.items():
            for percent in (80, 100):
                if limit and self._used(key) * 100 >= limit * percent:
                    self._warned.setdefault((key, percent), False)

    def _action(self, account: Account, kind: ActionKind) -> Action:
        return Action(account.guild_id, 99, kind, About.MEMBER, account.user_id, "did it", None, self._now)

    async def _open(self) -> None:
        self._database = Database(self._url)
        await self._database.open()
        self._store = Store.over(self._database)

    async def _totals(self) -> dict[TotalKey, tuple[int, int]]:
        rows = await self._database.read(lambda tx: tx.many(_TOTALS))
        return {(r.scope, r.guild_id, r.user_id, r.window): (r.spent_nano, r.reserved_nano) for r in rows}

    async def _noted(self) -> dict[tuple[TotalKey, int], bool]:
        rows = await self._database.read(lambda tx: tx.many(_WARNINGS))
        return {((r.scope, r.guild_id, r.user_id, r.window), r.percent): r.told_at is not None for r in rows}
