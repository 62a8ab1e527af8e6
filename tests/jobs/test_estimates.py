from collections.abc import Sequence
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

import spark
from bot.domain.jobs import TaskOrder
from bot.domain.prices import Price
from bot.jobs.estimates import Estimates
from bot.wording.prices import price_text
from sandbox.clock import MovableClock
from tests.examples import TASK

MODEL = TASK.model
HOUR = 3_600
DAY = 24 * HOUR
STANDARD = TaskOrder(MODEL, {}, 1328, 1328)
HD = TaskOrder(MODEL, {}, 2048, 2048)
ENDED = replace(TASK, job_id=1, position=1, submitted_at=1_000, ended_at=13_000)


class Bot:
    def __init__(self) -> None:
        self.clock = MovableClock(start=13.0)
        self.estimates = Estimates(lambda *_: 30, self.clock)

    def pays(self, *costs: int, model: str = MODEL, size: tuple[int, int] = (1328, 1328)) -> None:
        width, height = size
        at = self.clock.now_ms()
        for cost in costs:
            ended = replace(ENDED, model=model, width=width, height=height, cost_nano=cost, ended_at=at)
            self.estimates.learn(ended)


@pytest.fixture
def bot() -> Bot:
    return Bot()


def test_the_setting_is_the_price_until_real_costs_are_known(bot: Bot) -> None:
    assert bot.estimates.price(STANDARD) == Price(30, learnt=False)
    assert price_text(Price(30_000_000, learnt=False)) == "about $0.03"


def test_the_price_is_the_highest_recent_cost_of_the_same_model_and_size(bot: Bot) -> None:
    bot.pays(6, 8, 7)
    assert bot.estimates.price(STANDARD) == Price(8, learnt=True)
    assert bot.estimates.price(HD) == Price(30, learnt=False)
    assert price_text(Price(8_000_000, learnt=True)) == "$0.008"


@pytest.mark.parametrize(
    ("paid", "price"),
    [
        ([6, 6, 6, 1500], 6),
        ([6, 1500, 6, 6], 6),
        ([1500, 6], 6),
        ([6, 1500], 6),
        ([1500], 30),
        ([90], 90),
        ([91], 30),
        ([6, 18, 6], 18),
        ([6, 19, 6], 6),
        ([1500, 1500], 1500),
        ([6, 6, 1500, 1500, 1500], 1500),
        ([0], 0),
    ],
)
async def test_one_odd_price_changes_nothing_and_a_new_one_is_learnt(
    bot: Bot, paid: Sequence[int], price: int
) -> None:
    bot.pays(*paid)
    assert bot.estimates.price(STANDARD).nano == price


async def test_a_dear_price_is_forgotten_in_a_day_and_a_cheap_one_is_not(bot: Bot) -> None:
    bot.pays(*[1500] * 20)
    bot.pays(*[6] * 20, size=(2048, 2048))
    assert [bot.estimates.price(each).nano for each in (STANDARD, HD)] == [1500, 6]
    await bot.clock.advance(DAY)
    assert bot.estimates.price(STANDARD) == Price(30, learnt=False)
    assert bot.estimates.price(HD) == Price(6, learnt=True)


def test_an_odd_price_is_logged(bot: Bot) -> None:
    with capture_logs() as log:
        bot.pays(6, 6, 7, 1_500_000_000)
    [logged] = log
    assert (logged["event"], logged["task"], logged["cost"]) == ("price.odd", "1-1", "$1.50")


def test_an_old_cost_is_forgotten(bot: Bot) -> None:
    bot.pays(18, *[6] * 19)
    assert bot.estimates.price(STANDARD).nano == 18
    bot.pays(6)
    assert bot.estimates.price(STANDARD).nano == 6


def test_a_new_size_costs_no_less_than_smaller_ones(bot: Bot) -> None:
    bot.pays(40, 40, size=(1024, 1024))
    assert bot.estimates.price(STANDARD) == Price(40, learnt=False)
    bot.pays(80, 80, size=(2048, 2048))
    assert bot.estimates.price(STANDARD) == Price(40, learnt=False)


def test_a_size_between_two_that_cost_the_same_costs_that_too(bot: Bot) -> None:
    bot.pays(40, 40, size=(1024, 1024))
    bot.pays(40, 40, size=(2048, 2048))
    assert bot.estimates.price(STANDARD) == Price(40, learnt=True)
    assert bot.estimates.price_of(MODEL, 3024, 1296).nano == 40
    assert not bot.estimates.price_of(MODEL, 512, 512).learnt


def test_prices_that_the_operator_knows_are_no_estimates(bot: Bot) -> None:
    known = Estimates(lambda *_: 30, bot.clock, exact=True)
    assert known.price(STANDARD) == Price(30, learnt=True)


@pytest.mark.parametrize("model", sorted(spark.MODELS.keys() - {MODEL}))
def test_what_is_made_of_a_picture_costs_what_its_model_has_cost_whatever_the_size(bot: Bot, model: str) -> None:
    bot.pays(8, model=model, size=(777, 1001))
    bot.pays(6, model=model, size=(640, 480))
    assert bot.estimates.price(TaskOrder(model, {}, 901, 613)).nano == 8
    assert bot.estimates.price_of(model) == Price(8, learnt=True)
    bot.pays(*[6] * 20, model=model)
    assert bot.estimates.price(TaskOrder(model, {}, 777, 1001)).nano == 6


def test_the_promised_time_is_one_that_hardly_any_task_passes(bot: Bot) -> None:
    assert bot.estimates.durations([MODEL])[MODEL].promised == 15.0 * 1.25
    for seconds in (*[8] * 18, 12, 100):
        bot.estimates.learn(replace(ENDED, ended_at=1_000 + seconds * 1000))
    assert bot.estimates.durations([MODEL])[MODEL].promised == 15.0
    assert bot.estimates.durations([MODEL])[MODEL].mean == 12.8
