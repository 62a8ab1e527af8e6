"""What a job's posts say: its result or its notice, its late pictures, and a late end without any."""

from collections.abc import Callable, Container, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from bot.domain.jobs import PICTURES_MAX, Job, Task, picture_name
from bot.domain.money import usd_text
from bot.domain.pictures.lifetimes import RESULT_LIFE
from bot.domain.pictures.results import Shown
from bot.domain.states import TaskState
from bot.wording.kinds import kind_words, own_words, source_line
from bot.wording.text import MESSAGE_MAX, listed, plain, seconds_text

_QUOTE_MAX = 400
"""Four reasons and the rest must fit beside it into a message."""
_NOT_MADE = "-# What was not made was not charged."
_LINK_LIFE_MIN = 60
"""Seconds for which a link must still work, to be shown at all."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How one post looks where it stands."""

    shown: Mapping[int, Shown] = field(repr=False)
    """The pictures that it carries, by position."""
    quote: bool
    """Whether it repeats the job's words, where no thread is named after them."""
    because: str | None
    """Why it stands where nobody expects it; completes "Posted here because …"."""
    with_words: bool
    """Whether the words may be said; False where AutoMod blocks them."""
    now: float
    """Unix seconds."""
    with_links: bool = True
    """Whether there is room for addresses of pictures at Spark."""
    following: Set[int] = frozenset()
    """The positions of pictures for which there is no room, so that they come in messages of their own."""


def result_post(job: Job, frame: Frame, hold_seconds: float) -> str:
    """Write a job's one post: its result, or the notice that there is none."""
    return _within_bounds(lambda fitting: _result(job, fitting, hold_seconds), frame)


def late_post(job: Job, task: Task, frame: Frame) -> str:
    """Write the post of a task's pictures after its job's: they came late, or had no room there."""
    said = _came_late(len(frame.shown)) if _had_room(job, task) else "here is more of it."

    def write(fitting: Frame) -> str:
        return _written(job, said, fitting, _small_print(job, [task], fitting))

    return _within_bounds(write, frame)


def end_post(job: Job, tasks: Sequence[Task], frame: Frame) -> str:
    """Write the post about what came to nothing after its job's post had left that open."""
    return _within_bounds(lambda fitting: _end(job, tasks, fitting), frame)


def _small_line(tasks: Sequence[Task], shown: Mapping[int, Shown]) -> str:
    """Write the one small line under pictures: the size that they really have, how long they took, their cost."""
    full = [shown[position].full for task in tasks for position in _shown_of(task, shown)]
    sizes = dict.fromkeys(f"{picture.width}×{picture.height}" for picture in full)
    took = max(((t.ended_at - t.submitted_at) / 1000 for t in tasks if t.ended_at and t.submitted_at), default=0.0)
    cost = usd_text(sum(task.cost_nano or 0 for task in tasks))
    return f"-# {' '.join(sizes)} · {seconds_text(took)} · {cost}"


def _within_bounds(write: Callable[[Frame], str], frame: Frame) -> str:
    text = write(frame)
    if len(text) > MESSAGE_MAX:  # an address may be long
        text = write(replace(frame, with_links=False))
    return text[:MESSAGE_MAX]


def _result(job: Job, frame: Frame, hold_seconds: float) -> str:
    shown = [task for task in job.tasks if _shown_of(task, frame.shown)]
    missing = [task for task in job.tasks if task not in shown and not _shown_of(task, frame.following)]
    if shown:
        result, count = kind_words(job).result, len(frame.shown)
        said = f"here is your {result}." if count == 1 else f"here are your {count} {result}s."
    else:
        said = _nothing(job)
    charged = ""
    if not job.cost_nano:
        undecided = any(task.state in {TaskState.UNKNOWN, TaskState.OVERDUE} for task in missing)
        charged = f"-# Nothing was charged{' so far' if undecided else ''}."
    elif any(task.state is TaskState.FAILED and task.cost_nano is None for task in missing):
        charged = "-# What else was not made was not charged." if _paid_for(missing) else _NOT_MADE
    repeats = ""
    if job.repeats_id and shown:
        what = "A new picture" if len(frame.shown) == 1 else "New pictures"
        repeats = f"-# {what}, paid for separately."
    lines = [*_missing_parts(job, missing, hold_seconds), *_small_print(job, shown, frame)]
    follow = "follows" if len(frame.following) == 1 else "follow"
    more = f"-# {len(frame.following)} more {follow}: a message takes {PICTURES_MAX}." if frame.following else ""
    return _written(job, said, frame, [*lines, more, charged, repeats])


def _end(job: Job, tasks: Sequence[Task], frame: Frame) -> str:
    what = "nothing came of it after all." if len(tasks) == len(job.tasks) else "the rest never came."
    unknown = [task for task in tasks if task.state is TaskState.UNKNOWN]
    reasons = dict.fromkeys(_why_failed(task) for task in tasks if task not in unknown)
    lines = list(reasons)
    if unknown:
        freed = usd_text(sum(task.estimate_nano for task in unknown))
        lines.append(f"Spark never gave a clear answer. The {freed} set aside for it are yours again.")
    charged = "" if _paid_for(tasks) else _NOT_MADE if job.cost_nano else "-# Nothing was charged."
    return _written(job, what, frame, [*lines, charged])


def _written(job: Job, said: str, frame: Frame, lines: Sequence[str]) -> str:
    own = own_words(job) if frame.quote and frame.with_words else ""
    quote = f"> {plain(own, _QUOTE_MAX)}" if own else ""
    blocked = "" if frame.with_words else "-# Your words are left out: this server's AutoMod blocks them."
    because = f"-# Posted here because {frame.because}." if frame.because else ""
    written = [f"<@{job.account.user_id}> {said}", quote, *lines, because, blocked]
    return "\n".join(filter(None, written))


def _small_print(job: Job, shown: Sequence[Task], frame: Frame) -> list[str]:
    if not shown:
        return []
    smaller = [
        _smaller_line(task, position, job, frame)
        for task in shown
        for position in _shown_of(task, frame.shown)
        if frame.shown[position].smaller
    ]
    several = "-# To change one of them, press a button below, or reply and name it: “the second, at night”."
    return [
        *(_not_shown(task, frame.shown) for task in shown),
        _small_line(shown, frame.shown),
        source_line(job, with_words=frame.with_words),
        *smaller,
        several if len(frame.shown) > 1 else "",
    ]


def _shown_of(task: Task, shown: Container[int]) -> list[int]:
    """Give the positions of a task's pictures that are among some."""
    return [position for position in task.positions if position in shown]


def _not_shown(task: Task, shown: Container[int]) -> str:
    """Say that a task has brought more pictures than are shown of it; empty where all are."""
    made, count = 1 + len(task.more_urls), len(_shown_of(task, shown))
    if made == count:
        return ""
    why = f"Discord takes {count} in a message" if count == PICTURES_MAX else "Spark no longer gives out the rest"
    return f"Spark made {made} pictures of it, of which {count} {'is' if count == 1 else 'are'} here: {why}."


def _had_room(job: Job, task: Task) -> bool:
    """Whether a task's pictures would have stood in their job's one message, had they been there in time."""
    room = PICTURES_MAX
    for each in job.succeeded:
        if (needed := len(each.positions)) <= room:
            room -= needed
            if each.position == task.position:
                return True
    return False


def _came_late(count: int) -> str:
    return "this picture came late, but it came." if count == 1 else "these pictures came late, but they came."


def _smaller_line(task: Task, position: int, job: Job, frame: Frame) -> str:
    """Say that Discord shows less than was made, and where the whole of it is while Spark gives it out."""
    shown, address = frame.shown[position], task.addresses.get(position)
    full = shown.full
    size = "" if (shown.width, shown.height) == (full.width, full.height) else f"{shown.width}×{shown.height}, "
    alone = len(job.tasks) == 1 and not task.more_urls
    which = "Shown" if alone else f"Picture {picture_name(position)} is shown"
    whole = f"the full picture of {full.width}×{full.height} has {_size_text(full.data)}"
    until = int((task.ended_at or 0) / 1000 + RESULT_LIFE)
    where = ", which is more than Discord takes"
    if frame.with_links and address is not None and frame.now < until - _LINK_LIFE_MIN:
        # the brackets keep Discord from showing it a second time, large
        where = f": [open it](<{address}>), until <t:{until}:f>"
    return f"-# {which} smaller ({size}JPEG, {_size_text(shown.data)}); {whole}{where}."


def _size_text(data: bytes) -> str:
    return f"{len(data) / 1e6:.1f} MB" if len(data) >= 100_000 else f"{len(data) / 1e3:.0f} kB"


def _nothing(job: Job) -> str:
    if job.set_aside_at is not None:
        return "I had to go back to an older copy of my records, and lost track of this."
    states = {task.state for task in job.tasks}
    if TaskState.SUCCEEDED in states:
        return "your picture was made, but Spark no longer gives it out."
    one = len(job.tasks) == 1
    if TaskState.OVERDUE in states:
        return "your picture is late." if one else "your pictures are late."
    if TaskState.UNKNOWN in states:
        return f"nobody knows yet whether your {'picture was' if one else 'pictures were'} made."
    return "there is no picture this time."


def _missing_parts(job: Job, missing: Sequence[Task], hold_seconds: float) -> list[str]:
    """Name the pictures that are not there, those with the same reason together."""
    by_reason: dict[str, list[str]] = {}
    for task in missing:
        by_reason.setdefault(_why_missing(job, task, hold_seconds), []).append(str(task.position))
    parts = len(job.tasks)
    if parts == 1 or list(map(len, by_reason.values())) == [parts]:
        return list(by_reason)
    return [
        f"Picture{'' if len(numbers) == 1 else 's'} {listed(numbers)} of {parts}: {reason}"
        for reason, numbers in by_reason.items()
    ]


def _why_missing(job: Job, task: Task, hold_seconds: float) -> str:
    until = int((task.ended_at or task.submitted_at or task.asked_at) / 1000 + hold_seconds)
    if job.set_aside_at is not None and task.state is not TaskState.FAILED:
        return _why_set_aside(task, until)
    match task.state:
        case TaskState.UNKNOWN:
            return (
                f"Spark gave no clear answer. {usd_text(task.estimate_nano)} stays set aside for it until "
                f"<t:{until}:f>. Trying again orders another one; you may then pay for both."
            )
        case TaskState.OVERDUE:
            return (
                "Spark is not done with it yet. If it still comes, it comes here and is charged then. "
                f"{usd_text(task.estimate_nano)} stays set aside for it until <t:{until}:f> at the most."
            )
        case TaskState.SUCCEEDED:
            return (
                f"Spark charged {usd_text(task.cost_nano or 0)} for it, and no longer gives it out. "
                "Tell whoever runs this bot."
            )
        case _:
            return _why_failed(task)


def _why_set_aside(task: Task, until: int) -> str:
    """Say what is known of a task that a restore has set aside."""
    match task.state:
        case TaskState.SUCCEEDED:
            return (
                f"It was made for {usd_text(task.cost_nano or 0)}, and may have been posted since. "
                "/history shows it while Spark gives it out."
            )
        case TaskState.CANCELLED:
            return "It still waited for its turn in that copy, and is taken back."
        case _:
            return (
                f"It may have been made since. {usd_text(task.estimate_nano)} stays set aside for it until "
                f"<t:{until}:f>. Trying again orders another one; you may then pay for both."
            )


def _why_failed(task: Task) -> str:
    why = task.error_text or "It was not made."
    if not task.cost_nano:
        return why
    return f"{why} Spark charged {usd_text(task.cost_nano)} for it all the same; tell whoever runs this bot."


def _paid_for(failed: Sequence[Task]) -> bool:
    """Whether one of these was charged for although it failed."""
    return any(task.state is TaskState.FAILED and task.cost_nano for task in failed)
