from dataclasses import replace

import pytest

from bot.domain.budgets import Account
from bot.domain.history import Line, Lines, Search
from bot.domain.jobs import Job, Task
from bot.domain.queue import Expected
from bot.domain.states import JobState, TaskState
from bot.wording.history import history_entry, history_heading, history_line, small_facts, state_text
from tests.examples import JOB, NOW, TASK

MADE = replace(TASK, position=1, cost_nano=6_500_000, posted=True)
UNPOSTED = replace(MADE, posted=False)
QUEUED = replace(MADE, state=TaskState.QUEUED, cost_nano=None, posted=False)
RUNNING = replace(QUEUED, state=TaskState.RUNNING)
FAILED = replace(QUEUED, state=TaskState.FAILED)
UNKNOWN = replace(QUEUED, state=TaskState.UNKNOWN)
OVERDUE = replace(QUEUED, state=TaskState.OVERDUE)
LINK = "https://discord.com/channels/10/600/700"
UNTIL = NOW // 1000 + 60


def job(state: JobState, *tasks: Task, **changes: object) -> Job:
    placed = replace(JOB, state=state, tasks=tasks)
    if state is JobState.DELIVERED:
        placed = replace(placed, result_channel_id=600, result_id=700)
    return replace(placed, **changes)  # type: ignore[arg-type]


def line(
    told: Job, expected: Expected | None = None, *, kept_until: int | None = None, refused: bool = False
) -> Line:
    return Line(told, expected, kept_until, refused)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (
            line(job(JobState.OPEN, QUEUED), Expected(3, UNTIL + 0.7)),
            f"waiting, 3 pictures before it · ready <t:{UNTIL}:R>",
        ),
        (
            line(job(JobState.OPEN, QUEUED), Expected(1, UNTIL)),
            f"waiting, 1 picture before it · ready <t:{UNTIL}:R>",
        ),
        (line(job(JobState.OPEN, QUEUED), Expected(0, UNTIL)), f"waiting, next in turn · ready <t:{UNTIL}:R>"),
        (
            line(job(JobState.OPEN, RUNNING, QUEUED), Expected(0, UNTIL)),
            f"being made · ready <t:{UNTIL}:R>",
        ),
        (line(job(JobState.OPEN, MADE)), "about to be posted"),
        (
            line(job(JobState.DELIVERED, UNKNOWN, set_aside_at=NOW)),
            f"I lost track of it · [what happened]({LINK})",
        ),
        (
            line(job(JobState.DELIVERED, replace(UNKNOWN, posted=True), set_aside_at=NOW)),
            f"[see it]({LINK})",
        ),
        (line(job(JobState.DELIVERING, UNPOSTED), kept_until=UNTIL), "about to be posted"),
        (
            line(job(JobState.DELIVERING, UNPOSTED), kept_until=UNTIL, refused=True),
            f"Discord does not take it yet, and is asked again · kept until <t:{UNTIL}:f>",
        ),
        (
            line(job(JobState.UNDELIVERABLE, UNPOSTED), kept_until=UNTIL, refused=True),
            f"Discord never took it · kept until <t:{UNTIL}:f>",
        ),
        (line(job(JobState.UNDELIVERABLE, UNPOSTED)), "Discord never took it · no longer kept"),
        (line(job(JobState.UNDELIVERABLE, FAILED)), "no picture came of it"),
        (line(job(JobState.DELIVERED, MADE, MADE)), f"[see it]({LINK})"),
        (line(job(JobState.DELIVERED, MADE, FAILED)), f"1 of 2 pictures · [see it]({LINK})"),
        (
            line(job(JobState.DELIVERED, MADE, UNPOSTED), kept_until=UNTIL),
            f"[see it]({LINK}) · 1 picture not posted · kept until <t:{UNTIL}:f>",
        ),
        (line(job(JobState.DELIVERED, UNPOSTED)), "not posted · no longer kept"),
        (line(job(JobState.DELIVERED, FAILED)), f"no picture came of it · [what happened]({LINK})"),
        (
            line(job(JobState.DELIVERED, FAILED, UNKNOWN)),
            f"nobody knows yet whether Spark made it · [what happened]({LINK})",
        ),
        (line(job(JobState.DELIVERED, OVERDUE)), f"Spark takes unusually long · [what happened]({LINK})"),
        (line(job(JobState.CANCELLED, replace(QUEUED, state=TaskState.CANCELLED))), "cancelled"),
        (line(job(JobState.DELIVERED, MADE, removed_at=NOW)), "deleted"),
        (
            line(job(JobState.DELIVERED, MADE, account=Account(0, 1))),
            "[see it](https://discord.com/channels/@me/600/700)",
        ),
    ],
)
def test_how_a_job_stands(told: Line, state: str) -> None:
    assert state_text(told) == state


def test_what_takes_longer_than_usual_is_not_expected_in_the_past() -> None:
    late = Line(job(JobState.OPEN, RUNNING), Expected(0, UNTIL), None, refused=False, late=True)
    assert state_text(late) == "being made, and takes longer than usual"


@pytest.mark.parametrize(
    ("told", "facts"),
    [
        (job(JobState.DELIVERED, MADE), "/imagine · $0.0065"),
        (job(JobState.DELIVERED, MADE, MADE, FAILED, kind="edit"), "/edit · 3 pictures · $0.013"),
        (job(JobState.DELIVERED, FAILED), "/imagine · not charged"),
        (job(JobState.DELIVERED, FAILED, UNKNOWN), "/imagine · 2 pictures · not charged yet"),
        (job(JobState.OPEN, QUEUED), "/imagine · not charged yet"),
    ],
)
def test_what_a_job_is_and_what_it_has_cost(told: Job, facts: str) -> None:
    assert small_facts(told) == facts


def test_a_page_is_numbered_and_a_later_one_does_not_claim_to_be_the_newest() -> None:
    told = [line(job(JobState.DELIVERED, MADE, title=title)) for title in ("a *fox*", "@everyone")]
    assert [history_line(number, each).splitlines() for number, each in enumerate(told, start=1)] == [
        [rf"1. **a \*fox\*** · <t:{NOW // 1000}:R>", f"-# /imagine · $0.0065 · [see it]({LINK})"],
        [f"2. **\\@\u200beveryone** · <t:{NOW // 1000}:R>", f"-# /imagine · $0.0065 · [see it]({LINK})"],
    ]
    newest = history_heading(Lines(told, newer=False, older=True), Search())
    assert newest == "**What you made here** · newest first"
    later = history_heading(Lines(told, newer=True, older=False), Search("a *fox*", favourites=True))
    assert later == r"**Your favourites with “a \*fox\*”**"


@pytest.mark.parametrize("title", ["*" * 800, "x " * 400, "w" * 800])
def test_the_longest_page_fits_into_a_message(title: str) -> None:
    kept = line(
        job(JobState.DELIVERED, MADE, MADE, MADE, UNPOSTED, title=title, account=Account(10**18, 1)),
        kept_until=UNTIL,
    )
    assert len(history_line(5, kept)) * 5 <= 2000
    assert len(history_entry(kept)) <= 2000
