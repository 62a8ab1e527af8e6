"""What members report of results, and what moderators are to be told of it; it goes with the result's words."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from bot.domain.jobs import Job
from bot.domain.moderation.actions import Action
from bot.domain.moderation.complaints import Complaint, Grievance, Reported
from bot.domain.pictures.sources import MessageRef
from bot.store.database import Row, Statement, Steps, Transaction, given, is_among, reads, writes
from bot.store.moderation import actions_about, block_of, record_action
from bot.store.rows import job_of
from bot.store.schema import complaints, reported
from bot.wording.complaints import cleared_before, reported_before

_ACTS_MAX = 3
_COMPLAINTS_MAX = 5
_THIS = reported.c.message_id == sa.bindparam("of_message")
_MORE_TO_SHOW = {"version": reported.c.version + 1}

_ONE = Statement(sa.select(reported).where(_THIS))
_ONE_LOCKED = Statement(sa.select(reported).where(_THIS).with_for_update())
_NEW = Statement(
    insert(reported)
    .values(**given("message_id", "channel_id", "job_id"), reports=0, version=0, shown_version=0)
    .on_conflict_do_nothing()
)
_COMPLAIN = Statement(
    insert(complaints).values(given("message_id", "user_id", "grievance", "words", "at")).on_conflict_do_nothing()
)
_HAS_COMPLAINED = Statement(
    sa.select(
        sa.exists().where(
            complaints.c.message_id == sa.bindparam("of_message"), complaints.c.user_id == sa.bindparam("user_id")
        )
    )
)
_COUNT = Statement(sa.update(reported).where(_THIS).values(reports=reported.c.reports + 1, **_MORE_TO_SHOW))
_CLEAR = Statement(
    sa.update(reported)
    .where(_THIS, reported.c.cleared_by.is_(None))
    .values(cleared_by=sa.bindparam("by"), **_MORE_TO_SHOW)
)
_HAS_CHANGED = Statement(
    sa.update(reported).where(reported.c.job_id == sa.bindparam("of_job")).values(_MORE_TO_SHOW)
)
_COMPLAINTS = Statement(
    sa.select(complaints)
    .where(complaints.c.message_id == sa.bindparam("of_message"))
    .order_by(complaints.c.at, complaints.c.user_id)
    .limit(sa.bindparam("most"))
)
_UNSHOWN = Statement(
    # the words of its index: SQLite uses it only where they stand so
    sa.select(reported)
    .where(sa.text("shown_version < version"))
    .order_by(reported.c.message_id)
    .limit(sa.bindparam("most"))
)
_RECORD_LOGGED = Statement(sa.update(reported).where(_THIS).values(given("log_channel_id", "log_message_id")))
_MARK_SHOWN = Statement(sa.update(reported).where(_THIS).values(given("shown_version")))

_OF_PERSON = complaints.c.user_id == sa.bindparam("user_id")
_BY_PERSON = Statement(sa.select(complaints).where(_OF_PERSON).order_by(complaints.c.at))
_NAMED_NO_MORE = Statement(
    sa.update(reported)
    .where(reported.c.message_id.in_(sa.select(complaints.c.message_id).where(_OF_PERSON)))
    .values(_MORE_TO_SHOW)
)
_FORGET_PERSON = Statement(sa.delete(complaints).where(_OF_PERSON))
_OF_JOBS = is_among(reported.c.job_id, "job_ids")
_FORGET = [
    Statement(
        sa.delete(complaints).where(complaints.c.message_id.in_(sa.select(reported.c.message_id).where(_OF_JOBS)))
    ),
    Statement(sa.delete(reported).where(_OF_JOBS)),
]


class ComplaintStore(Steps):
    """One row for each message that was reported, and one for each member who has reported it."""

    @reads
    def require_open(self, tx: Transaction, message_id: int, user_id: int) -> None:
        """Raise `Refusal` where a person's word on a message would be refused, as `file` does."""
        if tx.value(_HAS_COMPLAINED, of_message=message_id, user_id=user_id):
            raise reported_before()
        row = tx.maybe(_ONE, of_message=message_id)
        if row is not None and row.cleared_by is not None:
            raise cleared_before()

    @writes
    def file(self, tx: Transaction, job: Job, shown: MessageRef, complaint: Complaint) -> None:
        """Keep what a member says of a message with a job's pictures.

        Raises `Refusal` where they have said so before, or moderators found nothing wrong with it.
        """
        tx.run(_NEW, message_id=shown.message_id, channel_id=shown.channel_id, job_id=job.id)
        before = tx.one(_ONE_LOCKED, of_message=shown.message_id)
        if not tx.run(
            _COMPLAIN,
            message_id=shown.message_id,
            user_id=complaint.user_id,
            grievance=complaint.grievance,
            words=complaint.words,
            at=complaint.at,
        ):
            raise reported_before()
        if before.cleared_by is not None:
            raise cleared_before()
        tx.run(_COUNT, of_message=shown.message_id)

    @writes
    def clear(self, tx: Transaction, message_id: int, action: Action) -> bool:
        """Record that a moderator finds nothing wrong with a message; False where that was done before."""
        if not tx.run(_CLEAR, of_message=message_id, by=action.actor_id):
            return False
        record_action(tx, action)
        return True

    @writes
    def has_changed(self, tx: Transaction, job_id: int) -> None:
        """Have moderators told once more of a job's messages that were reported, if there are any."""
        has_changed(tx, job_id)

    @reads
    def of(self, tx: Transaction, message_id: int, now: int) -> Reported | None:
        """Read what was reported of a message; None where that is nothing."""
        row = tx.maybe(_ONE, of_message=message_id)
        return None if row is None else _reported(tx, row, now)

    @reads
    def unshown(self, tx: Transaction, most: int, now: int) -> Sequence[Reported]:
        """Read some of what moderators are still to be told."""
        return [_reported(tx, row, now) for row in tx.many(_UNSHOWN, most=most)]

    @writes
    def record_logged(self, tx: Transaction, message_id: int, logged: MessageRef) -> None:
        """Record where moderators read of a message that was reported."""
        tx.run(
            _RECORD_LOGGED,
            of_message=message_id,
            log_channel_id=logged.channel_id,
            log_message_id=logged.message_id,
        )

    @writes
    def mark_shown(self, tx: Transaction, told: Reported) -> None:
        """Record that moderators are told of a message as it was read, or that there is nobody to tell."""
        tx.run(_MARK_SHOWN, of_message=told.shown.message_id, shown_version=told.version)


def has_changed(tx: Transaction, job_id: int) -> None:
    """Have moderators told once more of a job's messages that were reported, if there are any."""
    tx.run(_HAS_CHANGED, of_job=job_id)


def complaints_by(tx: Transaction, user_id: int) -> Sequence[tuple[int, Complaint]]:
    """Read what a person has reported, with each message's id, oldest first."""
    return [(row.message_id, _complaint(row)) for row in tx.many(_BY_PERSON, user_id=user_id)]


def forget_complaints_by(tx: Transaction, user_id: int) -> None:
    """Erase what a person has reported; moderators read no longer that it was them."""
    tx.run(_NAMED_NO_MORE, user_id=user_id)
    tx.run(_FORGET_PERSON, user_id=user_id)


def forget_complaints(tx: Transaction, job_ids: Sequence[int]) -> None:
    """Let go of what was reported of some jobs, of which no words or links are left."""
    for statement in _FORGET:
        tx.run(statement, job_ids=job_ids)


def _reported(tx: Transaction, row: Row, now: int) -> Reported:
    job = job_of(tx, row.job_id)
    logged = None if row.log_message_id is None else MessageRef(row.log_channel_id, row.log_message_id)
    acts = actions_about(tx, job.account.guild_id, job.id, _ACTS_MAX)
    return Reported(
        job=job,
        shown=MessageRef(row.channel_id, row.message_id),
        complaints=[
            _complaint(each) for each in tx.many(_COMPLAINTS, of_message=row.message_id, most=_COMPLAINTS_MAX)
        ],
        count=row.reports,
        acts=[each.action for each in reversed(acts) if not each.action.refused],
        owner_blocked=block_of(tx, job.account, now) is not None,
        cleared_by=row.cleared_by,
        logged=logged,
        version=row.version,
    )


def _complaint(row: Row) -> Complaint:
    return Complaint(row.user_id, Grievance(row.grievance), row.words, row.at)
