"""After a restore from a backup: what was under way then is set aside, so that nothing is paid or posted twice.

Nobody can tell what has become of it since the backup was made. So nothing of it is sent or posted any more by
itself: the next start looks in Discord for what was posted, and tells the owners of the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.budgets import Scope
from bot.domain.jobs import Task
from bot.domain.pictures.consents import Verdict
from bot.domain.states import ENDED_JOBS, IN_PROGRESS, TASKS, JobState, TaskEvent, TaskState, steps_of
from bot.store import ledger
from bot.store.database import Statement, Steps, Transaction, given, reads, writes
from bot.store.rows import task_from
from bot.store.schema import command_syncs, consents, erasures, jobs, pending, tasks, warnings, workers
from bot.store.schema import ledger as entries
from bot.store.turns import is_unended, lock_claims

_FOLLOWING = steps_of(TASKS, TaskEvent.SET_ASIDE)
_NOW = sa.bindparam("now", type_=sa.BigInteger)


def _setting_aside(to: TaskState) -> Statement:
    states = [state for state, following in _FOLLOWING.items() if following is to]
    return Statement(
        sa.update(tasks)
        .where(is_unended(), tasks.c.state.in_(states))
        .values(state=to, owner=None, fence=tasks.c.fence + 1, **given("ended_at"))
        .returning(tasks)
    )


_RELEASE = _setting_aside(TaskState.CANCELLED)
_LEAVE_UNKNOWN = _setting_aside(TaskState.UNKNOWN)
_STILL_OPEN = sa.exists().where(
    tasks.c.job_id == jobs.c.id,
    sa.or_(
        ledger.is_reserved(tasks),
        sa.and_(tasks.c.state == TaskState.SUCCEEDED, tasks.c.posted_at.is_(None)),
    ),
)
"""That of a job whose message stands something might still come, and perhaps has since."""
_SET_ASIDE_DELIVERED = Statement(
    sa.update(jobs)
    .where(jobs.c.state == JobState.DELIVERED, jobs.c.erased_at.is_(None), _STILL_OPEN)
    .values(set_aside_at=_NOW, head_final=False)
)
_SET_ASIDE_IN_PROGRESS = Statement(sa.update(jobs).where(jobs.c.state.in_(IN_PROGRESS)).values(set_aside_at=_NOW))
_SHOW_NO_MORE = Statement(
    # what has ended may have been deleted since, and is not to be shown again
    sa.update(jobs)
    .where(jobs.c.state.in_(ENDED_JOBS), sa.text("NOT head_final"), jobs.c.set_aside_at.is_(None))
    .values(head_final=True)
)
_CLOSE_QUESTIONS = Statement(
    sa.update(consents)
    .where(
        consents.c.closed_at.is_(None),
        sa.or_(consents.c.verdict.is_(None), consents.c.verdict == Verdict.ALLOWED),
    )
    # since the question itself, so that a word that was said since is looked for
    .values(verdict=Verdict.SET_ASIDE, decided_at=consents.c.asked_at, decided_by=None)
)
_FORGET_PENDING = Statement(sa.delete(pending))
_FORGET_COMMANDS = Statement(sa.delete(command_syncs))
_WARNED = Statement(
    sa.update(warnings).where(warnings.c.told_at.is_(None), warnings.c.scope != Scope.GUILD).values(told_at=_NOW)
)
_ENTRIES = Statement(sa.select(sa.func.coalesce(sa.func.max(entries.c.id), 0)))
_NEWEST = Statement(sa.select(entries.c.at).order_by(entries.c.id.desc()).limit(1))
_IS_RESERVE, _IS_SETTLE = entries.c.kind == "reserve", entries.c.kind == "settle"
_SINCE = Statement(
    sa.select(
        sa.func.count().filter(_IS_RESERVE).label("asked"),
        sa.func.count().filter(_IS_SETTLE).label("settled"),
        sa.func.coalesce(sa.func.sum(entries.c.amount_nano).filter(_IS_SETTLE), 0).label("spent"),
    ).where(entries.c.id > sa.bindparam("after", type_=sa.BigInteger))
)
_ERASED = Statement(sa.select(erasures.c.user_id, erasures.c.asked_at))
_BY_THE_CLOCK = sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()) * 1000, sa.BigInteger)
_AT_WORK = Statement(sa.select(sa.func.count()).where(workers.c.lease_until > _BY_THE_CLOCK))


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was under way in a database that was restored."""

    released: Sequence[Task]
    """They waited for their turn: taken back, and their money released."""
    unknown: Sequence[Task]
    """They were at Spark, or about to be: nobody can tell what they cost, and their money stays reserved."""
    jobs: int
    """How many jobs were under way, whose owners are told."""
    questions: int
    """How many questions to owners were open, or answered and not carried out."""


@dataclass(frozen=True, slots=True)
class Since:
    """What a ledger tells of the time after one of its entries."""

    asked: int
    """How many tasks were asked for."""
    settled: int
    """How many were settled, some of which had been asked for before."""
    spent_nano: int


class RestoreStore(Steps):
    """What is done to a database that was restored, before a bot works on it again."""

    @writes
    def set_aside(self, tx: Transaction, now: int) -> SetAside:
        """Set aside all that was under way; what came of it since is for the next start to look for."""
        lock_claims(tx)
        in_progress = tx.run(_SET_ASIDE_IN_PROGRESS, now=now)
        delivered = tx.run(_SET_ASIDE_DELIVERED, now=now)
        tx.run(_SHOW_NO_MORE)
        released = _in_order(map(task_from, tx.many(_RELEASE, ended_at=now)))
        for task in released:
            ledger.release(tx, task, now)
        unknown = _in_order(map(task_from, tx.many(_LEAVE_UNKNOWN, ended_at=now)))
        questions = tx.run(_CLOSE_QUESTIONS)
        for forget in (_FORGET_PENDING, _FORGET_COMMANDS):
            tx.run(forget)
        tx.run(_WARNED, now=now)
        return SetAside(released, unknown, in_progress + delivered, questions)

    @reads
    def entries(self, tx: Transaction) -> int:
        """Give the id of the newest entry of the ledger, which only grows; 0 where there is none."""
        newest: int = tx.value(_ENTRIES)
        return newest

    @reads
    def newest_at(self, tx: Transaction) -> int | None:
        """Give when the newest entry of the ledger was made, in Unix milliseconds."""
        at: int | None = tx.value(_NEWEST)
        return at

    @reads
    def since(self, tx: Transaction, entry: int) -> Since:
        """Read what has come after an entry of the ledger."""
        row = tx.one(_SINCE, after=entry)
        return Since(row.asked, row.settled, int(row.spent))

    @reads
    def erased(self, tx: Transaction) -> Mapping[int, int]:
        """Give who has had their data erased this month, and when (Unix milliseconds)."""
        return {row.user_id: row.asked_at for row in tx.many(_ERASED)}

    @reads
    def at_work(self, tx: Transaction) -> int:
        """Count the workers whose lease holds; on SQLite the file is the lease, so that there are none."""
        return int(tx.value(_AT_WORK)) if tx.is_postgresql else 0


def _in_order(found: Iterable[Task]) -> Sequence[Task]:
    return tuple(sorted(found, key=lambda task: (task.job_id, task.position)))
