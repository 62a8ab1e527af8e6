"""Deleting a result: what becomes of the copy of its input picture, and whether that is all of its job."""

from enum import Enum, auto

from bot.domain.jobs import Job


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


def is_all(job: Job, message_id: int) -> bool:
    """Whether a message has all that a job has brought; a late picture may stand in one of its own."""
    return message_id == job.result_id or len([task for task in job.tasks if task.posted]) == 1
