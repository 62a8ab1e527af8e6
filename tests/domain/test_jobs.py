from dataclasses import replace

import pytest

from bot.domain.budgets import Account
from bot.domain.jobs import (
    PICTURES_MAX,
    TASKS_MAX,
    Origin,
    Place,
    picture_name,
    position_named,
    result_named,
    result_stem,
    task_position,
)
from bot.domain.pictures.sources import ResultRef
from tests.examples import JOB, NOW, TASK


def test_a_job_costs_what_its_tasks_cost() -> None:
    assert JOB.cost_nano == 10


def test_a_jobs_pictures_are_those_of_its_succeeded_tasks() -> None:
    assert [task.position for task in JOB.succeeded] == [2, 4]


@pytest.mark.parametrize(
    ("after", "token"), [(0, "s3cret"), (14 * 60_000 + 49_999, "s3cret"), (14 * 60_000 + 50_000, None)]
)
def test_a_token_is_used_until_shortly_before_discord_refuses_it(after: int, token: str | None) -> None:
    assert JOB.token_at(NOW + after) == token


def test_a_task_and_its_file_are_named_after_the_job() -> None:
    assert TASK.name == "9-2"
    assert result_stem(9, 2) == "9-2"


def test_each_picture_of_a_job_has_a_position_and_a_name_of_its_own() -> None:
    urls = tuple(f"https://spark/{n}.png" for n in range(PICTURES_MAX + 2))
    tasks = [replace(TASK, position=n, result_url=urls[0], more_urls=urls[1:]) for n in range(1, TASKS_MAX + 1)]
    positions = [position for task in tasks for position in task.positions]
    assert sorted(positions) == list(range(1, TASKS_MAX * PICTURES_MAX + 1))
    for task in tasks:
        assert {task_position(position) for position in task.positions} == {task.position}
        assert list(task.addresses.values()) == list(urls[:PICTURES_MAX])
    assert [picture_name(position) for position in (1, 4, 5, 8, 9, 40)] == ["1", "4", "1b", "4b", "1c", "4j"]
    for position in positions:
        assert position_named(picture_name(position)) == position
        assert result_named(f"SPOILER_{result_stem(9, position)}.png") == ResultRef(9, position)


@pytest.mark.parametrize(
    "name", ["9-5.png", "9-1a.png", "9-1k.png", "9-1bc.png", "9-b.png", "9-1B.png", "9-0.png"]
)
def test_a_name_that_no_picture_has_is_nobodys(name: str) -> None:
    assert result_named(name) is None


@pytest.mark.parametrize(("params", "seed"), [({"seed": 7}, 7), ({"seed": "7"}, 7), ({}, None)])
def test_a_seed_is_read_as_a_number_however_its_model_wants_it(
    params: dict[str, object], seed: int | None
) -> None:
    assert replace(TASK, params=params).seed == seed


def test_no_token_shows_where_a_job_or_its_origin_is_logged() -> None:
    origin = Origin(9, Account(10, 1), frozenset(), 500, None, Place.DM, 1, 900, "s3cret", NOW)

    assert "s3cret" not in f"{JOB!r} {JOB} {origin!r} {origin}"
