"""The steps of a task: what each does, where it leads, and from where."""

from collections.abc import Awaitable, Callable

from bot.domain.jobs import Task
from bot.domain.states import TaskState
from bot.store import Store
from tests.store.scenes import CENT, NO_CEILINGS, NOW

HELD = (TaskState.CLAIMED, TaskState.SUBMITTING, TaskState.RUNNING, TaskState.OVERDUE)
URL = "https://spark/1.png"

Step = Callable[[Store, Task], Awaitable[Task]]
STEPS: dict[str, tuple[Step, TaskState, set[TaskState]]] = {
    "begin_submit": (
        lambda store, task: store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW),
        TaskState.SUBMITTING,
        {TaskState.CLAIMED},
    ),
    "requeue": (
        lambda store, task: store.tasks.requeue(task, NOW + 1, NOW),
        TaskState.QUEUED,
        {TaskState.CLAIMED, TaskState.SUBMITTING},
    ),
    "postpone": (
        lambda store, task: store.tasks.postpone(task, NOW + 1, NOW),
        TaskState.QUEUED,
        {TaskState.CLAIMED},
    ),
    "start": (lambda store, task: store.tasks.start(task, "spark-9"), TaskState.RUNNING, {TaskState.SUBMITTING}),
    "mark_unknown": (
        lambda store, task: store.tasks.mark_unknown(task, NOW),
        TaskState.UNKNOWN,
        {TaskState.SUBMITTING},
    ),
    "mark_overdue": (lambda store, task: store.tasks.mark_overdue(task), TaskState.OVERDUE, {TaskState.RUNNING}),
    "succeed": (
        lambda store, task: store.tasks.succeed(task, "spark-9", CENT, URL, NOW),
        TaskState.SUCCEEDED,
        {TaskState.SUBMITTING, TaskState.RUNNING, TaskState.OVERDUE},
    ),
    "fail": (
        lambda store, task: store.tasks.fail(task, None, "No.", NOW),
        TaskState.FAILED,
        {TaskState.CLAIMED, TaskState.SUBMITTING, TaskState.RUNNING, TaskState.OVERDUE},
    ),
}
