"""The jobs: accepted in one transaction, found again, taken back; each method is one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budgets import Account, first_exceeded, windows_at
from bot.domain.jobs import INTERACTION_TOKEN_LIFE, Job, Order, Origin
from bot.domain.limits import Ceilings
from bot.domain.pictures.sources import Copy, Source
from bot.domain.states import (
    AWAITED,
    ENDED_JOBS,
    IN_PROGRESS,
    JOBS,
    TASKS,
    JobEvent,
    JobState,
    TaskEvent,
    TaskState,
    the_step_of,
)
from bot.store import images, ledger, warnings
from bot.store.database import Database
from bot.store.moderation import block_of, rules_of
from bot.store.rows import job_of, maybe_job, source_from, source_row
from bot.store.schema import jobs, tasks
from bot.store.tasks import lock_claims
from bot.store.turns import is_unended
from bot.wording.blocks import blocked
from bot.wording.budgets import budget_refusal
from bot.wording.jobs import already_on_it, too_many_on_the_way
from bot.wording.server_rules import not_allowed_here


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person's new job has to fit under."""

    ceilings: Ceilings
    unfinished: int
    """How many tasks a person may have running and waiting together."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A job that was written down."""

    job: Job
    warned: bool
    """Whether a share of the person's own limit was reached that they were not told of yet."""


class JobStore:
    """What a service does to jobs, and what is known of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def accept(
        self, origin: Origin, order: Order, estimates: Sequence[int], terms: Terms
    ) -> Accepted | None:
        """Write a job with its tasks and reserve its estimates, all or nothing.

        Gives None where the job was accepted before: a replayed event. Raises `Refusal` where the server's rules
        or a block forbid it, a budget would be passed, too many tasks wait, another job of the same click is open,
        or the input image of an earlier job is no longer kept.
        """
        now = origin.asked_at
        account = origin.account
        windows = windows_at(now)
        async with self._database.writing() as connection:
            if not await _insert(connection, origin, order, windows[0].key, windows[1].key):
                if await connection.scalar(sa.select(jobs.c.id).where(jobs.c.id == origin.id)):
                    return None
                raise already_on_it()
            await _require_welcome(connection, origin, now)
            await images.keep(connection, order, now)
            await connection.execute(sa.insert(tasks), list(_task_rows(origin, order, estimates)))
            before = await ledger.reserve(connection, account, origin.id, estimates, windows, now)
            # after `reserve`, whose row lock keeps a second accept of the same account waiting
            await _require_turns(connection, account, len(order.tasks), terms, waiting=len(order.tasks))
            applied = await ledger.budgets(
                connection, account, origin.role_ids, before, terms.ceilings, windows, now
            )
            wanted = sum(estimates)
            if exceeded := first_exceeded(applied, wanted):
                raise budget_refusal(exceeded, wanted)
            await warnings.note(connection, account, applied, wanted, now)
            # also where the raise of an earlier task has reached it
            warned = await warnings.is_to_tell(connection, account)
            return Accepted(await job_of(connection, origin.id), warned)

    async def require_welcome(self, origin: Origin) -> None:
        """Raise `Refusal` where the server's rules or a block forbid a job, as `accept` does."""
        async with self._database.reading() as connection:
            await _require_welcome(connection, origin, origin.asked_at)

    async def require_room(
        self, origin: Origin, click_key: str | None, estimates: Sequence[int], terms: Terms
    ) -> bool:
        """Raise `Refusal` wherever `accept` would, as far as that is known before an order's picture is.

        False where the job was accepted before: a replayed event.
        """
        now, account = origin.asked_at, origin.account
        async with self._database.reading() as connection:
            if await connection.scalar(sa.select(jobs.c.id).where(jobs.c.id == origin.id)):
                return False
            if click_key and await connection.scalar(sa.select(jobs.c.id).where(_is_open_click(click_key))):
                raise already_on_it()
            await _require_welcome(connection, origin, now)
            await _require_turns(connection, account, len(estimates), terms, waiting=0)
            applied = await ledger.budgets_now(connection, account, origin.role_ids, terms.ceilings, now)
            if exceeded := first_exceeded(applied, wanted := sum(estimates)):
                raise budget_refusal(exceeded, wanted)
            return True

    async def get(self, job_id: int) -> Job | None:
        """Read one job with its tasks."""
        async with self._database.reading() as connection:
            return await maybe_job(connection, job_id)

    async def with_status_message(self, status_message_id: int) -> Job | None:
        """Read the job whose status message a message is; None for any other message."""
        async with self._database.reading() as connection:
            job_id = await connection.scalar(sa.select(jobs.c.id).where(jobs.c.head_id == status_message_id))
            return None if job_id is None else await job_of(connection, job_id)

    async def was_repeated(self, job_id: int) -> bool:
        """Whether a job that was asked for once more has brought a picture then."""
        async with self._database.reading() as connection:
            found = await connection.scalar(
                sa.select(
                    sa.exists().where(
                        jobs.c.repeats_id == job_id,
                        tasks.c.job_id == jobs.c.id,
                        tasks.c.state == TaskState.SUCCEEDED,
                    )
                )
            )
            return bool(found)

    async def record_removed(self, job_id: int, removed_by: int, now: int) -> None:
        """Record on whose word a job's pictures were deleted, the first time; its status message has to say so."""
        async with self._database.writing() as connection:
            await connection.execute(
                sa.update(jobs)
                .where(jobs.c.id == job_id, jobs.c.removed_at.is_(None), jobs.c.erased_at.is_(None))
                .values(removed_at=now, removed_by=removed_by, head_final=False)
            )

    async def record_source(self, job_id: int, source: Source) -> None:
        """Record where the input image of a job is now."""
        async with self._database.writing() as connection:
            await connection.execute(sa.update(jobs).where(jobs.c.id == job_id).values(source=source_row(source)))

    async def needs_copy(self, copy: Copy) -> bool:
        """Whether a job that is not done yet works on a posted copy of a picture."""
        async with self._database.reading() as connection:
            rows = await connection.execute(sa.select(jobs.c.source).where(jobs.c.state.in_(IN_PROGRESS)))
            sources = [source_from(row.source) for row in rows]
        used = [source.copy for source in sources if source is not None and source.copy is not None]
        return any(each.message_id == copy.message_id for each in used)

    async def record_status_message(self, job_id: int, status_message_id: int) -> None:
        """Record which message answered the command."""
        async with self._database.writing() as connection:
            await connection.execute(sa.update(jobs).where(jobs.c.id == job_id).values(head_id=status_message_id))

    async def cancel(self, job_id: int, now: int, *, has_status_message: bool = False) -> bool:
        """Cancel a job of which nothing was claimed, and release its money; its status message has to say so."""
        uncancelled, cancelled = the_step_of(JOBS, JobEvent.CANCEL)
        waiting, taken_back = the_step_of(TASKS, TaskEvent.CANCEL)
        async with self._database.writing() as connection:
            await lock_claims(connection)
            found = (
                await connection.execute(
                    sa.update(jobs)
                    .where(
                        jobs.c.id == job_id,
                        jobs.c.state == uncancelled,
                        ~sa.exists().where(tasks.c.job_id == job_id, tasks.c.state != waiting),
                    )
                    .values(state=cancelled, ended_at=now, head_final=not has_status_message)
                    .returning(jobs.c.id)
                )
            ).one_or_none()
            if found is None:
                return False
            rows = await connection.execute(
                sa.update(tasks)
                .where(tasks.c.job_id == job_id)
                .values(state=taken_back, ended_at=now)
                .returning(tasks.c.position)
            )
            for position in sorted(row.position for row in rows):
                await ledger.release(connection, job_id, position, now)
            return True

    async def record_status_message_final(self, job_id: int) -> None:
        """Record that the status message shows how its job ended."""
        async with self._database.writing() as connection:
            await connection.execute(sa.update(jobs).where(jobs.c.id == job_id).values(head_final=True))

    async def unfinished_status_messages(self, ended_before: int | None = None) -> list[Job]:
        """Give the ended jobs whose status message does not show it yet: all, or those of before a moment."""
        async with self._database.reading() as connection:
            rows = await connection.execute(
                sa.select(jobs.c.id)
                .where(
                    jobs.c.state.in_(ENDED_JOBS),
                    sa.not_(jobs.c.head_final),
                    sa.true() if ended_before is None else jobs.c.ended_at < ended_before,
                )
                .order_by(jobs.c.id)
            )
            return [await job_of(connection, row.id) for row in rows.all()]

    async def unfinished(self) -> int:
        """Count the jobs that are neither delivered nor given up nor cancelled."""
        async with self._database.reading() as connection:
            counted = await connection.scalar(
                sa.select(sa.func.count()).select_from(jobs).where(jobs.c.state.in_(IN_PROGRESS))
            )
            return counted or 0

    async def forget_tokens(self, now: int) -> None:
        """Clear the interactions' tokens that Discord no longer accepts."""
        async with self._database.writing() as connection:
            await connection.execute(
                sa.update(jobs)
                .where(jobs.c.interaction_token.is_not(None), jobs.c.accepted_at < now - INTERACTION_TOKEN_LIFE)
                .values(interaction_token=None)
            )


async def _require_welcome(connection: AsyncConnection, origin: Origin, now: int) -> None:
    """Raise `Refusal` where a server's moderators have stopped the person, or do not want the bot in the place."""
    account = origin.account
    if not account.guild_id:
        return
    if block := await block_of(connection, account, now):
        raise blocked(block, in_public=origin.by_message)
    rules = await rules_of(connection, account.guild_id)
    if not rules.allows(origin.channels):
        raise not_allowed_here(rules.allowed_channels or ())


async def _require_turns(
    connection: AsyncConnection, account: Account, wanted: int, terms: Terms, *, waiting: int
) -> None:
    """Raise `Refusal` where a person's tasks would be too many; so many of the wanted ones are written already."""
    unfinished = await connection.scalar(
        sa.select(sa.func.count())
        .select_from(tasks)
        .where(is_unended(), tasks.c.user_id == account.user_id, tasks.c.state.in_(AWAITED))
    )
    others = (unfinished or 0) - waiting
    if others + wanted > terms.unfinished:
        raise too_many_on_the_way(wanted, others, terms.unfinished)


def _is_open_click(click_key: str) -> sa.ColumnElement[bool]:
    """Repeat the condition of the index of open clicks: SQLite uses it only where it stands word for word."""
    is_open: list[sa.ColumnElement[str]] = [sa.literal_column(f"'{state}'") for state in IN_PROGRESS]
    return sa.and_(jobs.c.click_key == click_key, jobs.c.state.in_(is_open))


async def _insert(connection: AsyncConnection, origin: Origin, order: Order, day: str, month: str) -> bool:
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    inserted = await connection.execute(
        insert(jobs)
        .values(
            id=origin.id,
            kind=order.kind,
            title=order.title,
            spoiler=order.spoiler,
            state=JobState.OPEN,
            guild_id=origin.account.guild_id,
            user_id=origin.account.user_id,
            channel_id=origin.channel_id,
            place=origin.place,
            upload_limit=origin.upload_limit,
            application_id=origin.application_id,
            interaction_token=origin.interaction_token,
            parent_channel_id=origin.parent_channel_id,
            by_message=origin.by_message,
            source=source_row(order.source),
            parent_id=None if order.parent is None else order.parent.job_id,
            parent_position=None if order.parent is None else order.parent.position,
            repeats_id=order.repeats_id,
            click_key=order.click_key,
            role_ids=sorted(origin.role_ids),
            accepted_at=origin.asked_at,
            day=day,
            month=month,
        )
        .on_conflict_do_nothing()
        .returning(jobs.c.id)
    )
    return inserted.one_or_none() is not None


def _task_rows(origin: Origin, order: Order, estimates: Sequence[int]) -> Iterable[dict[str, Any]]:
    for position, (task, estimate) in enumerate(zip(order.tasks, estimates, strict=True), start=1):
        yield {
            "job_id": origin.id,
            "position": position,
            "guild_id": origin.account.guild_id,
            "user_id": origin.account.user_id,
            "state": TaskState.QUEUED,
            "model": task.model,
            "params": dict(task.params),
            "image_sha256": task.image_sha256,
            "width": task.width,
            "height": task.height,
            "estimate_nano": estimate,
            "asked_at": origin.asked_at,
            "not_before": 0,
        }
