"""Random paths through the table of states: whatever happens in whatever order, the books are true."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Iterable, Mapping
from random import Random
from typing import TypeVar

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.budgets import windows_at
from bot.domain.jobs import Job, Lease, Task
from bot.domain.moderation.actions import About, Action, ActionKind
from bot.domain.refusals import Refusal
from bot.domain.states import (
    AT_SPARK,
    AWAITED,
    JOBS,
    TASKS,
    Event,
    JobEvent,
    JobState,
    Money,
    Rules,
    State,
    TaskEvent,
    TaskState,
    Who,
    steps_of,
)
from bot.store import Capacity, Database, LeaseLost, RestoreStore, Store
from bot.store.database import Statement
from bot.store.ledger import TotalKey, is_end
from bot.store.rows import job_from, task_from
from bot.store.schema import jobs, ledger, tasks, totals
from tests.store import machines
from tests.store.scenes import (
    ANNA,
    ANNA_ALONE,
    BEN,
    CARA,
    CENT,
    HOUR,
    NOW,
    OWNER,
    accept,
    empty,
    got,
    terms,
)
from tests.store.steps import HELD, JOB_STEPS, STEPS, URL

T = TypeVar("T")
Name = tuple[int, int]
Walked = set[tuple[TaskState, TaskEvent] | tuple[JobState, JobEvent]]
"""The steps of the table that were taken."""

PEOPLE = (ANNA, BEN, CARA, ANNA_ALONE)
LIMITS = terms(
    user_day=9 * CENT,
    user_month=15 * CENT,
    everywhere_day=10 * CENT,
    guild_day=12 * CENT,
    total_day=20 * CENT,
    unfinished=8,
)
LIKELY = {TaskEvent.BEGIN_SUBMIT: 6, TaskEvent.START: 6, TaskEvent.MARK_OVERDUE: 3, TaskEvent.MARK_UNKNOWN: 3}
"""How often a step is taken beside the others from its state, so that many lives go far."""

_JOBS = Statement(sa.select(jobs))
_TASKS = Statement(sa.select(tasks).order_by(tasks.c.position))
_TOTALS = Statement(sa.select(totals))
_ENDS = Statement(sa.select(ledger).where(is_end(ledger.c.kind)))


class Lives(RuleBasedStateMachine):
    """Does to the store what a busy server does, and keeps books of its own beside it."""

    def __init__(self, runner: asyncio.Runner, database: Database, walked: Walked) -> None:
        super().__init__()
        self._runner = runner
        self._walked = walked
        self._database = database
        self._store = Store.over(database)
        self._now = NOW + 1
        self._tasks: dict[Name, Task] = {}
        self._jobs: dict[int, Job] = {}
        self._prices: dict[Name, int] = {}
        self._released: set[Name] = set()
        self._past: list[Task] = []
        self.run(empty(database))

    def run(self, work: Awaitable[T]) -> T:
        async def finish() -> T:
            return await work

        return self._runner.run(finish())

    def in_state(self, *states: TaskState) -> list[Task]:
        return [task for task in self._tasks.values() if task.state in states]

    def delivering(self) -> list[Job]:
        return [job for job in self._jobs.values() if job.state is JobState.DELIVERING]

    def note(self, event: TaskEvent, *changed: Task) -> None:
        """Hold each task that something has happened to against the table."""
        following = steps_of(TASKS, event)
        for task in changed:
            name = _name(task)
            before = self._tasks[name]
            assert following[before.state] is task.state
            self._walked.add((before.state, event))
            self._past.append(before)
            self._tasks[name] = task

    def note_job(self, event: JobEvent, job: Job) -> None:
        before = self._jobs[job.id]
        assert steps_of(JOBS, event)[before.state] is job.state
        self._walked.add((before.state, event))
        self._jobs[job.id] = job

    @rule(chance=st.builds(Random, st.integers(0, 2**32)))
    def something_happens(self, chance: Random) -> None:
        """One rule alone: of several, Hypothesis leaves most out of each life, so that none gets far."""
        often = [self.ask, self.claim, self.walk, self.begin_delivery, self.deliver, self.withhold_and_release]
        seldom = [
            self.replay,
            self.take_any_step,
            self.step_with_an_old_handle,
            self.start_late,
            self.release_unknown,
        ]
        seldom += [self.die_and_be_taken_over, self.cancel, self.pass_time]
        for _ in range(chance.randint(1, 4)):
            chance.choice([*often, *often, *often, *seldom])(chance)

    def ask(self, chance: Random) -> None:
        job_id = 1 + max(self._jobs, default=0)
        prices = [CENT * chance.randint(0, 4) for _ in range(chance.randint(1, 4))]
        asked = accept(self._store, job_id, chance.choice(PEOPLE), prices=prices, at=self._now, under=LIMITS)
        try:
            job = self.run(asked)
        except Refusal:
            return
        assert job is not None
        self._jobs[job_id] = job
        for task in job.tasks:
            self._tasks[_name(task)] = task
            self._prices[_name(task)] = task.estimate_nano

    def replay(self, chance: Random) -> None:
        for job_id in chance.sample(list(self._jobs), k=min(1, len(self._jobs))):
            assert self.run(accept(self._store, job_id, at=self._now)) is None

    def claim(self, chance: Random) -> None:
        total, per_person = chance.randint(1, 9), chance.randint(1, 4)
        before = len(self.in_state(*AT_SPARK))
        claimed = self.run(
            self._store.tasks.claim(OWNER, Capacity(total, per_person, unpriced=1000), self._now)
        ).tasks
        assert len(claimed) <= max(0, total - before)
        self.note(TaskEvent.CLAIM, *claimed)
        for person in {task.account.user_id for task in claimed}:
            assert sum(task.account.user_id == person for task in self.in_state(*AT_SPARK)) <= per_person

    def walk(self, chance: Random) -> None:
        """Let a task's holder take some steps that the table has."""
        for _ in range(chance.randint(1, 8)):
            if not (held := self.in_state(*HELD)):
                return
            task = chance.choice(held)
            events = list(TASKS[task.state].steps[Who.HOLDER])
            [event] = chance.choices(events, [LIKELY.get(event, 1) for event in events])
            if event is TaskEvent.SUCCEED:
                cost = max(0, task.estimate_nano + chance.randint(-2, 2) * CENT)
                self.note(event, self.run(self._store.tasks.succeed(task, "spark-9", cost, URL, self._now)))
            else:
                self.note(event, self.run(STEPS[event][0](self._store, task)))

    def take_any_step(self, chance: Random) -> None:
        """Take a step that the table may have or not."""
        if not self._tasks:
            return
        task, event = chance.choice(list(self._tasks.values())), chance.choice(list(STEPS))
        step, _, sources = STEPS[event]
        if task.state in sources:
            self.note(event, self.run(step(self._store, task)))
        else:
            with pytest.raises(AssertionError):
                self.run(step(self._store, task))

    def step_with_an_old_handle(self, chance: Random) -> None:
        if not self._past:
            return
        step, _, _ = STEPS[chance.choice(list(STEPS))]
        with pytest.raises((AssertionError, LeaseLost)):
            self.run(step(self._store, chance.choice(self._past)))

    def start_late(self, chance: Random) -> None:
        if not self._tasks:
            return
        unknown = self.in_state(*steps_of(TASKS, TaskEvent.START_LATE))
        task = chance.choice(unknown or list(self._tasks.values()))
        late = self._store.tasks.start_late(task, OWNER, "spark-late")
        if task in unknown and _name(task) not in self._released:
            self.note(TaskEvent.START_LATE, self.run(late))
        else:
            with pytest.raises(LeaseLost):
                self.run(late)

    def release_unknown(self, _: Random) -> None:
        held = {_name(task) for task in self.in_state(TaskState.UNKNOWN)} - self._released
        released = self.run(self._store.tasks.release_unknown(self._now + 1, self._now))
        self.note(TaskEvent.RELEASE_UNKNOWN, *released)
        assert {_name(task) for task in released} == held
        self._released |= held

    def die_and_be_taken_over(self, _: Random) -> None:
        held = {_name(task) for task in self.in_state(*HELD)}
        adopted = self.run(self._store.workers.adopt(OWNER, self._now))
        taken = [*adopted.requeued, *adopted.unknown, *adopted.running]
        assert {_name(task) for task in taken} == held
        self.note(TaskEvent.TAKE_OVER, *taken)
        for job in self.delivering():
            self.note_job(JobEvent.TAKE_OVER, self.run(got(self._store, job.id)))

    def cancel(self, chance: Random) -> None:
        if not self._jobs:
            return
        job_id = chance.choice(list(self._jobs))
        job = self.run(got(self._store, job_id))
        untouched = all(task.state is TaskState.QUEUED for task in job.tasks)
        assert self.run(self._store.jobs.cancel(job_id, self._now)) is untouched
        if untouched:
            job = self.run(got(self._store, job_id))
            self.note_job(JobEvent.CANCEL, job)
            self.note(TaskEvent.CANCEL, *job.tasks)

    def begin_delivery(self, chance: Random) -> None:
        if not self._jobs:
            return
        awaited = {task.job_id for task in self.in_state(*AWAITED)}
        ready = [job for job in self._jobs.values() if job.state is JobState.OPEN and job.id not in awaited]
        job = chance.choice(ready or list(self._jobs.values()))
        begun = self.run(self._store.deliveries.begin(job.id, OWNER, self._now))
        assert (begun is not None) is (job in ready)
        if begun is not None:
            self.note_job(JobEvent.BEGIN, begun)

    def deliver(self, chance: Random) -> None:
        """Take a step of a delivery, or try to where none goes on."""
        if not self._jobs:
            return
        job = chance.choice(self.delivering() or list(self._jobs.values()))
        event = chance.choice(list(JOB_STEPS))
        step, _ = JOB_STEPS[event]
        if job.state in steps_of(JOBS, event):
            self.run(step(self._store, job))
            after = self.run(got(self._store, job.id))
            self.note_job(event, after)
            self._tasks |= {_name(task): task for task in after.tasks}
        else:
            with pytest.raises(AssertionError):
                self.run(step(self._store, job))

    def withhold_and_release(self, chance: Random) -> None:
        """Have AutoMod withhold a result, and perhaps a moderator let it stand after all."""
        if not (made := [job for job in self.delivering() if job.succeeded]):
            return
        job = chance.choice(made)
        action = Action(job.account.guild_id, 99, ActionKind.WITHHOLD, About.JOB, job.id, "this", None, self._now)
        self.run(self._store.deliveries.keep_result(job.succeeded[0], b"a PNG", self._now))
        self.run(self._store.automod.withhold(job, action))
        self.note_job(JobEvent.GIVE_UP, self.run(got(self._store, job.id)))
        assert self._jobs[job.id].withheld
        if chance.random() < 0.5:
            assert self.run(self._store.automod.release(job.id, action))
            assert not self.run(self._store.automod.release(job.id, action))
            self.note_job(JobEvent.RELEASE, self.run(got(self._store, job.id)))

    def pass_time(self, chance: Random) -> None:
        self._now += chance.randint(1, 30) * HOUR

    @invariant()
    def nothing_has_changed_but_what_was_stepped(self) -> None:
        found = self.run(self._found())
        assert found == {
            job.id: (job.state, job.lease, [self._tasks[job.id, task.position] for task in job.tasks])
            for job in self._jobs.values()
        }

    @invariant()
    def everything_is_as_its_state_says(self) -> None:
        for task in self._tasks.values():
            assert (task.lease is not None) is TASKS[task.state].leased
            assert task.spark_id is not None or not TASKS[task.state].accepted
        for job in self._jobs.values():
            assert (job.lease is not None) is JOBS[job.state].leased
        awaited = {task.job_id for task in self.in_state(*AWAITED)}
        waiting = {job.id for job in self._jobs.values() if job.state in steps_of(JOBS, JobEvent.BEGIN)}
        assert set(self.run(self._store.tasks.undecided_jobs())) == awaited
        assert set(self.run(self._store.deliveries.ready())) == waiting - awaited
        assert len(self.run(self._store.tasks.queue()).at_spark) == len(self.in_state(*AT_SPARK))

    @invariant()
    def the_totals_are_true(self) -> None:
        spent: dict[TotalKey, int] = defaultdict(int)
        reserved: dict[TotalKey, int] = defaultdict(int)
        overrun: dict[TotalKey, int] = defaultdict(int)
        for name, task in self._tasks.items():
            held = 0 if self._end_of(name) else task.estimate_nano
            for key in _keys(task):
                spent[key] += task.cost_nano or 0
                reserved[key] += held
                overrun[key] += max(0, (task.cost_nano or held) - self._prices[name])
        assert self.run(self._totals()) == {key: (spent[key], reserved[key]) for key in spent}
        assert self.run(self._store.ledger.differences()) == []
        for key, limit in _limits(spent):
            assert spent[key] + reserved[key] <= limit + overrun[key]

    @invariant()
    def money_ends_once_and_as_its_state_says(self) -> None:
        assert self.run(self._ends()) == {name: [end] for name in self._tasks if (end := self._end_of(name))}

    def teardown(self) -> None:
        """End each life with a restore: nothing goes far after one."""
        under_way = {_name(task) for task in self.in_state(*steps_of(TASKS, TaskEvent.SET_ASIDE))}
        aside = self.run(RestoreStore(self._database).set_aside(self._now))
        assert {_name(task) for task in [*aside.released, *aside.unknown]} == under_way
        self.note(TaskEvent.SET_ASIDE, *aside.released, *aside.unknown)
        self.nothing_has_changed_but_what_was_stepped()
        self.everything_is_as_its_state_says()
        self.the_totals_are_true()
        self.money_ends_once_and_as_its_state_says()

    def _end_of(self, name: Name) -> str | None:
        """Tell which entry of the ledger a task's money should end with; None where it is still reserved."""
        task = self._tasks[name]
        match TASKS[task.state].money:
            case Money.RESERVED:
                return None
            case Money.HELD:
                return "release" if name in self._released else None
            case Money.SETTLED:
                return "settle"
            case Money.SETTLED_OR_RELEASED:
                return "release" if task.cost_nano is None else "settle"
            case Money.RELEASED:
                return "release"

    async def _found(self) -> dict[int, tuple[JobState, Lease | None, list[Task]]]:
        of_job: dict[int, list[Task]] = defaultdict(list)
        found, parts = await self._database.read(lambda tx: (tx.many(_JOBS), tx.many(_TASKS)))
        for row in parts:
            of_job[row.job_id].append(task_from(row))
        kept = [job_from(row, tuple(of_job[row.id])) for row in found]
        return {job.id: (job.state, job.lease, list(job.tasks)) for job in kept}

    async def _totals(self) -> dict[TotalKey, tuple[int, int]]:
        rows = await self._database.read(lambda tx: tx.many(_TOTALS))
        return {(r.scope, r.guild_id, r.user_id, r.window): (r.spent_nano, r.reserved_nano) for r in rows}

    async def _ends(self) -> dict[Name, list[str]]:
        ends: dict[Name, list[str]] = defaultdict(list)
        for row in await self._database.read(lambda tx: tx.many(_ENDS)):
            ends[row.job_id, row.position].append(row.kind)
        return ends


def _name(task: Task) -> Name:
    return task.job_id, task.position


def _keys(task: Task) -> list[TotalKey]:
    """Give the totals that a task's money belongs in."""
    guild_id, user_id = task.account.guild_id, task.account.user_id
    accounts = [("person", guild_id, user_id), ("everywhere", 0, user_id), ("total", 0, 0)]
    accounts += [("guild", guild_id, 0)] * (guild_id > 0)
    return [(*account, window.key) for account in accounts for window in windows_at(task.asked_at)]


def _limits(keys: Iterable[TotalKey]) -> list[tuple[TotalKey, int]]:
    by_day = {"person": 9 * CENT, "everywhere": 10 * CENT, "guild": 12 * CENT, "total": 20 * CENT}
    by_month = {"person": 15 * CENT}
    limits = [(key, (by_day if len(key[3]) == 10 else by_month).get(key[0])) for key in keys]
    return [(key, limit) for key, limit in limits if limit is not None]


def lives(database_url: str, examples: int) -> Walked:
    walked: Walked = set()

    async def opened() -> Database:
        database = Database(database_url)
        await database.open()
        return database

    with asyncio.Runner() as runner:
        database = runner.run(opened())

        class LivesHere(Lives):
            def __init__(self) -> None:
                super().__init__(runner, database, walked)

        try:
            machines.run(LivesHere, examples=examples)
        finally:
            runner.run(database.close())
    return walked


def test_the_books_are_true_whatever_happens_on_sqlite(sqlite_url: str) -> None:
    walked = lives(sqlite_url, examples=12)

    # each life ends with a restore, whatever it has come to
    assert walked | {(state, TaskEvent.SET_ASIDE) for state in steps_of(TASKS, TaskEvent.SET_ASIDE)} == {
        *_steps(TASKS),
        *_steps(JOBS),
    }


def _steps(table: Mapping[State, Rules[State, Event]]) -> set[tuple[State, Event]]:
    return {(state, event) for state, rules in table.items() for each in rules.steps.values() for event in each}


def test_the_books_are_true_whatever_happens_on_postgresql(postgresql_url: str) -> None:
    lives(postgresql_url, examples=4)
