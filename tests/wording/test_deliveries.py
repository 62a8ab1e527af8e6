"""What status messages and posts say of each kind of job."""

from dataclasses import replace

import pytest

from bot.delivery.files import file_of
from bot.domain.jobs import Job
from bot.domain.pictures.results import Picture, Shown
from bot.domain.pictures.sources import ResultRef, Source
from bot.domain.progress import Progress
from bot.domain.states import JobState, TaskState
from bot.wording.kinds import source_line
from bot.wording.results import Frame, result_post
from bot.wording.status_messages import finished_text, in_progress_text
from bot.wording.text import MESSAGE_MAX
from spark import Provenance
from tests.examples import JOB, NOW, TASK

FULL = Picture(b"\x89PNG" + bytes(30_000_000), 4096, 4096, Provenance.of("spark_t2i_3_0"))
SHOWN = {1: Shown(FULL, FULL.data, 4096, 4096)}
SMALLER = {1: Shown(FULL, b"\xff\xd8\xff" + bytes(9_800_000), 2048, 2048)}
FRAME = Frame(SHOWN, quote=False, because=None, with_words=True, now=NOW / 1000)
CAT = Source("https://cdn/cat.png", "my_[cat].png", channel_id=70, message_id=80)
STARTED = Progress(painting=True, ahead=0, ready_at=99)
WAITING = Progress(painting=False, ahead=0, ready_at=99)


def job(kind: str, title: str = "make it night", **changes: object) -> Job:
    task = replace(TASK, position=1, params={"prompt": title, "seed": 7}, width=0, height=0)
    job = replace(JOB, kind=kind, title=title, state=JobState.DELIVERED, tasks=(task,), status_message_id=1)
    return replace(job, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "title", "works", "waits", "done", "failed", "alt"),
    [
        (
            "imagine",
            "a red fox",
            "🎨 Painting **a red fox**",
            "⏳ Waiting to paint **a red fox**",
            "here is your picture.",
            "⚠️ No picture of **a red fox**",
            "AI-made: a red fox",
        ),
        (
            "edit",
            "make it night",
            "🎨 Editing a picture: **make it night**",
            "⏳ Waiting to edit a picture: **make it night**",
            "here is your edited picture.",
            "⚠️ No edited picture: **make it night**",
            "AI-made from a picture: make it night",
        ),
        (
            "stylize",
            "3D cartoon",
            "🎨 Stylizing a picture: **3D cartoon**",
            "⏳ Waiting to stylize a picture: **3D cartoon**",
            "here is your stylized picture.",
            "⚠️ No stylized picture: **3D cartoon**",
            "AI-made from a picture, in the style: 3D cartoon",
        ),
        (
            "portrait",
            "in a garden",
            "🎨 Making a portrait: **in a garden**",
            "⏳ Waiting to make a portrait: **in a garden**",
            "here is your portrait.",
            "⚠️ No portrait: **in a garden**",
            "AI-made portrait from a picture: in a garden",
        ),
    ],
)
def test_each_kind_is_spoken_of_as_what_it_is(
    kind: str, title: str, works: str, waits: str, done: str, failed: str, alt: str
) -> None:
    made = job(kind, title)
    assert in_progress_text(made, STARTED).splitlines()[0] == works
    assert in_progress_text(made, WAITING).splitlines()[0] == waits
    assert result_post(made, FRAME, 60).splitlines()[0] == f"<@1> {done}"
    nothing = replace(made, tasks=(replace(made.tasks[0], state=TaskState.FAILED),))
    assert finished_text(nothing).splitlines()[0] == failed
    assert file_of(made, 1, SHOWN[1], with_words=True).description == alt
    blocked = file_of(made, 1, SHOWN[1], with_words=False).description
    assert blocked is not None
    assert title not in blocked


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (CAT, r"-# from [my\_\[cat\].png](https://discord.com/channels/10/70/80)"),
        (replace(CAT, channel_id=None, message_id=None), r"-# from my\_\[cat\].png · attached to the command"),
        (
            replace(CAT, number=2, of=3),
            r"-# from [my\_\[cat\].png](https://discord.com/channels/10/70/80) · picture 2 of 3",
        ),
        (
            replace(CAT, changes=("turned upright", "scaled from 8000×6000 to 4096×3072")),
            r"-# from [my\_\[cat\].png](https://discord.com/channels/10/70/80) · "
            "turned upright; scaled from 8000×6000 to 4096×3072",
        ),
        (
            replace(CAT, result=ResultRef(7, 1)),
            "-# from [this picture](https://discord.com/channels/10/70/80)",
        ),
        (
            replace(CAT, number=1, of=3),
            r"-# from [my\_\[cat\].png](https://discord.com/channels/10/70/80) · "
            "picture 1 of 3; for another, Apps → Edit image there",
        ),
        (
            replace(CAT, result=ResultRef(7, 1), number=1, of=3),
            "-# from [this picture](https://discord.com/channels/10/70/80) · "
            "picture 1 of 3; for another, press Edit there",
        ),
    ],
)
def test_the_picture_that_is_worked_on_is_named_in_the_status_message_and_in_the_result(
    source: Source, line: str
) -> None:
    made = job("edit", source=source)
    assert source_line(made) == line
    assert in_progress_text(made, STARTED).endswith(f"ready <t:99:R>\n{line}")
    assert line in result_post(made, FRAME, 60).splitlines()
    assert "cat" not in source_line(made, with_words=False)


def test_a_painting_is_made_from_no_picture() -> None:
    assert in_progress_text(job("imagine"), STARTED).endswith("ready <t:99:R>")
    assert "from" not in result_post(job("imagine"), FRAME, 60)


def test_the_size_is_that_of_the_picture_which_was_made() -> None:
    assert "-# 4096×4096 · 0 s · " in result_post(job("edit"), FRAME, 60)


def test_a_repeat_says_so_in_one_line() -> None:
    said = "-# A new picture, paid for separately."
    again = job("edit", repeats_id=5)
    assert said in result_post(again, FRAME, 60).splitlines()
    assert said not in result_post(job("edit"), FRAME, 60)
    nothing = replace(again, tasks=(replace(again.tasks[0], state=TaskState.FAILED, cost_nano=None),))
    assert "paid for" not in result_post(nothing, replace(FRAME, shown={}), 60)


def test_it_is_told_how_to_choose_where_there_are_several() -> None:
    made = job("imagine")
    two = replace(made, tasks=(made.tasks[0], replace(made.tasks[0], position=2)))
    said = "-# To change one of them, press a button below, or reply and name it: “the second, at night”."
    assert said in result_post(two, replace(FRAME, shown=dict.fromkeys((1, 2), SHOWN[1])), 60).splitlines()
    assert said not in result_post(made, FRAME, 60)


def test_a_portrait_without_words_quotes_none_and_is_described_without_any() -> None:
    made = job("portrait", "A new portrait")
    untitled = replace(made, tasks=(replace(made.tasks[0], params={"seed": "7", "gen_mode": "reference"}),))
    assert in_progress_text(untitled, STARTED).splitlines()[0] == "🎨 Making a portrait"
    assert in_progress_text(untitled, WAITING).splitlines()[0] == "⏳ Waiting to make a portrait"
    assert finished_text(untitled).splitlines()[0] == "🖼️ **A new portrait**"
    assert ">" not in result_post(untitled, replace(FRAME, quote=True), 60).replace("<@1>", "")
    assert "> A new portrait" in result_post(made, replace(FRAME, quote=True), 60)
    assert file_of(untitled, 1, SHOWN[1], with_words=True).description == "AI-made portrait from a picture"


def test_a_picture_shown_smaller_tells_both_sizes_and_where_the_whole_of_it_is() -> None:
    until = NOW // 1000 + 24 * 3600
    frame = replace(FRAME, shown=SMALLER)
    assert result_post(job("edit"), frame, 60).splitlines()[-1] == (
        "-# Shown smaller (2048×2048, JPEG, 9.8 MB); the full picture of 4096×4096 has 30.0 MB: "
        f"[open it](<https://spark/1.png>), until <t:{until}:f>."
    )
    late = replace(frame, now=until - 30.0)
    assert result_post(job("edit"), late, 60).endswith("has 30.0 MB, which is more than Discord takes.")


def test_an_address_that_does_not_fit_is_left_out_whole() -> None:
    made = job("edit")
    long = replace(made, tasks=(replace(made.tasks[0], result_url=f"https://spark/{'x' * 2000}"),))
    text = result_post(long, replace(FRAME, shown=SMALLER), 60)
    assert len(text) <= MESSAGE_MAX
    assert text.endswith("which is more than Discord takes.")
