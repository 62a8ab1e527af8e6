"""The states of a task and of a job, and which may follow which."""

from collections.abc import Mapping
from enum import StrEnum


class TaskState(StrEnum):
    """Where one paid piece of Spark's work stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SUBMITTING = "submitting"
    RUNNING = "running"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobState(StrEnum):
    """Where one request of a person stands."""

    OPEN = "open"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    CANCELLED = "cancelled"


TASK_TRANSITIONS: Mapping[TaskState, frozenset[TaskState]] = {
    TaskState.QUEUED: frozenset({TaskState.CLAIMED, TaskState.CANCELLED}),
    # failed at once where its picture cannot be had any more: nothing was sent
    TaskState.CLAIMED: frozenset({TaskState.SUBMITTING, TaskState.QUEUED, TaskState.FAILED}),
    # back to the queue only on proof that Spark did not accept it
    TaskState.SUBMITTING: frozenset(
        {TaskState.RUNNING, TaskState.SUCCEEDED, TaskState.FAILED, TaskState.QUEUED, TaskState.UNKNOWN}
    ),
    TaskState.UNKNOWN: frozenset({TaskState.RUNNING}),
    TaskState.RUNNING: frozenset({TaskState.SUCCEEDED, TaskState.FAILED, TaskState.OVERDUE}),
    TaskState.OVERDUE: frozenset({TaskState.SUCCEEDED, TaskState.FAILED}),
    TaskState.SUCCEEDED: frozenset(),
    TaskState.FAILED: frozenset(),
    TaskState.CANCELLED: frozenset(),
}
"""What may follow a task's state; the store refuses every other step."""

AT_SPARK = frozenset({TaskState.CLAIMED, TaskState.SUBMITTING, TaskState.RUNNING})
"""These fill a place under the limits of what runs at once."""

UNDECIDED = frozenset({TaskState.QUEUED, TaskState.CLAIMED, TaskState.SUBMITTING, TaskState.RUNNING})
"""A job waits for these; `unknown` and `overdue` count as ended when it is delivered."""
