from dataclasses import replace

import pytest

from bot.domain.budgets import Account
from bot.domain.jobs import Job
from bot.domain.pictures.sources import ResultRef, Source
from bot.domain.states import JobState, TaskState
from bot.orders.command_lines import asked_for
from bot.wording.details import details_text
from tests.examples import JOB, NOW, TASK

FIRST = replace(
    JOB,
    id=1,
    title="a red fox",
    state=JobState.DELIVERED,
    channel_id=50,
    result_channel_id=50,
    result_id=60,
    tasks=(replace(TASK, position=1, posted=True, params={"prompt": "a red fox", "seed": 7}),),
)
CAT = Source("https://cdn.example/cat.png", "my_cat.png", channel_id=70, message_id=80)


def child(job_id: int, title: str, parent: int) -> Job:
    params = {"prompt": title, "seed": 8}
    task = replace(FIRST.tasks[0], model="spark_edit_3_0", params=params, width=640, height=480)
    return replace(
        FIRST, id=job_id, kind="edit", title=title, tasks=(task,), parent=ResultRef(parent, 1), source=CAT
    )


def details(*line: Job, reads: bool = True) -> str:
    text = details_text(line, asked_for(line[0]), lambda _: reads)
    assert len(text) <= 2000
    return text


def test_it_shows_the_command_the_money_and_the_times() -> None:
    task = replace(
        TASK,
        position=1,
        params={"prompt": "a red fox", "seed": 7},
        submitted_at=NOW + 2_000,
        ended_at=NOW + 14_000,
        estimate_nano=30_000_000,
        cost_nano=6_500_000,
    )
    at = NOW // 1000
    assert details(replace(FIRST, tasks=(task,))).splitlines() == [
        f"**Details** · asked for by <@1> <t:{at}:f>",
        "```",
        "/imagine prompt:a red fox size:1:1 seed:7 enhance:on",
        "```",
        "**What it took**",
        f"- spark_t2i_3_0 · 1328×1328 · $0.0065 charged, $0.03 expected · sent <t:{at + 2}:f> · "
        f"finished <t:{at + 14}:f> · took 12 s · Spark's task `spark-1`",
    ]


@pytest.mark.parametrize(
    ("model", "made", "told"),
    [
        ("spark_t2i_3_0", None, "· 1328×1328 ·"),
        ("spark_t2i_3_0", (1024, 1024), "· 1024×1024 (asked for 1328×1328) ·"),
        ("spark_i2i_3_0", (1024, 1024), "· 1024×1024 (asked for 1328×1328) ·"),
        ("spark_edit_3_0", (1024, 1024), "· 1024×1024 (made from 1328×1328) ·"),
    ],
)
def test_the_size_is_the_one_that_the_picture_has(model: str, made: tuple[int, int] | None, told: str) -> None:
    task = replace(FIRST.tasks[0], model=model, made=made)
    assert told in details(replace(FIRST, tasks=(task,)))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (TaskState.FAILED, "nothing charged, $0.03 expected"),
        (TaskState.UNKNOWN, "not decided yet, $0.03 expected"),
        (TaskState.OVERDUE, "not decided yet, $0.03 expected"),
    ],
)
def test_what_is_not_charged_is_said_to_be_so(state: TaskState, told: str) -> None:
    task = replace(FIRST.tasks[0], state=state, cost_nano=None, estimate_nano=30_000_000)
    assert told in details(replace(FIRST, tasks=(task,)))


def test_the_parents_stand_in_order_with_their_words_their_people_and_links() -> None:
    night = replace(child(2, "make it night", 1), account=Account(10, 2), result_id=61)
    lines = details(child(3, "add a moon", 2), night, FIRST).splitlines()
    begin = lines.index("**Made from**")
    assert lines[begin + 1 : begin + 3] == [
        "1. **make it night**, asked for by <@2> · [see it](https://discord.com/channels/10/50/61)",
        "2. **a red fox**, asked for by <@1> · [see it](https://discord.com/channels/10/50/60)",
    ]
    assert "-# To repeat it, attach the same picture as `image`." in lines


@pytest.mark.parametrize(
    ("parent", "told"),
    [
        (replace(FIRST, removed_at=NOW, removed_by=1), f"deleted <t:{NOW // 1000}:f>"),
        (replace(FIRST, state=JobState.UNDELIVERABLE), "not posted"),
        (replace(FIRST, account=Account(0, 1)), "https://discord.com/channels/@me/50/60"),
        (replace(FIRST, tasks=FIRST.tasks * 3), "**a red fox** (1 of 3)"),
        (replace(FIRST, title="@everyone **b**"), r"**\@​everyone \*\*b\*\***"),
    ],
)
def test_each_parent_is_told_as_it_stands(parent: Job, told: str) -> None:
    assert told in details(child(2, "night", 1), parent)


def test_a_parent_without_a_record_ends_the_chain() -> None:
    assert "1. a picture of which nothing is kept" in details(child(2, "night", 1))


def test_words_from_a_place_that_the_person_does_not_see_stay_there() -> None:
    text = details(child(2, "night", 1), FIRST, reads=False)
    assert "1. a picture in a place that you do not see" in text
    assert "a red fox" not in text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (CAT, r"1. **my\_cat.png** · [see it](https://discord.com/channels/10/70/80)"),
        (replace(CAT, channel_id=None, message_id=None), r"1. **my\_cat.png**, attached to the command"),
    ],
)
def test_a_foreign_picture_is_named(source: Source, told: str) -> None:
    assert told in details(replace(child(2, "night", 1), parent=None, source=source))


def test_the_longest_words_and_a_long_chain_leave_room_for_all_that_matters() -> None:
    words = "`<w>` " * 133
    line = [child(n, words, n - 1) for n in range(12, 0, -1)]
    text = details(*line)
    assert words.strip() in text
    assert "Spark's task `spark-1`" in text
    assert "-# … and further back" in text


def test_pictures_whose_seeds_do_not_follow_on_each_other_are_named_by_their_seeds() -> None:
    tasks = tuple(
        replace(FIRST.tasks[0], position=n, params={"prompt": "w " * 399 + "w", "seed": seed})
        for n, seed in enumerate([7, 9, 10], start=1)
    )
    text = details(replace(FIRST, tasks=tasks))
    assert "seed:7 enhance:on\n" in text
    assert "-# and the same with seed 9, 2 in all" in text
    assert "- 3 of 3 · spark_t2i_3_0 · 1328×1328 · seed 10" in text


def test_marks_that_would_end_the_block_do_not() -> None:
    task = replace(FIRST.tasks[0], params={"prompt": "a ```fox```", "seed": 7})
    assert details(replace(FIRST, tasks=(task,))).count("```") == 2
