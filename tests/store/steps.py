"""The steps that the holder of a lease takes: what each does, where it leads, and from where."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.domain.jobs import Job, Task
from bot.domain.states import JOBS, TASKS, JobEvent, JobState, TaskEvent, TaskState, steps_of, the_step_of
from bot.store import Store
from tests.store.scenes import CENT, NO_CEILINGS, NOW

HELD = tuple(state for state, rules in TASKS.items() if rules.leased)
URL = "https://spark/1.png"

TaskStep: TypeAlias = Callable[[Store, Task], Awaitable[Task]]
JobStep: TypeAlias = Callable[[Store, Job], Awaitable[Job | None]]


def _leading(event: TaskEvent, step: TaskStep) -> tuple[TaskStep, TaskState, set[TaskState]]:
    following = steps_of(TASKS, event)
    [to] = set(following.values())
    return step, to, set(following)


STEPS: Mapping[TaskEvent, tuple[TaskStep, TaskState, set[TaskState]]] = {
    event: _leading(event, step)
    for event, step in {
        TaskEvent.BEGIN_SUBMIT: lambda store, task: store.tasks.begin_submit(task, 0, NO_CEILINGS, NOW),
        TaskEvent.REQUEUE: lambda store, task: store.tasks.requeue(task, NOW + 1, NOW),
        TaskEvent.POSTPONE: lambda store, task: store.tasks.postpone(task, NOW + 1, NOW),
        TaskEvent.START: lambda store, task: store.tasks.start(task, "spark-9"),
        TaskEvent.MARK_UNKNOWN: lambda store, task: store.tasks.mark_unknown(task, NOW),
        TaskEvent.MARK_OVERDUE: lambda store, task: store.tasks.mark_overdue(task),
        TaskEvent.SUCCEED: lambda store, task: store.tasks.succeed(task, "spark-9", CENT, URL, NOW),
        TaskEvent.FAIL: lambda store, task: store.tasks.fail(task, None, "No.", NOW),
    }.items()
}
"""Each step of a task, with the state that it leads to and those that it starts from."""

JOB_STEPS: Mapping[JobEvent, tuple[JobStep, JobState]] = {
    event: (step, the_step_of(JOBS, event)[1])
    for event, step in {
        JobEvent.RECORD_PLACE: lambda store, job: store.deliveries.record_place(job, 501),
        JobEvent.END: lambda store, job: store.deliveries.end(
            job, 501, 600, [t.position for t in job.succeeded], NOW
        ),
        JobEvent.GIVE_UP: lambda store, job: store.deliveries.give_up(job, NOW),
    }.items()
}
"""Each step of a job that is being delivered, with the state that it leads to."""
