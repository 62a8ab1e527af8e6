"""What a person has made, in words."""

from typing import Final

from bot.domain.history import Line, Lines, Search
from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.states import JobState, TaskState
from bot.wording.text import jump_url, pictures_text, plain
from bot.wording.withheld import title_to_say, withheld_fact

OPEN_ONE: Final = "Open one…"
SHOW: Final = "Show"
NO_WORDS: Final = "(words no longer kept)"
_TITLE_MAX = 100
_WHOLE_TITLE_MAX = 1000


def history_heading(page: Lines, search: Search) -> str:
    """Say what a page lists; where that is nothing, what to do."""
    if not page.lines:
        return _nothing(search)
    what = "Your favourites" if search.favourites else "What you made here"
    words = f" with “{plain(search.words)}”" if search.words else ""
    return f"**{what}{words}**{'' if page.newer else ' · newest first'}"


def history_line(number: int, line: Line) -> str:
    """Write one job of a page."""
    return (
        f"{number}. **{_title(line.job)}** · <t:{line.job.accepted_at // 1000}:R>\n"
        f"-# {small_facts(line.job)} · {state_text(line)}"
    )


def unseen_line(number: int) -> str:
    """Stand for a favourite in a place that its person does not see any more."""
    return f"{number}. -# a picture in a place that you do not see any more"


def _title(job: Job) -> str:
    return plain(title_to_say(job), _TITLE_MAX) or NO_WORDS


def _nothing(search: Search) -> str:
    if search.words:
        where = "None of your favourites has" if search.favourites else "Nothing you made here has"
        return f"**{where} “{plain(search.words)}” in its words.**\nTry fewer words, or /history for all of it."
    if search.favourites:
        return "**You have no favourites here yet.**\nPress ⋯ More under a picture, then Favourite."
    return (
        "**You have made nothing here yet.**\n"
        "Begin with this, or with words of your own:\n```\n/imagine prompt:a red fox in snow\n```\n"
        "/help shows the rest."
    )


def history_entry(line: Line) -> str:
    """Write one job by itself."""
    job = line.job
    lines = [
        f"**{plain(title_to_say(job), _WHOLE_TITLE_MAX) or NO_WORDS}**",
        f"-# {small_facts(job)} · asked for <t:{job.accepted_at // 1000}:f>",
        state_text(line),
    ]
    return "\n".join(lines)


def shown_text(job: Job, *, smaller: bool) -> str:
    """Say what is shown to its owner alone, and whether it is smaller than what Spark has made."""
    note = " · smaller than Spark made it, so that Discord takes it" if smaller else ""
    return f"-# {small_facts(job)}{note} · only you see this: save it before you close it"


def small_facts(job: Job) -> str:
    """Tell what a job is and what it has cost."""
    count = len(job.tasks)
    many = f" · {count} pictures" if count > 1 else ""
    return f"/{job.kind}{many} · {usd_text(job.cost_nano) if job.cost_nano else _free(job)}"


def state_text(line: Line) -> str:
    """Tell how a job stands."""
    job = line.job
    if job.erased_at is not None:
        return "its words are no longer kept"
    if job.removed_at is not None:
        return "deleted"
    if (withheld := withheld_fact(job)) is not None:
        return f"{withheld}{_kept(line)}"
    match job.state:
        case JobState.OPEN:
            return _in_progress(line)
        case JobState.DELIVERING if not line.refused:
            return "about to be posted"
        case JobState.DELIVERING:
            return f"Discord does not take it yet, and is asked again{_kept(line)}"
        case JobState.UNDELIVERABLE if job.succeeded:
            return f"Discord never took it{_kept(line)}"
        case JobState.CANCELLED:
            return "cancelled"
        case _:
            return _outcome(line)


def _in_progress(line: Line) -> str:
    if line.expected is None:
        return "about to be posted"
    ready = f"ready <t:{int(line.expected.ready_at)}:R>"
    if any(task.state is not TaskState.QUEUED for task in line.job.tasks):
        return "being made, and takes longer than usual" if line.late else f"being made · {ready}"
    ahead = line.expected.ahead
    before = f"{pictures_text(ahead)} before it" if ahead else "next in turn"
    return f"waiting, {before} · {ready}"


def _outcome(line: Line) -> str:
    job = line.job
    states = {task.state for task in job.tasks}
    at = None
    if job.result_id is not None and job.result_channel_id is not None:
        at = jump_url(job.account.guild_id, job.result_channel_id, job.result_id)
    if not job.succeeded:
        said = f" · [what happened]({at})" if at else ""
        if job.set_aside_at is not None:
            found = at and any(task.posted for task in job.tasks)
            return f"[see it]({at})" if found else f"I lost track of it{said}"
        if TaskState.OVERDUE in states:
            return f"Spark takes unusually long{said}"
        if TaskState.UNKNOWN in states:
            return f"nobody knows yet whether Spark made it{said}"
        return f"no picture came of it{said}"
    made = len(job.succeeded)
    share = f"{made} of {pictures_text(len(job.tasks))} · " if made < len(job.tasks) else ""
    see = f"[see it]({at})" if at else "posted"
    missing = sum(not task.posted for task in job.succeeded)
    if missing == made:
        return f"{share}not posted{_kept(line)}"
    also = f" · {pictures_text(missing)} not posted{_kept(line)}" if missing else ""
    return f"{share}{see}{also}"


def _kept(line: Line) -> str:
    return " · no longer kept" if line.kept_until is None else f" · kept until <t:{line.kept_until}:f>"


def _free(job: Job) -> str:
    ended = {TaskState.FAILED, TaskState.CANCELLED}
    return "not charged" if all(task.state in ended for task in job.tasks) else "not charged yet"
