"""What a job's status message says; without the job's words where AutoMod blocks them."""

from collections.abc import Iterator

import spark
from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.progress import Hindrance, Progress
from bot.domain.states import JobState, TaskState
from bot.wording.kinds import how_made, kind_words, own_words, source_line
from bot.wording.removal import removed_text
from bot.wording.text import alt_text, jump_url, pictures_text, plain
from bot.wording.withheld import withheld_end

_TITLE_MAX = 200


def in_progress_text(job: Job, progress: Progress, *, with_words: bool = True) -> str:
    """Write the status message while there is no result; Discord counts the time down by itself."""
    words = kind_words(job)
    begin = f"🎨 {words.doing}" if progress.painting else f"⏳ {words.to_do}"
    text = f"{_about(begin, job, with_words=with_words)}\n-# {_outlook(job, progress)}"
    return _with_source(job, "\n".join([text, *_cautions(job)]), with_words=with_words)


def _outlook(job: Job, progress: Progress) -> str:
    if progress.spark_away:
        # what is at Spark may be finished there, and charged, while nobody can ask
        free = "" if progress.painting else ", nothing is charged"
        return f"Spark cannot be reached; yours is kept{free}"
    ready = "any moment now" if progress.due else f"ready <t:{progress.ready_at}:R>"
    if not progress.painting:
        ahead = f"{pictures_text(progress.ahead)} before it" if progress.ahead else "next in turn"
        return f"{ahead} · {ready}"
    return ready if len(job.tasks) == 1 else f"{pictures_text(len(job.tasks))} · {ready}"


def held_text(job: Job, until: int, hindrance: Hindrance, *, with_words: bool = True) -> str:
    """Write the status message of a job whose message Discord refuses for now."""
    made = f"{pictures_text(job.pictures)} · {usd_text(job.cost_nano)} · " if job.succeeded else ""
    mend = hindrance.mend[0].upper() + hindrance.mend[1:]
    return (
        f"📦 {_title(job, with_words=with_words)} is kept for you: {hindrance.why}.\n"
        f"{mend}. Until then /history shows it.\n-# {made}kept until <t:{until}:D>"
    )


def finished_text(job: Job, *, with_words: bool = True) -> str:
    """Write the status message of a job that has ended: what came of it, what it cost, and where it is."""
    title = _title(job, with_words=with_words)
    if job.removed_at is not None:
        return removed_text(job)
    if (withheld := withheld_end(job)) is not None:
        return withheld
    if job.set_aside_at is not None:
        return _set_aside(job, title)
    if job.state is JobState.CANCELLED:
        return f"✖️ Cancelled {title}\n-# Nothing was charged."
    if job.state is JobState.UNDELIVERABLE:
        made = f"{pictures_text(job.pictures)} · {usd_text(job.cost_nano)}" if job.succeeded else _charged(job)
        way = "/history shows it while it is kept; tell whoever runs this bot."
        return f"📦 Discord never took {title}.\n{way}\n-# {made}"
    if job.succeeded:
        return f"🖼️ {title}\n-# {pictures_text(job.pictures)} · {usd_text(job.cost_nano)}{_link(job, 'see it')}"
    if any(task.state is TaskState.OVERDUE for task in job.tasks):
        comes = f"It comes here if Spark still makes it{_link(job, 'how it stands')}"
        return f"⌛ {title} takes much longer than usual\n-# {comes}"
    if any(task.state is TaskState.UNKNOWN for task in job.tasks):
        return (
            f"❓ Nobody knows yet whether Spark made {title}\n"
            f"-# Nothing is charged until that is clear{_link(job, 'what you can do')}"
        )
    none = _about(kind_words(job).none, job, with_words=with_words)
    return f"⚠️ {none}\n-# {_charged(job)}{_link(job, 'why')}"


def _set_aside(job: Job, title: str) -> str:
    """Write the end of a job that a restore has set aside: it is in Discord, or nobody knows."""
    if any(task.posted for task in job.tasks):
        return f"🖼️ {title}{_link(job, 'see it')}"
    lost = f"I had to go back to an older copy of my records{_link(job, 'what you can do')}"
    return f"❓ I lost track of {title}\n-# {lost}"


def preview_description(job: Job, *, with_words: bool = True) -> str:
    """Describe the preview of a job's pictures to those who do not see it."""
    return alt_text(how_made(job, with_words=with_words), f"{pictures_text(len(job.posted))} in small")


def _title(job: Job, *, with_words: bool) -> str:
    return f"**{plain(job.title, _TITLE_MAX)}**" if with_words else f"**your {kind_words(job).result}**"


def _about(begin: str, job: Job, *, with_words: bool) -> str:
    """Go on with a job's own words, where it has some: a colon before nothing is left out."""
    if begin.endswith(":") and not own_words(job):
        return begin[:-1]
    return f"{begin} {_title(job, with_words=with_words)}"


def _with_source(job: Job, text: str, *, with_words: bool) -> str:
    """Name at once the picture that is worked on: whoever gave none sees which one was taken."""
    return "\n".join(filter(None, [text, source_line(job, with_words=with_words)]))


def _cautions(job: Job) -> Iterator[str]:
    """Say how it could come out better; what may be of no use at all was asked before."""
    first = job.tasks[0]
    try:
        request = spark.parse(first.model, first.params)
    except spark.InvalidRequest:  # an earlier version took it; Spark will say
        return
    for caution in request.warnings:
        if not caution.in_vain:
            yield f"-# 💡 {caution.text}"


def _charged(job: Job) -> str:
    return f"Spark charged {usd_text(job.cost_nano)} all the same" if job.cost_nano else "Nothing was charged"


def _link(job: Job, what: str) -> str:
    if job.result_id is None or job.result_channel_id is None:
        return ""
    guild_id = job.result_guild_id
    if job.account.guild_id and not guild_id:
        what = f"{what} in your direct messages"
    return f" · [{what}]({jump_url(guild_id, job.result_channel_id, job.result_id)})"
