"""Whether somebody may have a result deleted."""

from bot.domain.jobs import Job
from bot.domain.states import JobState
from bot.wording.removal import not_yours_to_delete, owner_unknown, still_being_posted


def may_remove(job: Job, user_id: int, *, moderates: bool) -> bool:
    """Whether somebody may delete a job's pictures, once they are posted."""
    return moderates or job.account.user_id == user_id


def require_may_remove(job: Job, user_id: int, *, moderates: bool) -> None:
    """Raise `Refusal` where somebody may not delete a job's pictures, or they are still being posted.

    `moderates` tells whether they may delete other people's messages there.
    """
    if not may_remove(job, user_id, moderates=moderates):
        owner_id = job.account.user_id
        raise owner_unknown() if owner_id < 0 else not_yours_to_delete(owner_id)
    if job.state is not JobState.DELIVERED and job.removed_at is None:
        raise still_being_posted()
