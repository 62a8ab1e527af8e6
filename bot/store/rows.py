"""Rows as the values that travel."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account
from bot.domain.jobs import Job, Lease, Place, Task
from bot.domain.pictures.sources import Copy, ResultRef, Source
from bot.domain.states import JobState, TaskState
from bot.store.schema import jobs, tasks


def task_from(row: sa.Row[Any]) -> Task:
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
        error_code=row.error_code,
        error_text=row.error_text,
        posted=row.posted_at is not None,
    )


def job_from(row: sa.Row[Any], tasks: tuple[Task, ...]) -> Job:
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
    )


def source_row(source: Source | None) -> dict[str, Any] | None:
    """Write a source as JSON."""
    return None if source is None else asdict(source)


def source_from(written: Mapping[str, Any] | None) -> Source | None:
    """Read a source from JSON."""
    if written is None:
        return None
    result, copy = written["result"], written["copy"]
    read = {
        "result": None if result is None else ResultRef(**result),
        "copy": None if copy is None else Copy(**copy),
        "changes": tuple(written["changes"]),
    }
    return Source(**{**written, **read})


def _lease(row: sa.Row[Any]) -> Lease | None:
    return None if row.owner is None else Lease(row.owner, row.fence)


async def maybe_job(connection: AsyncConnection, job_id: int) -> Job | None:
    """Read a job with its tasks; None where there is none."""
    row = (await connection.execute(sa.select(jobs).where(jobs.c.id == job_id))).one_or_none()
    if row is None:
        return None
    found = await connection.execute(sa.select(tasks).where(tasks.c.job_id == job_id).order_by(tasks.c.position))
    return job_from(row, tuple(task_from(task) for task in found))


async def job_of(connection: AsyncConnection, job_id: int) -> Job:
    """Read a job with its tasks that is there; raises `LookupError` where it is not."""
    job = await maybe_job(connection, job_id)
    if job is None:
        raise LookupError(f"job {job_id} is gone")
    return job


def has_key(
    columns: Sequence[sa.ColumnElement[object]], keys: Collection[Sequence[object]]
) -> sa.ColumnElement[bool]:
    """Build the condition that a row has one of some keys; each is looked up in the index of the columns.

    For `(a, b) IN (VALUES …)` SQLite reads the whole table.
    """
    return sa.or_(
        sa.false(),
        *(sa.and_(*(column == value for column, value in zip(columns, key, strict=True))) for key in keys),
    )
