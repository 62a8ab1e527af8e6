"""What a server's AutoMod does not let stand: jobs that it stops, and results that wait for a moderator's word."""

from typing import Any

import sqlalchemy as sa

from bot.domain.jobs import AutoMod, Job
from bot.domain.moderation.actions import Action, ActionKind
from bot.domain.states import IN_PROGRESS, JOBS, TASKS, JobEvent, JobState, TaskEvent, the_step_of
from bot.store.database import Statement, Steps, Transaction, writes
from bot.store.deliveries import give_up
from bot.store.jobs import cancel
from bot.store.moderation import note_automod, record_action
from bot.store.schema import actions, jobs, results, tasks

_ID = jobs.c.id == sa.bindparam("of_job")
_WITHHELD = (
    _ID,
    jobs.c.automod == AutoMod.REFUSED,
    jobs.c.removed_at.is_(None),
    jobs.c.erased_at.is_(None),
    sa.exists().where(results.c.job_id == jobs.c.id),
)
_WAITING, _ = the_step_of(TASKS, TaskEvent.CANCEL)
_RESTS, _REOPENED = the_step_of(JOBS, JobEvent.RELEASE)


def _decide(*conditions: sa.ColumnElement[bool], **values: Any) -> Statement:
    return Statement(sa.update(jobs).where(*_WITHHELD, *conditions).values(head_final=False, **values))


_STOP = Statement(
    sa.update(jobs)
    .where(_ID, jobs.c.state.in_(IN_PROGRESS))
    .values(automod=AutoMod.REFUSED)
    .returning(jobs.c.guild_id)
)
_LET_GO = Statement(
    sa.update(tasks)
    .where(tasks.c.job_id == sa.bindparam("of_job"), tasks.c.state == _WAITING, tasks.c.refused_at.is_(None))
    .values(not_before=0)
)
_WITHHOLD = Statement(
    # without its words it may stand where they might not, such as in a thread
    sa.update(jobs).where(_ID).values(automod=AutoMod.REFUSED, result_channel_id=None, head_final=False)
)
_WITHHOLD_LATE = Statement(
    sa.update(jobs)
    .where(_ID, sa.or_(jobs.c.automod.is_(None), jobs.c.automod != AutoMod.KEPT_BACK))
    .values(automod=AutoMod.REFUSED, head_final=False)
)
_TOLD = Statement(
    sa.select(
        sa.exists().where(
            actions.c.guild_id == sa.bindparam("guild_id"),
            actions.c.subject_id == sa.bindparam("job_id"),
            actions.c.kind == ActionKind.WITHHOLD,
        )
    )
)
# another job of the click that asked for it may be open by now
_REOPEN = _decide(jobs.c.state == _RESTS, state=_REOPENED, automod=AutoMod.RELEASED, ended_at=None, click_key=None)
_RELEASE_LATE = _decide(jobs.c.state == JobState.DELIVERED, automod=AutoMod.RELEASED)
_KEEP_BACK = _decide(automod=AutoMod.KEPT_BACK)


class AutoModStore(Steps):
    """What happens to a job whose words may not be said; each method is one transaction."""

    @writes
    def stop(self, tx: Transaction, job_id: int, now: int) -> bool:
        """Cancel a job whose words AutoMod does not let stand; False where it has begun, or ended.

        From now on the tasks of its server wait until their status messages stand.
        """
        if (refused := tx.maybe(_STOP, of_job=job_id)) is None:
            return False
        note_automod(tx, refused.guild_id)
        return cancel(tx, job_id, now, has_status_message=True)

    @writes
    def let_go(self, tx: Transaction, job_id: int) -> None:
        """Let the tasks of a job be claimed, since its status message stands."""
        tx.run(_LET_GO, of_job=job_id)

    @writes
    def withhold(self, tx: Transaction, job: Job, action: Action) -> None:
        """End the delivery of a result that AutoMod does not let stand; its pictures are kept."""
        give_up(tx, job, action.at)
        tx.run(_WITHHOLD, of_job=job.id)
        note_automod(tx, job.account.guild_id)
        record_action(tx, action)

    @writes
    def withhold_late(self, tx: Transaction, job: Job, action: Action) -> None:
        """Record that AutoMod does not let pictures stand that came after their job's message; told of once."""
        tx.run(_WITHHOLD_LATE, of_job=job.id)
        note_automod(tx, job.account.guild_id)
        if not tx.value(_TOLD, guild_id=job.account.guild_id, job_id=job.id):
            record_action(tx, action)

    @writes
    def release(self, tx: Transaction, job_id: int, action: Action) -> bool:
        """Let a withheld result stand without its words; False where it is not withheld, or no longer kept."""
        released = bool(tx.run(_REOPEN, of_job=job_id) or tx.run(_RELEASE_LATE, of_job=job_id))
        if released:
            record_action(tx, action)
        return released

    @writes
    def keep_back(self, tx: Transaction, job_id: int, action: Action) -> bool:
        """Leave a withheld result to its owner alone; False where it is not withheld, or no longer kept."""
        kept_back = bool(tx.run(_KEEP_BACK, of_job=job_id))
        if kept_back:
            record_action(tx, action)
        return kept_back
