"""Random lives of random jobs: whatever happens in whatever order, the books are true."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Iterable
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.budgets import windows_at
from bot.domain.jobs import Task
from bot.domain.refusals import Refusal
from bot.domain.states import AT_SPARK, JobState, TaskState
from bot.store import Capacity, Database, LeaseLost, Store
from bot.store.ledger import TotalKey
from bot.store.schema import ledger, metadata, totals
from tests.store import machines
from tests.store.scenes import ANNA, ANNA_ALONE, BEN, CARA, CENT, HOUR, NO_CEILINGS, NOW, OWNER, accept, got, terms
from tests.store.steps import STEPS, URL

T = TypeVar("T")
Name = tuple[int, int]

PEOPLE = (ANNA, BEN, CARA, ANNA_ALONE)
LIMITS = terms(user_day=9 * CENT, guild_day=12 * CENT, total_day=20 * CENT, user_month=15 * CENT, unfinished=8)
ENDED = (TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED)
ANY = st.integers(0, 2**16)  # picks one of what there is, which hypothesis cannot know beforehand


class Lives(RuleBasedStateMachine):
    """Does to the store what a busy server does, and keeps books of its own beside it."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        super().__init__()
        self._runner = runner
        self._database = database
        self._store = Store.over(database)
        self._now = NOW + 1
        self._tasks: dict[Name, Task] = {}
        self._released: set[Name] = set()
        self._past: list[Task] = []
        self.run(self._empty())

    def run(self, work: Awaitable[T]) -> T:
        async def finish() -> T:
            return await work

        return self._runner.run(finish())

    def in_state(self, *states: TaskState) -> list[Task]:
        return [task for task in self._tasks.values() if task.state in states]

    def note(self, tasks: Iterable[Task]) -> None:
        for task in tasks:
            name = (task.job_id, task.position)
            if name in self._tasks:
                self._past.append(self._tasks[name])
            self._tasks[name] = task

    @rule(person=st.sampled_from(PEOPLE), cents=st.lists(st.integers(0, 4), min_size=1, max_size=4))
    def ask(self, person: Any, cents: list[int]) -> None:
        job_id = 1 + max((job_id for job_id, _ in self._tasks), default=0)
        prices = [CENT * price for price in cents]
        try:
            job = self.run(accept(self._store, job_id, person, prices=prices, at=self._now, under=LIMITS))
        except Refusal:
            return
        assert job is not None
        self.note(job.tasks)

    @precondition(lambda self: self._tasks)
    @rule(pick=ANY)
    def replay(self, pick: int) -> None:
        job_id = sorted(self._tasks)[pick % len(self._tasks)][0]
        assert self.run(accept(self._store, job_id, at=self._now)) is None

    @rule(total=st.integers(1, 9), per_person=st.integers(1, 4))
    def claim(self, total: int, per_person: int) -> None:
        before = len(self.in_state(*AT_SPARK))
        claimed = self.run(self._store.tasks.claim(OWNER, Capacity(total, per_person, unpriced=1000), self._now))
        assert len(claimed) <= max(0, total - before)
        self.note(claimed)
        for person in {task.account.user_id for task in claimed}:
            assert sum(task.account.user_id == person for task in self.in_state(*AT_SPARK)) <= per_person

    @precondition(lambda self: self.in_state(TaskState.CLAIMED))
    @rule(pick=ANY, name=st.sampled_from(["start", "start", "mark_unknown", "requeue", "succeed", "fail"]))
    def submit(self, pick: int, name: str) -> None:
        waiting = self.in_state(TaskState.CLAIMED)
        task = self.run(self._store.tasks.begin_submit(waiting[pick % len(waiting)], 0, NO_CEILINGS, self._now))
        self.note([task])
        self.note([self.run(STEPS[name][0](self._store, task))])

    @precondition(lambda self: self.in_state(TaskState.RUNNING, TaskState.OVERDUE))
    @rule(pick=ANY, error=st.integers(-2, 2))
    def succeed(self, pick: int, error: int) -> None:
        running = self.in_state(TaskState.RUNNING, TaskState.OVERDUE)
        task = running[pick % len(running)]
        cost = max(0, task.estimate_nano + error * CENT)
        self.note([self.run(self._store.tasks.succeed(task, "spark-9", cost, URL, self._now))])

    @precondition(lambda self: self._tasks)
    @rule(pick=ANY, name=st.sampled_from(list(STEPS)))
    def step(self, pick: int, name: str) -> None:
        task = self._tasks[sorted(self._tasks)[pick % len(self._tasks)]]
        step, to, sources = STEPS[name]
        if task.state in sources:
            self.note([self.run(step(self._store, task))])
            assert self._tasks[task.job_id, task.position].state is to
        else:
            with pytest.raises(AssertionError):
                self.run(step(self._store, task))

    @precondition(lambda self: self._past)
    @rule(pick=ANY, name=st.sampled_from(list(STEPS)))
    def step_with_an_old_handle(self, pick: int, name: str) -> None:
        task = self._past[pick % len(self._past)]
        with pytest.raises((AssertionError, LeaseLost)):
            self.run(STEPS[name][0](self._store, task))

    @precondition(lambda self: self.in_state(TaskState.UNKNOWN))
    @rule(pick=ANY)
    def start_late(self, pick: int) -> None:
        unknown = self.in_state(TaskState.UNKNOWN)
        task = unknown[pick % len(unknown)]
        late = self._store.tasks.start_late(task, OWNER, "spark-late")
        if (task.job_id, task.position) in self._released:
            with pytest.raises(LeaseLost):
                self.run(late)
        else:
            self.note([self.run(late)])

    @rule()
    def release_unknown(self) -> None:
        held = {(task.job_id, task.position) for task in self.in_state(TaskState.UNKNOWN)} - self._released
        released = self.run(self._store.tasks.release_unknown(self._now + 1, self._now))
        assert {(task.job_id, task.position) for task in released} == held
        self._released |= held

    @rule()
    def die_and_be_taken_over(self) -> None:
        adopted = self.run(self._store.workers.take_over(OWNER, "host", 1, self._now))
        self.note(adopted.requeued + adopted.unknown + adopted.running)

    @precondition(lambda self: self._tasks)
    @rule(pick=ANY)
    def cancel(self, pick: int) -> None:
        job_id = sorted(self._tasks)[pick % len(self._tasks)][0]
        job = self.run(got(self._store, job_id))
        untouched = all(task.state is TaskState.QUEUED for task in job.tasks)
        assert self.run(self._store.jobs.cancel(job_id, self._now)) is untouched
        self.note(self.run(got(self._store, job_id)).tasks)

    @rule()
    def deliver(self) -> None:
        for job_id in self.run(self._store.deliveries.ready()):
            job = self.run(self._store.deliveries.begin(job_id, OWNER, self._now))
            assert job is not None
            posted = [task.position for task in job.succeeded]
            job = self.run(self._store.deliveries.end(job, 500, 600, posted, self._now))
            assert job.state is JobState.DELIVERED
            self.note(job.tasks)

    @rule(hours=st.integers(1, 30))
    def pass_time(self, hours: int) -> None:
        self._now += hours * HOUR

    @invariant()
    def nothing_has_changed_but_what_was_stepped(self) -> None:
        jobs = {job_id for job_id, _ in self._tasks}
        assert [task for job_id in sorted(jobs) for task in self.run(got(self._store, job_id)).tasks] == [
            self._tasks[name] for name in sorted(self._tasks)
        ]

    @invariant()
    def the_totals_are_true(self) -> None:
        spent: dict[TotalKey, int] = defaultdict(int)
        reserved: dict[TotalKey, int] = defaultdict(int)
        overrun: dict[TotalKey, int] = defaultdict(int)
        for name, task in self._tasks.items():
            for key in _keys(task):
                spent[key] += task.cost_nano or 0
                reserved[key] += 0 if task.state in ENDED or name in self._released else task.estimate_nano
                overrun[key] += max(0, (task.cost_nano or 0) - task.estimate_nano)
        assert self.run(self._totals()) == {key: (spent[key], reserved[key]) for key in spent}
        assert self.run(self._store.ledger.differences()) == []
        for key, limit in _limits(spent):
            assert spent[key] + reserved[key] <= limit + overrun[key]

    @invariant()
    def nothing_has_ended_twice(self) -> None:
        ended = {name for name, task in self._tasks.items() if task.state in ENDED} | self._released
        assert self.run(self._ends()) == dict.fromkeys(ended, 1)

    async def _empty(self) -> None:
        async with self._database.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                await connection.execute(sa.delete(table))

    async def _totals(self) -> dict[TotalKey, tuple[int, int]]:
        async with self._database.reading() as connection:
            rows = await connection.execute(sa.select(totals))
            return {(r.scope, r.guild_id, r.user_id, r.window): (r.spent_nano, r.reserved_nano) for r in rows}

    async def _ends(self) -> dict[Name, int]:
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(ledger.c.job_id, ledger.c.position, sa.func.count())
                .where(ledger.c.kind != "reserve")
                .group_by(ledger.c.job_id, ledger.c.position)
            )
            return {(row[0], row[1]): row[2] for row in rows}


def _keys(task: Task) -> list[TotalKey]:
    """Give the totals that a task's money belongs in."""
    guild_id, user_id = task.account.guild_id, task.account.user_id
    accounts = [("person", guild_id, user_id), ("total", 0, 0)] + [("guild", guild_id, 0)] * (guild_id > 0)
    return [(*account, window.key) for account in accounts for window in windows_at(task.asked_at)]


def _limits(keys: Iterable[TotalKey]) -> list[tuple[TotalKey, int]]:
    by_day = {"person": 9 * CENT, "guild": 12 * CENT, "total": 20 * CENT}
    by_month = {"person": 15 * CENT}
    limits = [(key, (by_day if len(key[3]) == 10 else by_month).get(key[0])) for key in keys]
    return [(key, limit) for key, limit in limits if limit is not None]


def lives(database_url: str, examples: int) -> None:
    async def opened() -> Database:
        database = Database(database_url)
        await database.open()
        return database

    with asyncio.Runner() as runner:
        database = runner.run(opened())

        class LivesHere(Lives):
            def __init__(self) -> None:
                super().__init__(runner, database)

        try:
            machines.run(LivesHere, examples=examples)
        finally:
            runner.run(database.close())


def test_the_books_are_true_whatever_happens_on_sqlite(sqlite_url: str) -> None:
    lives(sqlite_url, examples=20)


def test_the_books_are_true_whatever_happens_on_postgresql(postgresql_url: str) -> None:
    lives(postgresql_url, examples=6)
