"""Details of a job: how to ask for it again, what it was made from, what it took and when."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import spark
from bot.domain.jobs import Job, Task, picture_name
from bot.domain.money import usd_text
from bot.domain.pictures.sources import Source
from bot.domain.states import JobState, TaskState
from bot.wording.lineage import with_origins
from bot.wording.text import code_block, jump_url, plain, seconds_text

_TITLE_MAX = 80
_SIZED_BY_PICTURE = frozenset({spark.Edit.name, spark.StyleTemplate.name})
"""The models that take no size; the input image's stands for it."""

Reads = Callable[[Job], bool]
"""Whether the asking person may see where a job's picture stands, and so the words that asked for it."""


def details_text(line: Sequence[Job], asked: Sequence[Mapping[str, object]], may_read: Reads) -> str:
    """Write the details of a line's first job; the others are those that its picture goes back to.

    `asked` has the options of each command that the job comes to. Gives 2,000 characters at most.
    """
    job = line[0]
    first, *more = asked
    head = [
        f"**Details** · asked for by <@{job.account.user_id}> {_moment(job.accepted_at)}",
        code_block(command_line(job.kind, first)),
        *(f"-# and the same with seed {each['seed']}, {each.get('count', 1)} in all" for each in more),
    ]
    if job.source is not None:
        head.append("-# To repeat it, attach the same picture as `image`.")
    took = ["**What it took**", *(_took(task, len(job.tasks)) for task in job.tasks)]
    return with_origins(head, _origins(line, may_read), took)


def _origins(line: Sequence[Job], may_read: Reads) -> Iterator[str]:
    """Tell what a picture was made from, step by step back."""
    for number, job in enumerate(line):
        if job.parent is None:
            if job.source is not None:
                yield _foreign(job, job.source)
            return
        before = line[number + 1] if number + 1 < len(line) else None
        if before is None:
            yield "a picture of which nothing is kept"
            return
        yield _earlier(before, job.parent.position, may_read)


def _earlier(job: Job, position: int, may_read: Reads) -> str:
    if job.erased_at is not None:
        return "a picture whose words are no longer kept"
    if not may_read(job):
        return "a picture in a place that you do not see"
    which = f" ({picture_name(position)} of {len(job.tasks)})" if len(job.tasks) > 1 else ""
    said = f"**{plain(job.title, _TITLE_MAX)}**{which}, asked for by <@{job.account.user_id}>"
    return f"{said} · {_standing(job)}"


def _standing(job: Job) -> str:
    if job.removed_at is not None:
        return f"deleted {_moment(job.removed_at)}"
    if job.state is not JobState.DELIVERED or job.result_channel_id is None or job.result_id is None:
        return "not posted"
    return f"[see it]({jump_url(job.result_guild_id, job.result_channel_id, job.result_id)})"


def _foreign(job: Job, source: Source) -> str:
    name = f"**{plain(source.filename, _TITLE_MAX)}**"
    if source.channel_id is None or source.message_id is None:
        return f"{name}, attached to the command"
    return f"{name} · [see it]({jump_url(job.account.guild_id, source.channel_id, source.message_id)})"


def _took(task: Task, parts: int) -> str:
    """Tell what one picture cost and how long it took, with the times of every step."""
    told = [f"{task.position} of {parts}"] if parts > 1 else []
    told += [task.model, _size(task)]
    if task.seed is not None and parts > 1:
        told.append(f"seed {task.seed}")
    told.append(_cost(task))
    if task.submitted_at is not None:
        told.append(f"sent {_moment(task.submitted_at)}")
    if task.ended_at is not None:
        told.append(f"finished {_moment(task.ended_at)}")
    if task.submitted_at is not None and task.ended_at is not None:
        told.append(f"took {seconds_text((task.ended_at - task.submitted_at) / 1000)}")
    if task.spark_id is not None:
        told.append(f"Spark's task `{task.spark_id.replace('`', '')}`")
    return f"- {' · '.join(told)}"


def _size(task: Task) -> str:
    """Write a picture's real size; where it is not the one that was ordered, both."""
    ordered = f"{task.width}×{task.height}"
    if task.made is None:
        return ordered
    width, height = task.made
    before = "made from" if task.model in _SIZED_BY_PICTURE else "asked for"
    return f"{width}×{height} ({before} {ordered})"


def _cost(task: Task) -> str:
    expected = f"{usd_text(task.estimate_nano)} expected"
    if task.cost_nano is not None:
        return f"{usd_text(task.cost_nano)} charged, {expected}"
    if task.state in {TaskState.FAILED, TaskState.CANCELLED}:
        return f"nothing charged, {expected}"
    return f"not decided yet, {expected}"


def _moment(ms: int) -> str:
    return f"<t:{ms // 1000}:f>"


def command_line(kind: str, options: Mapping[str, object]) -> str:
    """Write a slash command as it is typed or pasted."""
    return " ".join([f"/{kind}", *(f"{name}:{_typed(name, value)}" for name, value in options.items())])


def _typed(name: str, value: object) -> str:
    """Write a value as Discord's client takes it: a choice by its name there."""
    if name == "style":
        return spark.STYLES[str(value)].label
    if isinstance(value, float) and float(f"{value:g}") == value:
        return f"{value:g}"
    return str(value)
