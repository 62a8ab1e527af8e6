from dataclasses import replace

import pytest

import spark
from bot.domain.budgets import Account
from bot.domain.jobs import Task, TaskOrder
from bot.domain.states import TaskState
from bot.jobs.estimates import Estimates

MODEL = "spark_t2i_3_0"
STANDARD = TaskOrder(MODEL, {}, 1328, 1328)
HD = TaskOrder(MODEL, {}, 2048, 2048)
ENDED = Task(
    job_id=1,
    position=1,
    account=Account(1, 1),
    state=TaskState.SUCCEEDED,
    lease=None,
    model=MODEL,
    params={},
    image_sha256=None,
    width=1328,
    height=1328,
    made=None,
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


def test_the_price_of_a_model_is_the_highest_of_its_recent_ones_whatever_the_size(estimates: Estimates) -> None:
    assert estimates.usual_price(MODEL) == 30
    estimates.learn(ENDED)
    estimates.learn(replace(ENDED, width=2048, height=2048, cost_nano=26))
    assert (estimates.usual_price(MODEL), estimates.price_of(MODEL, 1328, 1328)) == (26, 6)


@pytest.mark.parametrize("model", sorted(spark.MODELS.keys() - {MODEL}))
def test_what_is_made_of_a_picture_costs_what_its_model_has_cost_whatever_the_size(model: str) -> None:
    estimates = Estimates({model: 30})
    estimates.learn(replace(ENDED, model=model, width=777, height=1001, cost_nano=8))
    estimates.learn(replace(ENDED, model=model, width=640, height=480))
    assert estimates.price(TaskOrder(model, {}, 901, 613)) == 8
    for _ in range(20):
        estimates.learn(replace(ENDED, model=model))
    assert estimates.price(TaskOrder(model, {}, 777, 1001)) == 6


def test_the_promised_time_is_what_three_of_four_recent_tasks_did_not_pass(estimates: Estimates) -> None:
    assert estimates.durations([MODEL])[MODEL].promised == 15.0
    for seconds in (4, 8, 12, 100):
        estimates.learn(replace(ENDED, ended_at=1_000 + seconds * 1000))
    assert estimates.durations([MODEL])[MODEL].promised == 12.0
    assert estimates.durations([MODEL])[MODEL].mean == 31.0
