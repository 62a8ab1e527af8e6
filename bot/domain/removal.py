"""Deleting a result: who may, and what that means for the money."""

from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.refusals import Refusal, Refuser
from bot.domain.states import JobState


def require_may_remove(job: Job, user_id: int, *, moderates: bool) -> None:
    """Raise `Refusal` where somebody may not delete a job's pictures, or they are still being posted.

    `moderates` tells whether they may delete other people's messages there.
    """
    if job.account.user_id != user_id and not moderates:
        raise Refusal(
            Refuser.BOT,
            "to delete this: it is somebody else's",
            f"It belongs to <@{job.account.user_id}>, who asked for it.",
            "Ask them, or a moderator: whoever may manage messages here may delete it.",
        )
    if job.state is not JobState.DELIVERED and job.removed_at is None:
        raise Refusal(
            Refuser.BOT,
            "to delete this now: it is still being posted",
            "What is deleted too early would be taken for lost, and posted again.",
            "Try again in a moment.",
        )


def is_all(job: Job, message_id: int) -> bool:
    """Whether a message has all that a job has brought; a late picture may stand in one of its own."""
    return message_id == job.result_id or len([task for task in job.tasks if task.posted]) == 1


def removal_question(job: Job, message_id: int) -> str:
    """Ask whether a message with a job's pictures really is to be deleted."""
    return f"**Delete it for everybody?**\nIt cannot be brought back. {_cost_kept(job, message_id)}"


def removal_done(job: Job, message_id: int) -> str:
    """Say that a message with a job's pictures is deleted."""
    return f"**Deleted.**\n-# {_cost_kept(job, message_id)}"


def removed_head(job: Job) -> str:
    """Write the head of a job whose pictures were deleted; the words that asked for them go with them."""
    word = "its owner's" if job.removed_by == job.account.user_id else "a moderator's"
    return f"🗑️ Deleted on {word} word: <@{job.removed_by}>\n-# {_charged(job)}"


def _cost_kept(job: Job, message_id: int) -> str:
    return _charged(job) if is_all(job, message_id) else "What it cost is not given back."


def _charged(job: Job) -> str:
    if not job.cost_nano:
        return "Nothing was charged for it."
    return f"It has cost {usd_text(job.cost_nano)}, which is not given back."
