"""Random sequences of orders, ends, moderators' decisions and passing time: the money is true at every step."""

import asyncio
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.domain.budgets import Account, Period, Scope
from bot.domain.jobs import Task
from bot.domain.limits import Limit, Subject
from bot.domain.moderation.actions import ActionKind
from bot.domain.moderation.decisions import Block, Grant
from bot.domain.states import TaskState
from bot.store import Capacity, LeaseLost
from tests.store import machines
from tests.store.money_books import ACCOUNTS, ARTIST, ON_SERVERS, PATRON, TERMS, MoneyBooks, Name
from tests.store.scenes import CENT, DAY, HOUR, OWNER, got
from tests.store.steps import URL

HOLD = DAY
accounts = st.sampled_from(ACCOUNTS)
on_servers = st.sampled_from(ON_SERVERS)
periods = st.sampled_from(list(Period))
ANY = st.integers(0, 2**16)  # picks one of what there is, which hypothesis cannot know beforehand


class Money(MoneyBooks):
    """Does to the store what members, Spark and moderators do."""

    # members

    @rule(account=accounts, cents=st.lists(st.integers(0, 4), min_size=1, max_size=4))
    def ask(self, account: Account, cents: list[int]) -> None:
        self._order(account, [CENT * price for price in cents])

    @rule(account=on_servers, hours=st.sampled_from([1, 30]))
    def ask_when_a_block_is_over(self, account: Account, hours: int) -> None:
        self.block(account, hours)
        self._order(account, [CENT])
        self.pass_time(hours)
        self._order(account, [CENT])

    @rule(account=accounts)
    def ask_for_all_that_is_left(self, account: Account) -> None:
        left = [limit - self._used(key) for key, limit in self._limits(account).items() if limit is not None]
        self._order(account, [max(0, min(left, default=CENT))])

    @rule(account=accounts)
    def ask_for_a_nano_dollar_more_than_is_left(self, account: Account) -> None:
        left = [limit - self._used(key) for key, limit in self._limits(account).items() if limit is not None]
        self._order(account, [max(0, min(left, default=CENT)) + 1])

    @rule(account=accounts)
    def hear_warnings(self, account: Account) -> None:
        due: dict[tuple[str, str], int] = {}
        own = (Scope.PERSON, account.guild_id, account.user_id), (Scope.EVERYWHERE, 0, account.user_id)
        for (key, percent), told in self._warned.items():
            if key[:3] in own and not told:
                due[key[0], key[3]] = max(percent, due.get((key[0], key[3]), 0))
                self._warned[key, percent] = True
        told_now = self.run(self._store.warnings.take(account, self._now))
        assert {(warning.scope, warning.window): warning.percent for warning in told_now} == due
        assert len(told_now) == len(due)

    @precondition(lambda self: self._tasks)
    @rule(pick=ANY)
    def cancel(self, pick: int) -> None:
        job_id = sorted(self._tasks)[pick % len(self._tasks)][0]
        job = self.run(got(self._store, job_id))
        waits = all(task.state is TaskState.QUEUED for task in job.tasks)
        assert self.run(self._store.jobs.cancel(job_id, self._now)) is waits
        for task in self.run(got(self._store, job_id)).tasks if waits else ():
            self._end(task, 0)

    # Spark

    @precondition(lambda self: self.in_state(TaskState.QUEUED))
    @rule(
        end=st.sampled_from(["runs", "runs", "at once", "fails", "unknown", "cannot be sent", "not now"]),
        more=st.sampled_from([0, 0, -CENT, 1, CENT, 9 * CENT]),
    )
    def send(self, end: str, more: int) -> None:
        tasks = self._store.tasks
        one = Capacity(len(self.in_state(TaskState.RUNNING)) + 1, per_person=1000, unpriced=1000)
        if not (claimed := self.run(tasks.claim(OWNER, one, self._now)).tasks):
            return  # all that waits was put off
        [task] = claimed
        if end == "cannot be sent":
            self._end(self.run(tasks.fail(task, None, "Its picture is gone.", self._now)), 0)
            return
        price = max(0, task.estimate_nano + more)
        holds = self._price_again(task, price)
        task = self.run(tasks.begin_submit(task, price, self._terms.ceilings, self._now))
        if not holds:
            assert task.state is TaskState.FAILED
            self._end(task, 0)
            return
        match end:
            case "runs":
                self.note(self.run(tasks.start(task, f"spark-{task.name}")))
            case "at once":
                cost = task.estimate_nano
                ended = self.run(tasks.succeed(task, f"spark-{task.name}", cost, URL, self._now))
                self._end(ended, cost)
            case "fails":
                self._end(self.run(tasks.fail(task, "50411", "No.", self._now)), 0)
            case "unknown":
                self.note(self.run(tasks.mark_unknown(task, self._now)))
            case "not now":
                self.note(self.run(tasks.requeue(task, self._now + HOUR, self._now)))

    @precondition(lambda self: self.in_state(TaskState.RUNNING, TaskState.OVERDUE))
    @rule(pick=ANY, more=st.sampled_from([-CENT, -1, 0, 0, 1, CENT, 3 * CENT]))
    def finish(self, pick: int, more: int) -> None:
        task = self._one(pick, TaskState.RUNNING, TaskState.OVERDUE)
        cost = max(0, task.estimate_nano + more)
        self._end(self.run(self._store.tasks.succeed(task, f"spark-{task.name}", cost, URL, self._now)), cost)

    @precondition(lambda self: self.in_state(TaskState.RUNNING, TaskState.OVERDUE))
    @rule(pick=ANY, cost=st.sampled_from([None, None, 1, CENT, 3 * CENT]))
    def fail(self, pick: int, cost: int | None) -> None:
        task = self._one(pick, TaskState.RUNNING, TaskState.OVERDUE)
        ended = self.run(self._store.tasks.fail(task, "50500", "No.", self._now, cost_nano=cost))
        self._end(ended, cost or 0)

    @precondition(lambda self: self.in_state(TaskState.RUNNING))
    @rule(pick=ANY)
    def take_too_long(self, pick: int) -> None:
        self.note(self.run(self._store.tasks.mark_overdue(self._one(pick, TaskState.RUNNING))))

    @precondition(lambda self: self.in_state(TaskState.UNKNOWN))
    @rule(pick=ANY)
    def answer_late(self, pick: int) -> None:
        task = self._one(pick, TaskState.UNKNOWN)
        late = self._store.tasks.start_late(task, OWNER, f"spark-{task.name}")
        if self._books[task.job_id, task.position].ended:
            try:
                self.run(late)
            except LeaseLost:
                return
            raise AssertionError("an answer was taken whose money was released")
        self.note(self.run(late))

    # moderators

    @rule(account=on_servers, role=st.sampled_from([ARTIST, PATRON]), whose=st.sampled_from(list(Subject)))
    def clear_limit(self, account: Account, role: int, whose: Subject) -> None:
        subject_id = _subject_id(whose, account, role)
        had = [self._allowed.limits.pop((account.guild_id, whose, subject_id, each), None) for each in Period]
        cleared = self._store.moderation.clear_limits(
            whose, subject_id, list(Period), self._action(account, ActionKind.LIMIT)
        )
        assert self.run(cleared) == sum(limit is not None for limit in had)
        self.ask_for_a_nano_dollar_more_than_is_left(account)

    @rule(
        account=on_servers,
        role=st.sampled_from([ARTIST, PATRON]),
        whose=st.sampled_from(list(Subject)),
        period=periods,
        cents=st.sampled_from([0, 3, 6, 12, 30, 500]),
    )
    def set_limit(self, account: Account, role: int, whose: Subject, period: Period, cents: int) -> None:
        subject_id = _subject_id(whose, account, role)
        limit = Limit(whose, subject_id, period, cents * CENT)
        self.run(self._store.moderation.set_limits([limit], self._action(account, ActionKind.LIMIT)))
        self._allowed.limits[account.guild_id, whose, subject_id, period] = cents * CENT
        self.ask_for_a_nano_dollar_more_than_is_left(account)

    @rule(account=on_servers, cents=st.integers(1, 9), hours=st.sampled_from([1, 30, 24 * 40]))
    def grant(self, account: Account, cents: int, hours: int) -> None:
        grant = Grant(account, cents * CENT, "a poster", 99, self._now, self._now + hours * HOUR)
        self.run(self._store.moderation.grant(grant, self._action(account, ActionKind.GRANT)))
        self._allowed.grants.append(grant)
        self.ask_for_a_nano_dollar_more_than_is_left(account)

    @rule(account=on_servers)
    def end_grants(self, account: Account) -> None:
        grants = self._allowed.grants
        runs = [each for each in grants if each.account == account and each.expires_at > self._now]
        ended = self.run(self._store.moderation.end_grants(account, self._action(account, ActionKind.GRANT)))
        assert ended == len(runs)
        self._allowed.grants = [replace(e, expires_at=self._now) if e in runs else e for e in grants]
        self.ask_for_a_nano_dollar_more_than_is_left(account)

    @rule(account=on_servers, hours=st.sampled_from([1, 30, None]))
    def block(self, account: Account, hours: int | None) -> None:
        until = None if hours is None else self._now + hours * HOUR
        block = Block(account, "spam", None, 99, self._now, until)
        self.run(self._store.moderation.block(block, self._action(account, ActionKind.BLOCK)))
        self._allowed.blocks[account] = until

    @rule(account=on_servers)
    def unblock(self, account: Account) -> None:
        action = self._action(account, ActionKind.UNBLOCK)
        assert self.run(self._store.moderation.unblock(account, action)) is self._allowed.blocked(
            account, self._now
        )
        self._allowed.blocks.pop(account, None)

    # time, and whoever runs the bot

    @rule(hours=st.sampled_from([1, 5, 13, 24, 24, 60, 24 * 31]))
    def pass_time(self, hours: int) -> None:
        self._now += hours * HOUR

    @rule()
    def sweep(self) -> None:
        held = [
            task
            for name, task in self._tasks.items()
            if task.state is TaskState.UNKNOWN and not self._books[name].ended
        ]
        over = [task for task in held if task.ended_at is not None and task.ended_at < self._now - HOLD]
        released = self.run(self._store.tasks.release_unknown(self._now - HOLD, self._now))
        assert [task.name for task in released] == [task.name for task in sorted(over, key=_name)]
        for task in released:
            self._end(task, 0)

    @rule(chosen=st.sampled_from(list(TERMS)))
    def restart_with_other_ceilings(self, chosen: str) -> None:
        self._terms = TERMS[chosen]
        self._allowed.ceilings = self._terms.ceilings
        self.run(self._database.close())
        self.run(self._open())
        adopted = self.run(self._store.workers.adopt(OWNER, self._now))
        assert not adopted.requeued
        assert not adopted.unknown
        for task in adopted.running:
            self.note(task)

    @rule()
    def rebuild(self) -> None:
        self.run(self._store.ledger.rebuild())


def _subject_id(whose: Subject, account: Account, role: int) -> int:
    return {Subject.MEMBER: account.user_id, Subject.ROLE: role, Subject.GUILD: 0}[whose]


def _name(task: Task) -> Name:
    return task.job_id, task.position


def money(url: str, examples: int) -> None:
    with asyncio.Runner() as runner:

        class MoneyHere(Money):
            def __init__(self) -> None:
                super().__init__(runner, url)

        machines.run(MoneyHere, examples=examples)


# invariant I6
def test_the_money_is_true_whatever_happens_on_sqlite(sqlite_url: str) -> None:
    money(sqlite_url, examples=12)


# invariant I6
def test_the_money_is_true_whatever_happens_on_postgresql(postgresql_url: str) -> None:
    money(postgresql_url, examples=4)
