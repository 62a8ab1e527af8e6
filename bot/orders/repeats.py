"""A job once more: what came to nothing as it was, or all of it with new seeds; for its owner alone."""

import random
from collections.abc import Iterable, Mapping

from bot.domain.failures import may_pass
from bot.domain.jobs import Job, Order, Task, TaskOrder, seed_in
from bot.domain.states import TaskState
from bot.orders.options import draw_seed
from bot.wording.jobs import nothing_missing, picture_gone, somebody_elses, unknown_job, would_fail_again
from bot.wording.privacy import words_gone

_ID_MAX = 2**63 - 1
"""What a database takes as an id, as all of Discord's are."""


def again_order(job: Job, rng: random.Random, click_key: str) -> Order:
    """Order all of a job once more; where the model has a seed, with new ones, so that something else comes."""
    first = draw_seed(rng, len(job.tasks))
    reseeded = [
        _once_more(job, task, _with_seed(task.params, first + offset)) for offset, task in enumerate(job.tasks)
    ]
    return _order(job, reseeded, click_key)


def try_again_order(job: Job, click_key: str) -> Order:
    """Order what came to nothing in a job and may go well now: the same words and seeds.

    Raises `Refusal` where nothing is missing, or all that is would only be refused again.
    """
    missing = [task for task in job.tasks if task.state in {TaskState.FAILED, TaskState.UNKNOWN}]
    if not missing:
        raise nothing_missing(job.kind)
    if not any(map(_may_go_well, missing)):
        raise would_fail_again(missing[0].error_text)
    return _order(job, [_once_more(job, task, task.params) for task in missing if _may_go_well(task)], click_key)


def worth_trying_again(job: Job) -> tuple[Task, ...]:
    """Give what came to nothing in a job and may go well with the same words, seeds and picture."""
    return tuple(task for task in job.tasks if _may_go_well(task) and not _picture_is_gone(job, task))


def require_owner(job: Job, user_id: int) -> None:
    """Raise `Refusal` where somebody else asked for a job."""
    if job.account.user_id != user_id:
        raise somebody_elses(job.kind, succeeded=bool(job.succeeded))


def require_id(job_id: int) -> int:
    """Give a job's id as a button names it; raises `Refusal` for a number that no job can have."""
    if job_id > _ID_MAX:
        raise unknown_job()
    return job_id


def _may_go_well(task: Task) -> bool:
    failed = task.state is TaskState.FAILED
    return task.state is TaskState.UNKNOWN or (failed and may_pass(task.error_code, task.model))


def _picture_is_gone(job: Job, task: Task) -> bool:
    return job.source is not None and task.image_sha256 is None


def _once_more(job: Job, task: Task, params: Mapping[str, object]) -> TaskOrder:
    if _picture_is_gone(job, task):
        raise picture_gone()
    return TaskOrder(task.model, params, task.width, task.height, task.image_sha256)


def _order(job: Job, tasks: Iterable[TaskOrder], click_key: str) -> Order:
    return Order(
        job.kind,
        job.title,
        tuple(tasks),
        job.spoiler,
        click_key=click_key,
        source=job.source,
        parent=job.parent,
        repeats_id=job.id,
    )


def _with_seed(params: Mapping[str, object], seed: int) -> Mapping[str, object]:
    if seed_in(params) is None:
        return params
    # one model takes it as text
    return {**params, "seed": str(seed) if isinstance(params["seed"], str) else seed}


def require_words(job: Job) -> None:
    """Raise `Refusal` where a job's words are no longer kept."""
    if job.erased_at is not None:
        raise words_gone(job)
