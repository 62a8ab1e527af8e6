"""Who works on this database, and what others take over from a worker that is gone.

On PostgreSQL any number of workers share the work. Each holds a lease by the database's clock and renews it;
whoever finds one that is over takes all that hung on it, under a higher fence, so that no later step of the worker
that lost it changes anything. On SQLite one process holds the file: there whoever else is written down is gone.

What concerns the others is told by a notification, which whoever listens hears at once, and is there to be read by
whoever does not: one that is lost costs a second.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.jobs import Task
from bot.domain.shards import Shards
from bot.domain.states import IN_PROGRESS, JOBS, TASKS, JobEvent, TaskEvent, TaskState, steps_of, the_step_of
from bot.store.database import Row, Statement, Steps, Transaction, given, is_among, reads, writes
from bot.store.rows import task_from
from bot.store.schema import jobs, tasks, workers
from bot.store.turns import is_unended, lock_claims

_FOLLOWING = steps_of(TASKS, TaskEvent.TAKE_OVER)
_DELIVERING, _STILL = the_step_of(JOBS, JobEvent.TAKE_OVER)


def _is_gone(owner: sa.ColumnElement[str | None]) -> sa.ColumnElement[bool]:
    return ~sa.exists().where(workers.c.id == owner)


def _moving(states: Iterable[TaskState], **values: object) -> Statement:
    return Statement(
        sa.update(tasks)
        .where(is_unended(), tasks.c.state.in_(list(states)), _is_gone(tasks.c.owner))
        .values(fence=tasks.c.fence + 1, **values)
        .returning(tasks)
    )


_REQUEUE = _moving(
    (state for state, to in _FOLLOWING.items() if to is TaskState.QUEUED), state=TaskState.QUEUED, owner=None
)
_LEAVE_UNKNOWN = _moving(
    (state for state, to in _FOLLOWING.items() if to is TaskState.UNKNOWN),
    state=TaskState.UNKNOWN,
    owner=None,
    **given("ended_at"),
)
_KEEP_RUNNING = _moving((state for state, to in _FOLLOWING.items() if to is state), **given("owner"))
_KEEP_DELIVERING = Statement(
    sa.update(jobs)
    # as its index says it, for SQLite
    .where(jobs.c.state.in_(IN_PROGRESS), jobs.c.state == _DELIVERING, _is_gone(jobs.c.owner))
    .values(state=_STILL, fence=jobs.c.fence + 1, **given("owner"))
    .returning(jobs.c.id)
)

_NOW = sa.cast(sa.func.extract("epoch", sa.func.clock_timestamp()) * 1000, sa.BigInteger)
"""Unix milliseconds by PostgreSQL's clock, which all workers share."""
_UNTIL = _NOW + sa.bindparam("lease")
_SELF = workers.c.id == sa.bindparam("owner")
_FORGET_ALL = Statement(sa.delete(workers))
_REGISTER = Statement(
    sa.insert(workers).values(given("id", "machine", "host", "pid", "started_at", "shard_count", "shard_ids"))
)
_LEASE = Statement(sa.update(workers).where(_SELF).values(lease_until=_UNTIL))
_SERVE = Statement(sa.update(workers).where(_SELF).values(given("shard_count", "shard_ids")))
_LEAVE = Statement(sa.delete(workers).where(_SELF))
_LET_GO = Statement(sa.update(workers).where(_SELF).values(lease_until=0))
_IS_OVER = sa.and_(sa.not_(_SELF), workers.c.lease_until <= _NOW)
_BURY = Statement(sa.delete(workers).where(sa.or_(_IS_OVER, is_among(workers.c.id, "gone"))))
_HOLDS = workers.c.lease_until > _NOW
_ELDEST = Statement(sa.select(workers.c.id).where(_HOLDS).order_by(workers.c.started_at, workers.c.id).limit(1))
_NEWS = Statement(
    sa.select(
        sa.exists().where(_IS_OVER).label("any_gone"),
        sa.exists().where(is_unended(), tasks.c.state == TaskState.QUEUED).label("any_queued"),
        sa.select(sa.func.count()).where(_HOLDS, sa.not_(_SELF)).scalar_subquery().label("others"),
    )
)
_LEAVE_BEHIND = Statement(
    sa.update(tasks)
    .where(is_unended(), tasks.c.owner == sa.bindparam("owner"))
    .values(owner=sa.bindparam("left_by"), fence=tasks.c.fence + 1)
)
_BE_GONE = Statement(
    sa.insert(workers).from_select(
        ["id", "host", "pid", "started_at", "lease_until"],
        sa.select(
            sa.bindparam("left_by", type_=sa.String),
            workers.c.host,
            workers.c.pid,
            workers.c.started_at,
            sa.literal(0),
        ).where(_SELF),
    )
)
_KNOWN = Statement(sa.select(workers).order_by(workers.c.started_at, workers.c.id))
_CLOCK = Statement(sa.select(_NOW))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker runs."""

    machine: str | None
    """Names the kernel and its processes, so that a number means the same process; None where nothing does."""
    host: str
    pid: int


@dataclass(frozen=True, slots=True)
class KnownWorker:
    """A worker that is written down."""

    id: str
    place: Place
    started_at: int
    lease_left: int | None
    """Milliseconds, negative since when it is over, 0 where it was ended in order; None on SQLite."""
    at_work: bool
    """Whether its lease holds; on SQLite the file is the lease."""
    shards: Shards | None
    """Those that it serves; None until one is connected."""


@dataclass(frozen=True, slots=True)
class News:
    """What a worker sees of the others."""

    any_gone: bool
    """Whether a lease is over, and what hung on it is to be adopted."""
    any_queued: bool
    others: int
    """How many hold a lease."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What workers that are gone left behind."""

    requeued: Sequence[Task] = ()
    """Claimed, and nothing sent: they wait again."""
    unknown: Sequence[Task] = ()
    """Found between the commit and Spark's answer: nobody can tell whether Spark accepted them."""
    running: Sequence[Task] = ()
    """At Spark, running or overdue: they are looked at again, under a higher fence."""
    delivering: frozenset[int] = frozenset()
    """The jobs whose results were being posted."""


_PROBED = {"host": "", "pid": 0, "started_at": 0, "shard_count": 0, "shard_ids": [0] * 5000}
"""More than fits into what is free of a page, so that a full disk refuses it as it refuses a job."""


class WorkerStore(Steps):
    """Workers in the database, each with its lease."""

    @writes
    def register(
        self, tx: Transaction, owner: str, place: Place, lease_ms: int, now: int, shards: Shards | None = None
    ) -> None:
        """Write a worker down with the shards that it serves; its lease begins, and the others hear of it."""
        if tx.is_postgresql:
            tx.run(_LEAVE, owner=owner)
        else:
            tx.run(_FORGET_ALL)
        here = {"machine": place.machine, "host": place.host, "pid": place.pid}
        tx.run(_REGISTER, id=owner, **here, started_at=now, **_columns(shards))
        if tx.is_postgresql:
            tx.run(_LEASE, owner=owner, lease=lease_ms)
            tx.notify()

    @writes
    def renew(self, tx: Transaction, owner: str, lease_ms: int) -> bool:
        """Hold a lease for longer; False where somebody else has taken over meanwhile."""
        return bool(tx.run(_LEASE, owner=owner, lease=lease_ms)) if tx.is_postgresql else True

    @reads
    def news(self, tx: Transaction, owner: str) -> News:
        """See what others have left, what waits, and how many they are."""
        row = tx.one(_NEWS, owner=owner)
        return News(row.any_gone, row.any_queued, row.others)

    @writes
    def serve(self, tx: Transaction, owner: str, shards: Shards) -> None:
        """Write down which shards a worker's process serves by now."""
        tx.run(_SERVE, owner=owner, **_columns(shards))

    @writes
    def adopt(self, tx: Transaction, owner: str, now: int, *, gone: Collection[str] = ()) -> Adopted:
        """Take all that hung on workers whose lease is over, or that are known to be `gone`."""
        if tx.is_postgresql:
            tx.run(_BURY, owner=owner, gone=list(gone))
        lock_claims(tx)
        return Adopted(
            requeued=_in_order(tx.many(_REQUEUE)),
            unknown=_in_order(tx.many(_LEAVE_UNKNOWN, ended_at=now)),
            running=_in_order(tx.many(_KEEP_RUNNING, owner=owner)),
            delivering=frozenset(row.id for row in tx.many(_KEEP_DELIVERING, owner=owner)),
        )

    @writes
    def hand_over(self, tx: Transaction, owner: str, left_by: str) -> None:
        """Leave a worker's tasks to the others at once, as those of a worker `left_by` that is gone.

        The worker itself goes on to hold what it is posting.
        """
        if tx.is_postgresql and tx.run(_LEAVE_BEHIND, owner=owner, left_by=left_by):
            tx.run(_BE_GONE, owner=owner, left_by=left_by)
            tx.notify()

    @writes
    def leave(self, tx: Transaction, owner: str) -> None:
        """End a worker's lease in order: others may take over at once."""
        tx.run(_LET_GO if tx.is_postgresql else _LEAVE, owner=owner)
        tx.notify()

    @writes
    def notify(self, tx: Transaction) -> None:
        """Have the others ask for news."""
        tx.notify()

    async def probe(self) -> None:
        """Write something and take it out again, apart from all other steps; raises `DatabaseAway`."""
        await self._database.write_apart(_write_nothing)

    async def listen(self, hear: Callable[[], None]) -> None:
        """Call `hear` for each notification, and once at the beginning; raises `DatabaseAway` where that ends."""
        await self._database.listen(hear)

    @property
    def shared(self) -> bool:
        """Whether others may work on this database too, now or later."""
        return not self._database.is_sqlite

    @reads
    def leads(self, tx: Transaction, owner: str) -> bool:
        """Whether a worker is the one of all that does what is done once: the eldest whose lease holds."""
        return not tx.is_postgresql or tx.value(_ELDEST) == owner

    async def known(self) -> Sequence[KnownWorker]:
        """List the workers that are written down, the eldest first."""
        return await self._known(file_held=await self._database.is_held())

    @reads
    def _known(self, tx: Transaction, *, file_held: bool) -> Sequence[KnownWorker]:
        now = tx.value(_CLOCK) if tx.is_postgresql else None
        return [_known_from(row, now, file_held=file_held) for row in tx.many(_KNOWN)]


def _write_nothing(tx: Transaction) -> None:
    worker_id = str(uuid.uuid4())
    tx.run(_REGISTER, id=worker_id, machine=None, **_PROBED)
    tx.run(_LEAVE, owner=worker_id)


def _columns(shards: Shards | None) -> dict[str, object]:
    return {
        "shard_count": None if shards is None else shards.count,
        "shard_ids": None if shards is None else list(shards.ids),
    }


def _known_from(row: Row, now: int | None, *, file_held: bool) -> KnownWorker:
    left = None if now is None else row.lease_until and row.lease_until - now
    return KnownWorker(
        row.id,
        Place(row.machine, row.host, row.pid),
        row.started_at,
        lease_left=left,
        at_work=file_held if left is None else left > 0,
        shards=None if row.shard_count is None else Shards(row.shard_count, tuple(row.shard_ids)),
    )


def _in_order(rows: Iterable[Row]) -> Sequence[Task]:
    return tuple(sorted((task_from(row) for row in rows), key=lambda task: (task.job_id, task.position)))
