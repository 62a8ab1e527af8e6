"""The deliveries' steps: each job's message once, late pictures after it; each method is one transaction."""

from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.jobs import AutoMod, Job, Task, task_position
from bot.domain.states import AWAITED, IN_PROGRESS, JOBS, JobEvent, JobState, TaskState, the_step_of
from bot.store import ledger
from bot.store.database import Row, Statement, Steps, Transaction, given, reads, writes
from bot.store.rows import job_from, jobs_of, task_from, with_tasks
from bot.store.schema import jobs, results, tasks
from bot.store.tasks import LeaseLost

_ID = jobs.c.id == sa.bindparam("job_id")
_WAITS, _BEGUN = the_step_of(JOBS, JobEvent.BEGIN)
_NOTHING_AWAITED = ~sa.exists().where(tasks.c.job_id == jobs.c.id, tasks.c.state.in_(AWAITED))

_BEGIN = Statement(
    sa.update(jobs)
    .where(_ID, jobs.c.state == _WAITS, _NOTHING_AWAITED)
    .values(**given("owner", "delivering_at"), state=_BEGUN, fence=jobs.c.fence + 1)
    .returning(jobs)
)
# the condition of the index of unfinished jobs: SQLite uses it only where it stands word for word
_UNFINISHED = jobs.c.state.in_(IN_PROGRESS)
_READY = Statement(
    sa.select(jobs.c.id).where(_UNFINISHED, jobs.c.state == _WAITS, _NOTHING_AWAITED).order_by(jobs.c.id)
)
_HELD_BY = Statement(
    sa.select(jobs)
    .where(_UNFINISHED, jobs.c.state == JobState.DELIVERING, jobs.c.owner == sa.bindparam("owner"))
    .order_by(jobs.c.id)
)


def _step(event: JobEvent, *returned: sa.ColumnElement[Any], **values: Any) -> Statement:
    held, to = the_step_of(JOBS, event)
    return Statement(
        sa.update(jobs)
        .where(
            _ID,
            jobs.c.state == held,
            jobs.c.owner == sa.bindparam("held_by"),
            jobs.c.fence == sa.bindparam("fence"),
        )
        .values(state=to, **values)
        .returning(jobs, *returned)
    )


_RECORD_PLACE = _step(JobEvent.RECORD_PLACE, **given("result_channel_id"))
_RECORD_DAY_THREAD = _step(JobEvent.RECORD_PLACE, **given("day_thread_id"))
_DAY_THREAD = Statement(
    sa.select(jobs.c.day_thread_id)
    .where(
        jobs.c.user_id == sa.bindparam("user_id"),
        jobs.c.guild_id == sa.bindparam("guild_id"),
        jobs.c.accepted_at >= sa.bindparam("since"),
        jobs.c.accepted_at < sa.bindparam("until"),
        jobs.c.channel_id == sa.bindparam("channel_id"),
        jobs.c.day_thread_id.is_not(None),
    )
    .order_by(jobs.c.accepted_at.desc())
    .limit(1)
)
_HAS_KEPT = sa.exists().where(results.c.job_id == jobs.c.id).label("has_kept")
_END = _step(JobEvent.END, _HAS_KEPT, **given("result_channel_id", "result_id", "ended_at"), owner=None)
_GIVE_UP = _step(JobEvent.GIVE_UP, **given("ended_at"), owner=None)

_TASK = (tasks.c.job_id == sa.bindparam("of_job"), tasks.c.position == sa.bindparam("of_position"))
_MARK_POSTED = Statement(sa.update(tasks).where(*_TASK).values(given("posted_at")))
_SHOW_ANEW = Statement(sa.update(jobs).where(_ID).values(head_final=False))
_RECORD_SIZE = Statement(sa.update(tasks).where(*_TASK).values(given("made_width", "made_height")))

_PICTURE = (results.c.job_id == sa.bindparam("job_id"), results.c.position == sa.bindparam("position"))
_KEEP = Statement(insert(results).on_conflict_do_nothing())
_KEPT = Statement(sa.select(results.c.data).where(*_PICTURE))
_LET_GO = Statement(sa.delete(results).where(*_PICTURE))
_FORGET = Statement(sa.delete(results).where(results.c.kept_at < sa.bindparam("kept_before")))


def _late(*conditions: sa.ColumnElement[bool]) -> Statement:
    return Statement(
        sa.select(tasks)
        .join(jobs, jobs.c.id == tasks.c.job_id)
        .where(
            jobs.c.state == JobState.DELIVERED,
            jobs.c.erased_at.is_(None),
            jobs.c.set_aside_at.is_(None),  # what came of it may stand there, or have been deleted
            tasks.c.posted_at.is_(None),
            *conditions,
        )
        .order_by(tasks.c.job_id, tasks.c.position)
    )


def _came_to_nothing() -> tuple[sa.ColumnElement[bool], ...]:
    other = tasks.alias("other")
    failed = sa.and_(tasks.c.state == TaskState.FAILED, tasks.c.ended_at > jobs.c.delivering_at)
    released = sa.and_(tasks.c.state == TaskState.UNKNOWN, ledger.is_ended(tasks.c.job_id, tasks.c.position))
    none_may_follow = ~sa.exists().where(other.c.job_id == jobs.c.id, ledger.is_reserved(other))
    return jobs.c.removed_at.is_(None), sa.or_(failed, released), none_may_follow


_LATE_PICTURE = (
    tasks.c.state == TaskState.SUCCEEDED,
    # what is withheld and kept is nobody's but its owner's
    sa.or_(
        jobs.c.automod.is_(None),
        jobs.c.automod == AutoMod.RELEASED,
        sa.and_(
            jobs.c.automod == AutoMod.REFUSED,
            ~sa.exists().where(results.c.job_id == tasks.c.job_id, results.c.position == tasks.c.position),
        ),
    ),
)
_LATE_PICTURES = _late(*_LATE_PICTURE)
_LATE_PICTURES_OF = _late(*_LATE_PICTURE, _ID)
_LATE_ENDS = _late(*_came_to_nothing())
_LATE_ENDS_OF = _late(*_came_to_nothing(), _ID)


class DeliveryStore(Steps):
    """What a delivery does to jobs; a guarded step that finds its row changed raises `LeaseLost`."""

    @writes
    def begin(self, tx: Transaction, job_id: int, owner: str, now: int) -> Job | None:
        """Take a job whose tasks have all ended for delivery; None where it waits still or is taken."""
        begun = tx.maybe(_BEGIN, job_id=job_id, owner=owner, delivering_at=now)
        return None if begun is None else with_tasks(tx, begun)

    @writes
    def record_place(self, tx: Transaction, job: Job, channel_id: int) -> Job:
        """Record where a job's result goes, before it is posted there."""
        return job_from(_moved(tx, _RECORD_PLACE, job, result_channel_id=channel_id), job.tasks)

    @writes
    def record_day_thread(self, tx: Transaction, job: Job, thread_id: int) -> None:
        """Record the thread for the results of its owner's day in its channel."""
        _moved(tx, _RECORD_DAY_THREAD, job, day_thread_id=thread_id)

    @reads
    def day_thread(self, tx: Transaction, job: Job, since: int, until: int) -> int | None:
        """Give the newest thread that was opened for what its owner asked for in its channel in a time."""
        found: int | None = tx.value(
            _DAY_THREAD,
            user_id=job.account.user_id,
            guild_id=job.account.guild_id,
            channel_id=job.channel_id,
            since=since,
            until=until,
        )
        return found

    @writes
    def end(
        self, tx: Transaction, job: Job, channel_id: int, message_id: int, posted: Collection[int], now: int
    ) -> Job:
        """Record where a job's one message stands in Discord, with the pictures at the `posted` positions."""
        _mark_posted(tx, job.id, posted, now)
        ended = _moved(tx, _END, job, result_channel_id=channel_id, result_id=message_id, ended_at=now)
        if ended.has_kept:
            _let_go(tx, job.id, posted)
        return with_tasks(tx, ended)

    @writes
    def give_up(self, tx: Transaction, job: Job, now: int) -> Job:
        """Record that Discord will never take a job's message; its pictures stay until they expire."""
        return give_up(tx, job, now)

    @writes
    def record_late(self, tx: Transaction, task: Task, now: int) -> None:
        """Record that a late picture stands in Discord as a message of its own; its status message has to tell."""
        _mark_posted(tx, task.job_id, task.positions, now)
        _let_go(tx, task.job_id, task.positions)
        tx.run(_SHOW_ANEW, job_id=task.job_id)

    @writes
    def record_late_end(self, tx: Transaction, job_id: int, tasks: Iterable[Task], now: int) -> None:
        """Record that a message says that nothing came of these tasks; the status message has to say so too."""
        _mark_posted(tx, job_id, [task.position for task in tasks], now)
        tx.run(_SHOW_ANEW, job_id=job_id)

    @writes
    def record_size(self, tx: Transaction, task: Task, size: tuple[int, int]) -> None:
        """Record the width and height that a task's picture really has."""
        tx.run(
            _RECORD_SIZE,
            of_job=task.job_id,
            of_position=task.position,
            made_width=size[0],
            made_height=size[1],
        )

    @writes
    def keep_result(
        self, tx: Transaction, task: Task, data: bytes, since: int, position: int | None = None
    ) -> None:
        """Keep a picture that Discord has not taken `since`: the task's first, or the one at `position`."""
        tx.run(_KEEP, job_id=task.job_id, position=position or task.position, data=data, kept_at=since)

    @reads
    def kept_result(self, tx: Transaction, task: Task, position: int | None = None) -> bytes | None:
        """Read a picture that Discord did not take yet: the task's first, or the one at `position`."""
        data: bytes | None = tx.value(_KEPT, job_id=task.job_id, position=position or task.position)
        return data

    @reads
    def ready(self, tx: Transaction) -> list[int]:
        """Give the open jobs whose tasks have all ended."""
        return [row.id for row in tx.many(_READY)]

    @reads
    def held_by(self, tx: Transaction, owner: str) -> list[Job]:
        """Give the jobs that `owner` is delivering."""
        return jobs_of(tx, tx.many(_HELD_BY, owner=owner))

    @reads
    def late_pictures(self, tx: Transaction, job_id: int | None = None) -> list[Task]:
        """Give the pictures that came after their job's message and are not posted yet, of one job or of all."""
        rows = tx.many(_LATE_PICTURES) if job_id is None else tx.many(_LATE_PICTURES_OF, job_id=job_id)
        return [task_from(row) for row in rows]

    @reads
    def late_ends(self, tx: Transaction, job_id: int | None = None) -> list[Task]:
        """Give the tasks of one job or of all that came to nothing after their job's message had left that open.

        They are told of together: none is given while another of its job's may still bring something.
        """
        rows = tx.many(_LATE_ENDS) if job_id is None else tx.many(_LATE_ENDS_OF, job_id=job_id)
        return [task_from(row) for row in rows]

    @writes
    def forget_results(self, tx: Transaction, kept_before: int) -> None:
        """Delete the pictures that were kept for delivery since before `kept_before`."""
        tx.run(_FORGET, kept_before=kept_before)


def give_up(tx: Transaction, job: Job, now: int) -> Job:
    """Record that Discord does not take a job's message, as a part of somebody else's transaction."""
    return with_tasks(tx, _moved(tx, _GIVE_UP, job, ended_at=now))


def _moved(tx: Transaction, step: Statement, job: Job, **values: Any) -> Row:
    if job.lease is None:
        raise AssertionError(f"job {job.id} is not held by this worker")
    row = tx.maybe(step, job_id=job.id, held_by=job.lease.owner, fence=job.lease.fence, **values)
    if row is None:
        raise LeaseLost(str(job.id))
    return row


def _mark_posted(tx: Transaction, job_id: int, positions: Iterable[int], now: int) -> None:
    for whose in sorted({task_position(position) for position in positions}):
        tx.run(_MARK_POSTED, of_job=job_id, of_position=whose, posted_at=now)


def _let_go(tx: Transaction, job_id: int, positions: Iterable[int]) -> None:
    """Delete the pictures that were kept until they were posted."""
    for position in sorted(positions):
        tx.run(_LET_GO, job_id=job_id, position=position)
