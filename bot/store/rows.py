"""Rows as the values that travel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from bot.domain.budgets import Account
from bot.domain.jobs import AutoMod, Job, Lease, Order, Origin, Place, Task
from bot.domain.pictures.sources import Copy, MessageRef, ResultRef, Source
from bot.domain.states import JobState, TaskState
from bot.store.database import Row, Statement, Transaction, is_among
from bot.store.schema import jobs, tasks

_JOB = Statement(sa.select(jobs).where(jobs.c.id == sa.bindparam("job_id")))
_TASKS = Statement(sa.select(tasks).where(tasks.c.job_id == sa.bindparam("job_id")).order_by(tasks.c.position))
_TASKS_OF = Statement(
    sa.select(tasks).where(is_among(tasks.c.job_id, "job_ids")).order_by(tasks.c.job_id, tasks.c.position)
)


def task_from(row: Row) -> Task:
    """Build a task from its row."""
    return Task(
        job_id=row.job_id,
        position=row.position,
        account=Account(row.guild_id, row.user_id),
        state=TaskState(row.state),
        lease=_lease(row),
        model=row.model,
        params=row.params,
        image_sha256=row.image_sha256,
        width=row.width,
        height=row.height,
        made=None if row.made_width is None else (row.made_width, row.made_height),
        estimate_nano=row.estimate_nano,
        cost_nano=row.cost_nano,
        spark_id=row.spark_id,
        attempts=row.attempts,
        asked_at=row.asked_at,
        refused_at=row.refused_at,
        submitted_at=row.submitted_at,
        ended_at=row.ended_at,
        result_url=row.result_url,
        more_urls=tuple(row.more_urls or ()),
        not_before=row.not_before,
        error_code=row.error_code,
        error_text=row.error_text,
        posted=row.posted_at is not None,
    )


def job_from(row: Row, tasks: tuple[Task, ...]) -> Job:
    """Build a job from its row and its tasks in order."""
    return Job(
        id=row.id,
        kind=row.kind,
        state=JobState(row.state),
        title=row.title,
        spoiler=row.spoiler,
        account=Account(row.guild_id, row.user_id),
        channel_id=row.channel_id,
        parent_channel_id=row.parent_channel_id,
        place=Place(row.place),
        upload_limit=row.upload_limit,
        application_id=row.application_id,
        interaction_token=row.interaction_token,
        by_message=row.by_message,
        source=source_from(row.source),
        parent=None if row.parent_id is None else ResultRef(row.parent_id, row.parent_position),
        repeats_id=row.repeats_id,
        status_message_id=row.head_id,
        result_channel_id=row.result_channel_id,
        result_id=row.result_id,
        lease=_lease(row),
        accepted_at=row.accepted_at,
        delivering_at=row.delivering_at,
        ended_at=row.ended_at,
        removed_at=row.removed_at,
        removed_by=row.removed_by,
        tasks=tasks,
        erased_at=row.erased_at,
        day_thread_id=row.day_thread_id,
        automod=None if row.automod is None else AutoMod(row.automod),
        set_aside_at=row.set_aside_at,
    )


def task_rows(origin: Origin, order: Order, estimates: Sequence[int], not_before: int) -> Iterable[dict[str, Any]]:
    """Write the tasks of an order as rows, which may be sent from `not_before` on (Unix milliseconds)."""
    for position, (task, estimate) in enumerate(zip(order.tasks, estimates, strict=True), start=1):
        yield {
            "job_id": origin.id,
            "position": position,
            "guild_id": origin.account.guild_id,
            "user_id": origin.account.user_id,
            "model": task.model,
            "params": dict(task.params),
            "image_sha256": task.image_sha256,
            "width": task.width,
            "height": task.height,
            "estimate_nano": estimate,
            "asked_at": origin.asked_at,
            "not_before": not_before,
        }


def source_row(source: Source | None) -> dict[str, Any] | None:
    """Write a source as JSON."""
    return None if source is None else asdict(source)


def source_from(written: Mapping[str, Any] | None) -> Source | None:
    """Read a source from JSON."""
    if written is None:
        return None
    result, copy, forwarded = written["result"], written["copy"], written.get("forwarded")
    read = {
        "result": None if result is None else ResultRef(**result),
        "copy": None if copy is None else Copy(**copy),
        "forwarded": None if forwarded is None else MessageRef(**forwarded),
        "changes": tuple(written["changes"]),
    }
    return Source(**{**written, **read})


def _lease(row: Row) -> Lease | None:
    return None if row.owner is None else Lease(row.owner, row.fence)


def maybe_job(tx: Transaction, job_id: int) -> Job | None:
    """Read a job with its tasks; None where there is none."""
    row = tx.maybe(_JOB, job_id=job_id)
    return None if row is None else with_tasks(tx, row)


def with_tasks(tx: Transaction, row: Row) -> Job:
    """Build a job from its row and its tasks, which are read."""
    return job_from(row, tuple(map(task_from, tx.many(_TASKS, job_id=row.id))))


def job_of(tx: Transaction, job_id: int) -> Job:
    """Read a job with its tasks that is there; raises `LookupError` where it is not."""
    job = maybe_job(tx, job_id)
    if job is None:
        raise LookupError(f"job {job_id} is gone")
    return job


def jobs_of(tx: Transaction, rows: Sequence[Row]) -> list[Job]:
    """Give the jobs of some rows, in their order, with their tasks."""
    of_job: dict[int, list[Task]] = {row.id: [] for row in rows}
    for row in tx.many(_TASKS_OF, job_ids=list(of_job)):
        of_job[row.job_id].append(task_from(row))
    return [job_from(row, tuple(of_job[row.id])) for row in rows]
