import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.failures import REFUSED
from bot.domain.jobs import Job, Order, Task
from bot.domain.pictures.sources import ResultRef, Source
from bot.domain.refusals import Refusal
from bot.domain.states import TaskState
from bot.orders.options import SEED_MAX
from bot.orders.repeats import again_order, require_owner, try_again_order, worth_trying_again
from bot.wording.jobs import nothing_missing, picture_gone
from tests.examples import JOB, TASK

SHA = "ab" * 32
SOURCE = Source(
    "https://cdn.discordapp.com/1/cat.png?ex=1", "cat.png", channel_id=500, message_id=600, result=ResultRef(8, 2)
)
OTHER_STATES = sorted(set(TaskState) - {TaskState.FAILED, TaskState.UNKNOWN})


def task(position: int, params: Mapping[str, object], **changes: Any) -> Task:
    return replace(TASK, position=position, params=params, height=1104, **changes)


def job(*tasks: Task, kind: str = "imagine", pictured: bool = False) -> Job:
    source = SOURCE if pictured else None
    return replace(
        JOB, kind=kind, spoiler=True, source=source, parent=source.result if source else None, tasks=tasks
    )


def words(count: int, state: TaskState = TaskState.SUCCEEDED) -> list[Task]:
    return [task(n, {"prompt": "a red fox", "seed": 6 + n}, state=state) for n in range(1, count + 1)]


def pictured_job(model: str, params: Mapping[str, object], *, kept: bool = True, **changes: Any) -> Job:
    made = task(1, params, model=model, image_sha256=SHA if kept else None, **changes)
    return job(made, kind="edit", pictured=True)


def test_again_asks_for_the_same_with_new_seeds_in_a_row() -> None:
    ordered = again_order(job(*words(3)), random.Random(1), "800:again:1")

    first = int(str(ordered.tasks[0].params["seed"]))
    assert [made.params for made in ordered.tasks] == [
        {"prompt": "a red fox", "seed": first + n} for n in range(3)
    ]
    assert first not in range(5, 11)
    assert {(made.model, made.width, made.height) for made in ordered.tasks} == {("spark_t2i_3_0", 1328, 1104)}
    assert (ordered.kind, ordered.title, ordered.spoiler) == ("imagine", "a red fox", True)
    assert (ordered.click_key, ordered.repeats_id) == ("800:again:1", 9)
    assert (ordered.image, ordered.source, ordered.parent) == (None, None, None)


def test_again_draws_other_seeds_each_time_and_none_that_spark_does_not_take() -> None:
    last = [again_order(job(*words(4)), random.Random(n), "k").tasks[-1].params["seed"] for n in range(50)]
    assert len(set(last)) > 45
    assert all(isinstance(seed, int) and 4 <= seed <= SEED_MAX for seed in last)


@pytest.mark.parametrize("state", TaskState)
def test_again_asks_for_every_picture_whatever_came_of_it(state: TaskState) -> None:
    assert len(again_order(job(*words(2, state)), random.Random(1), "k").tasks) == 2


def test_again_keeps_the_picture_where_it_came_from_and_what_it_was_made_from() -> None:
    earlier = pictured_job("spark_edit_3_0", {"prompt": "make it night", "seed": 7, "scale": 0.3})
    ordered = again_order(earlier, random.Random(1), "k")
    [made] = ordered.tasks
    assert made.image_sha256 == SHA
    assert made.params == {"prompt": "make it night", "seed": made.params["seed"], "scale": 0.3}
    assert made.params["seed"] != 7
    assert (ordered.source, ordered.parent, ordered.repeats_id) == (SOURCE, ResultRef(8, 2), 9)
    assert ordered.image is None  # it is kept already


def test_a_style_has_no_seed_and_is_asked_for_as_it_was() -> None:
    params = {"req_key": "img2img_cartoon_style_usage", "return_url": True}
    [made] = again_order(pictured_job("spark_style_template", params), random.Random(1), "k").tasks
    assert made.params == params


def test_a_portraits_seed_stays_text() -> None:
    [made] = again_order(pictured_job("spark_edit_portrait", {"seed": "7"}), random.Random(1), "k").tasks
    assert isinstance(made.params["seed"], str)
    assert 1 <= int(made.params["seed"]) <= SEED_MAX
    assert made.params["seed"] != "7"


def test_trying_again_asks_for_what_is_missing_with_the_same_seeds() -> None:
    tasks = words(4)
    tasks[1] = replace(tasks[1], state=TaskState.FAILED)
    tasks[3] = replace(tasks[3], state=TaskState.UNKNOWN)

    ordered = try_again_order(job(*tasks), "800:try-again:1")

    assert [made.params for made in ordered.tasks] == [tasks[1].params, tasks[3].params]
    assert (ordered.click_key, ordered.repeats_id, ordered.spoiler) == ("800:try-again:1", 9, True)


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        (None, True),
        ("003001098", True),
        ("003007007", True),  # whoever runs the bot can mend its key
        ("77", True),  # nobody knows what it means
        ("003001002", False),
        ("003007005", False),
        (REFUSED, False),
    ],
)
def test_only_what_may_go_well_now_is_tried_again(code: str | None, whole: bool) -> None:
    first, second = words(2, TaskState.FAILED)
    mixed = job(replace(first, error_code="003001095"), replace(second, error_code=code, error_text="Too long."))
    missing = [1, 2] if whole else [1]
    assert [made.params["seed"] for made in try_again_order(mixed, "k").tasks] == [6 + n for n in missing]
    assert [made.position for made in worth_trying_again(mixed)] == missing
    alone = replace(mixed, tasks=mixed.tasks[1:])
    assert bool(worth_trying_again(alone)) is whole
    if not whole:
        with pytest.raises(Refusal, match="The same would come to nothing") as refused:
            try_again_order(alone, "k")
        assert refused.value.way.startswith("Too long.")


def test_what_has_lost_its_picture_is_not_worth_a_try() -> None:
    gone = pictured_job("spark_edit_3_0", {"prompt": "x", "seed": 7}, kept=False, state=TaskState.FAILED)
    assert worth_trying_again(gone) == ()


def test_trying_again_keeps_the_picture_and_a_portraits_seed() -> None:
    ordered = try_again_order(pictured_job("spark_edit_portrait", {"seed": "7"}, state=TaskState.FAILED), "k")
    assert [(made.params, made.image_sha256) for made in ordered.tasks] == [({"seed": "7"}, SHA)]
    assert (ordered.source, ordered.parent) == (SOURCE, ResultRef(8, 2))


@pytest.mark.parametrize("state", OTHER_STATES)
def test_where_nothing_is_missing_there_is_nothing_to_try(state: TaskState) -> None:
    with pytest.raises(Refusal) as refused:
        try_again_order(job(*words(2, state)), "k")
    assert refused.value.text == nothing_missing("imagine").text
    assert "/imagine" in refused.value.text


def test_a_job_is_its_owners_alone() -> None:
    require_owner(job(*words(1)), 1)
    with pytest.raises(Refusal) as refused:
        require_owner(job(*words(1)), 2)
    assert refused.value.so == "This one is somebody else's."
    assert "/imagine" in refused.value.text


@pytest.mark.parametrize(
    "repeat", [lambda gone: again_order(gone, random.Random(1), "k"), lambda gone: try_again_order(gone, "k")]
)
def test_what_worked_on_a_picture_needs_it_again(repeat: Callable[[Job], Order]) -> None:
    gone = pictured_job("spark_edit_3_0", {"prompt": "x", "seed": 7}, kept=False, state=TaskState.FAILED)
    with pytest.raises(Refusal) as refused:
        repeat(gone)
    assert refused.value.text == picture_gone().text
