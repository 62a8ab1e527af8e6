"""What a job's messages say: its head, its result or notice, its late pictures."""

from collections.abc import Sequence

from bot.domain.jobs import Job, Task
from bot.domain.money import usd_text
from bot.domain.states import JobState, TaskState
from bot.domain.words import listed, plain, seconds_text
from bot.jobs.ports import Parcel, Progress

_TITLE_MAX = 200
_QUOTE_MAX = 400
"""Four reasons and the rest must fit beside it into the 2,000 characters of a message."""


def head_in_progress(job: Job, progress: Progress) -> str:
    """Write the head while there is no result; Discord counts the time down by itself."""
    ready = f"expected <t:{progress.ready_at}:R>"
    if progress.painting:
        return f"🎨 Painting {_title(job)}\n-# {_pictures(len(job.tasks))} · {ready}"
    ahead = f"{_pictures(progress.ahead)} before it" if progress.ahead else "next in turn"
    return f"⏳ Waiting to paint {_title(job)}\n-# {ahead} · {ready}"


def head_held(job: Job, until: int) -> str:
    """Write the head of a job whose message Discord refuses for now."""
    made = f"{_pictures(len(job.succeeded))} · {usd_text(job.cost_nano)} · " if job.succeeded else ""
    return (
        f"📦 {_title(job)} waits: Discord does not let the bot post it.\n-# {made}"
        f"tried again until <t:{until}:R> · ask a moderator to check the bot's permissions in this channel"
    )


def head_finished(job: Job) -> str:
    """Write the head of a job that has ended: what came of it, what it cost, and where it is."""
    link = f" · [see it]({_jump_url(job)})" if job.result_id is not None else ""
    if job.state is JobState.CANCELLED:
        return f"✖️ Cancelled {_title(job)}\n-# Nothing was charged."
    if job.state is JobState.UNDELIVERABLE:
        made = (
            f"{_pictures(len(job.succeeded))} · {usd_text(job.cost_nano)}"
            if job.succeeded
            else "Nothing was charged"
        )
        return (
            f"📦 {_title(job)} could not be posted: Discord never let the bot write here.\n-# {made} · "
            "tell whoever runs this bot"
        )
    if job.succeeded:
        return f"🖼️ {_title(job)}\n-# {_pictures(len(job.succeeded))} · {usd_text(job.cost_nano)}{link}"
    if any(task.state is TaskState.OVERDUE for task in job.tasks):
        return f"⌛ Still not there: {_title(job)}\n-# Spark takes unusually long{link}"
    if any(task.state is TaskState.UNKNOWN for task in job.tasks):
        return f"❓ Outcome unknown: {_title(job)}\n-# Spark gave no clear answer{link}"
    return f"⚠️ No picture of {_title(job)}\n-# Nothing was charged{link}"


def result_message(parcel: Parcel, *, quote: bool, hold_seconds: float) -> str:
    """Write a job's one message; `quote` repeats its words where no thread is named after them."""
    job = parcel.job
    owner = f"<@{job.account.user_id}>"
    missing = [task for task in job.tasks if task.position not in parcel.pictures]
    lines = []
    if parcel.pictures:
        count = len(parcel.pictures)
        ready = "here is your picture." if count == 1 else f"here are your {count} pictures."
        lines.append(f"{owner} {ready}")
    else:
        lines.append(f"{owner} {_nothing(job)}")
    if job.repeats_id is not None:
        lines.append("This is a new job, asked for once more after an earlier one, and paid for by itself.")
    if quote:
        lines.append(f"> {plain(job.title, _QUOTE_MAX)}")
    lines += _missing_parts(missing, len(job.tasks), hold_seconds)
    shown = [task for task in job.tasks if task.position in parcel.pictures]
    if shown:
        lines.append(small_line(shown))
    if not job.cost_nano:
        undecided = any(task.state in {TaskState.UNKNOWN, TaskState.OVERDUE} for task in missing)
        lines.append(f"-# Nothing was charged{' so far' if undecided else ''}.")
    elif any(task.state is TaskState.FAILED for task in missing):
        lines.append("-# What was not made was not charged.")
    return "\n".join(lines)


def late_message(job: Job, task: Task) -> str:
    """Write the message of a picture that came after its job's."""
    return (
        f"<@{job.account.user_id}> this picture came late, but it came.\n"
        f"> {plain(job.title, _QUOTE_MAX)}\n{small_line([task])}"
    )


def small_line(tasks: Sequence[Task]) -> str:
    """Write the one small line under pictures: model, size, seed, time, cost."""
    first = tasks[0]
    seeds = " ".join(str(task.seed) for task in tasks if task.seed is not None)
    took = max(((t.ended_at - t.submitted_at) / 1000 for t in tasks if t.ended_at and t.submitted_at), default=0.0)
    costs = [task.cost_nano or 0 for task in tasks]
    cost = usd_text(sum(costs))
    if len(costs) > 1:
        cost += f" ({' + '.join(usd_text(c) for c in costs)})"
    seed = f" · seed {seeds}" if seeds else ""
    took_text = seconds_text(took)
    return f"-# {first.model} · {first.width}×{first.height}{seed} · {took_text} · {cost}"


def _title(job: Job) -> str:
    return f"**{plain(job.title, _TITLE_MAX)}**"


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


def _nothing(job: Job) -> str:
    states = {task.state for task in job.tasks}
    if TaskState.SUCCEEDED in states:
        return "your picture was made, but Spark no longer gives it out."
    if TaskState.OVERDUE in states:
        return "your picture is late." if len(job.tasks) == 1 else "your pictures are late."
    if TaskState.UNKNOWN in states:
        return f"the outcome of your {'picture' if len(job.tasks) == 1 else 'pictures'} is unknown."
    return "there is no picture this time."


def _missing_parts(missing: Sequence[Task], parts: int, hold_seconds: float) -> list[str]:
    """Name the pictures that are not there, those with the same reason together."""
    by_reason: dict[str, list[str]] = {}
    for task in missing:
        by_reason.setdefault(_why_missing(task, hold_seconds), []).append(str(task.position))
    if parts == 1 or list(map(len, by_reason.values())) == [parts]:
        return list(by_reason)
    return [
        f"Picture{'' if len(numbers) == 1 else 's'} {listed(numbers)} of {parts}: {reason}"
        for reason, numbers in by_reason.items()
    ]


def _why_missing(task: Task, hold_seconds: float) -> str:
    until = int((task.ended_at or task.submitted_at or task.asked_at) / 1000 + hold_seconds)
    match task.state:
        case TaskState.UNKNOWN:
            return (
                "Spark gave no clear answer, so nobody can tell whether it is being made. "
                "It is not sent again by itself, lest it be paid twice; "
                f"{usd_text(task.estimate_nano)} stays reserved until <t:{until}:R>. "
                "Trying again orders it anew, and may mean that both are paid for."
            )
        case TaskState.OVERDUE:
            return (
                "Spark has not finished it yet. If it still comes, it is posted here and charged then; "
                f"until then, at the longest until <t:{until}:R>, {usd_text(task.estimate_nano)} stays reserved."
            )
        case TaskState.SUCCEEDED:
            return (
                f"Spark made it and charged {usd_text(task.cost_nano or 0)}, but no longer gives it out. "
                "Tell whoever runs this bot."
            )
        case _:
            return task.error_text or "It was not made."


def _jump_url(job: Job) -> str:
    guild = job.account.guild_id or "@me"
    return f"https://discord.com/channels/{guild}/{job.result_channel_id}/{job.result_id}"
