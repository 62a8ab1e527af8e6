"""Deleting a result: who may, and what that means for the money."""

from enum import Enum, auto

from bot.domain.jobs import Job
from bot.domain.refusals import Refusal, Refuser
from bot.domain.states import JobState


class CopyFate(Enum):
    """What became of the copy of an input picture, posted for Spark, when the job's result was deleted."""

    NONE = auto()
    """There was none, or only a part of the job was deleted."""
    DELETED = auto()
    GONE = auto()
    """Somebody had deleted it before."""
    NEEDED = auto()
    """Another job is being made from it."""
    KEPT = auto()
    """Discord did not delete it."""


def require_may_remove(job: Job, user_id: int, *, moderates: bool) -> None:
    """Raise `Refusal` where somebody may not delete a job's pictures, or they are still being posted.

    `moderates` tells whether they may delete other people's messages there.
    """
    if job.account.user_id < 0 and not moderates:
        raise Refusal(
            Refuser.BOT,
            "to delete this: it knows no more whose it is",
            "The record of it was erased, on the word of whoever asked for it.",
            "A moderator may delete it: whoever may manage messages here.",
        )
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
