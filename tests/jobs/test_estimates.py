from dataclasses import replace

import pytest

from bot.domain.budgets import Account
from bot.domain.jobs import Task, TaskOrder
from bot.domain.states import TaskState
from bot.jobs.estimates import Estimates

MODEL = "spark_t2i_3_0"
STANDARD = TaskOrder(MODEL, {}, 1, 1328, 1328)
HD = TaskOrder(MODEL, {}, 1, 2048, 2048)
ENDED = Task(
    job_id=1,
    position=1,
    account=Account(1, 1),
    state=TaskState.SUCCEEDED,
    lease=None,
    model=MODEL,
    params={},
    seed=1,
    width=1328,
    height=1328,
    estimate_nano=30,
    cost_nano=6,
    spark_id="s",
    attempts=0,
    asked_at=0,
    refused_at=None,
    submitted_at=1_000,
    ended_at=13_000,
    result_url="https://spark/1.png",
    error_code=None,
    error_text=None,
    posted=True,
)


@pytest.fixture
def estimates() -> Estimates:
    return Estimates({MODEL: 30})


def test_the_setting_is_the_price_until_real_costs_are_known(estimates: Estimates) -> None:
    assert estimates.price(STANDARD) == 30


def test_the_price_is_the_highest_recent_cost_of_the_same_model_and_size(estimates: Estimates) -> None:
    for cost in (6, 8, 7):
        estimates.learn(replace(ENDED, cost_nano=cost))
    assert estimates.price(STANDARD) == 8
    assert estimates.price(HD) == 30


def test_an_old_cost_is_forgotten(estimates: Estimates) -> None:
    estimates.learn(replace(ENDED, cost_nano=100))
    for _ in range(20):
        estimates.learn(ENDED)
    assert estimates.price(STANDARD) == 6


def test_the_time_is_what_three_of_four_recent_tasks_did_not_pass(estimates: Estimates) -> None:
    assert estimates.seconds(MODEL) == 15.0
    for seconds in (4, 8, 12, 100):
        estimates.learn(replace(ENDED, ended_at=1_000 + seconds * 1000))
    assert estimates.seconds(MODEL) == 12.0


@pytest.mark.parametrize(
    ("count", "ahead", "at_once", "rounds"), [(1, 0, 3, 1), (3, 0, 3, 1), (4, 0, 3, 2), (1, 6, 3, 3)]
)
def test_those_who_wait_before_make_it_later(
    estimates: Estimates, count: int, ahead: int, at_once: int, rounds: int
) -> None:
    assert estimates.seconds_until_ready([MODEL] * count, ahead, at_once) == 15.0 * rounds
