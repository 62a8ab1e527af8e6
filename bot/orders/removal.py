"""Whether somebody may have a result deleted."""

from bot.domain.jobs import Job
from bot.domain.states import JobState
from bot.wording.removal import not_yours_to_delete, owner_unknown, still_being_posted


def require_may_remove(job: Job, user_id: int, *, moderates: bool) -> None:
    """Raise `Refusal` where somebody may not delete a job's pictures, or they are still being posted.

    `moderates` tells whether they may delete other people's messages there.
    """
    owner_id = job.account.user_id
    if owner_id < 0 and not moderates:
        raise owner_unknown()
    if owner_id != user_id and not moderates:
        raise not_yours_to_delete(owner_id)
    if job.state is not JobState.DELIVERED and job.removed_at is None:
        raise still_being_posted()
