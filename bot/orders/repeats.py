"""A job once more: what came to nothing as it was, all of it with new seeds, or one picture in HD."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Final

import spark
from bot.domain.failures import may_pass
from bot.domain.jobs import Job, Order, Task, TaskOrder, seed_in
from bot.domain.sizes import IMAGINE_SIZES, PORTRAIT_SIZES, Pixels, Quality
from bot.domain.states import TaskState
from bot.orders.options import draw_seed
from bot.wording.jobs import no_hd, nothing_missing, picture_gone, somebody_elses, unknown_job, would_fail_again
from bot.wording.privacy import words_gone

_MAKES_HD: Final = {spark.TextToImage.name: IMAGINE_SIZES, spark.Portrait.name: PORTRAIT_SIZES}
_CAME_TO_NOTHING: Final = frozenset({TaskState.FAILED, TaskState.UNKNOWN})
_WORTH_IT: Final = 1.5
"""Times as many pixels, at least, for a picture to be worth making in HD."""
_ID_MAX = 2**63 - 1
"""What a database takes as an id, as all of Discord's are."""


def again_order(job: Job, rng: random.Random, click_key: str) -> Order:
    """Order all of a job once more; where the model has a seed, with new ones, so that something else comes."""
    first = draw_seed(rng, len(job.tasks))
    reseeded = [
        _once_more(job, task, _with_seed(task.params, first + offset)) for offset, task in enumerate(job.tasks)
    ]
    return _order(job, reseeded, click_key)


def hd_order(job: Job, position: int, click_key: str) -> Order:
    """Order one of a job's pictures once more in HD, with the same seed; raises `Refusal` where it has none."""
    task = job.task_of(position)
    size = None if task is None else hd_size(job, task)
    if task is None or size is None:
        raise no_hd()
    width, height = size
    request = spark.parse(task.model, task.params)
    larger = _once_more(job, task, request.replaced(width=width, height=height).settings())
    return _order(job, [replace(larger, width=width, height=height)], click_key)


def hd_size(job: Job, task: Task) -> Pixels | None:
    """Tell how large a picture would be in HD; None where it is that already, or cannot be made so."""
    sizes = _MAKES_HD.get(task.model)
    if sizes is None or _picture_is_gone(job, task) or job.erased_at is not None:
        return None
    size = sizes.of_shape(Fraction(task.width, task.height), Quality.HD)
    if size is None or size[0] * size[1] < _WORTH_IT * task.width * task.height:
        return None
    return size


def try_again_order(job: Job, click_key: str) -> Order:
    """Order what came to nothing in a job and may go well now: the same words and seeds.

    Raises `Refusal` where nothing is missing, or all that is would only be refused again.
    """
    missing = [task for task in job.tasks if task.state in _CAME_TO_NOTHING or _was_taken_back(job, task)]
    if not missing:
        raise nothing_missing(job.kind)
    again = [task for task in missing if _may_go_well(job, task)]
    if not again:
        raise would_fail_again(missing[0].error_text)
    return _order(job, [_once_more(job, task, task.params) for task in again], click_key)


def worth_trying_again(job: Job) -> tuple[Task, ...]:
    """Give what came to nothing in a job and may go well with the same words, seeds and picture."""
    return tuple(task for task in job.tasks if _may_go_well(job, task) and not _picture_is_gone(job, task))


def require_may_repeat(job: Job, user_id: int) -> None:
    """Raise `Refusal` where somebody else asked for a job with a picture that nobody but them has seen."""
    if job.source is not None and job.source.message_id is None:
        require_owner(job, user_id)


def require_owner(job: Job, user_id: int) -> None:
    """Raise `Refusal` where somebody else asked for a job."""
    if job.account.user_id != user_id:
        raise somebody_elses(job.kind, succeeded=bool(job.succeeded))


def require_id(job_id: int) -> int:
    """Give a job's id as a button names it; raises `Refusal` for a number that no job can have."""
    if job_id > _ID_MAX:
        raise unknown_job()
    return job_id


def _may_go_well(job: Job, task: Task) -> bool:
    if task.state is TaskState.FAILED:
        return may_pass(task.error_code, task.model)
    return task.state is TaskState.UNKNOWN or _was_taken_back(job, task)


def _was_taken_back(job: Job, task: Task) -> bool:
    """Whether a restore took a task back, and not a person."""
    return task.state is TaskState.CANCELLED and job.set_aside_at is not None


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
