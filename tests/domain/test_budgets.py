from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budgets import Budget, Period, Scope, Window, first_exceeded, fitting, windows_at
from bot.domain.jobs import Order, TaskOrder
from bot.domain.prices import Price
from bot.domain.refusals import Refuser
from bot.domain.remedies import AskModerator, MakeFewer, make_fewer
from bot.wording.budgets import budget_refusal
from tests.examples import CENT

DAY = Window(Period.DAY, "2026-01-01", 1_767_312_000)


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def budget(limit: int | None, spent: int = 0, reserved: int = 0, scope: Scope = Scope.PERSON) -> Budget:
    return Budget(scope, DAY, spent, reserved, limit, raisable=False)


@pytest.mark.parametrize(
    ("now", "day", "next_day", "month", "next_month"),
    [
        ("2026-01-01T00:00:00", "2026-01-01", "2026-01-02", "2026-01", "2026-02-01"),
        ("2026-01-01T23:59:59.999", "2026-01-01", "2026-01-02", "2026-01", "2026-02-01"),
        ("2026-01-31T23:59:59.999", "2026-01-31", "2026-02-01", "2026-01", "2026-02-01"),
        ("2026-02-28T12:00:00", "2026-02-28", "2026-03-01", "2026-02", "2026-03-01"),
        ("2028-02-28T12:00:00", "2028-02-28", "2028-02-29", "2028-02", "2028-03-01"),
        ("2028-02-29T23:59:59.999", "2028-02-29", "2028-03-01", "2028-02", "2028-03-01"),
        ("2026-12-31T23:59:59.999", "2026-12-31", "2027-01-01", "2026-12", "2027-01-01"),
        ("2027-01-01T00:00:00", "2027-01-01", "2027-01-02", "2027-01", "2027-02-01"),
    ],
)
def test_a_moment_belongs_to_a_day_and_a_month(
    now: str, day: str, next_day: str, month: str, next_month: str
) -> None:
    assert windows_at(ms(now)) == (
        Window(Period.DAY, day, ms(next_day) // 1000),
        Window(Period.MONTH, month, ms(next_month) // 1000),
    )


@given(st.integers(ms("2015-01-01"), ms("2100-01-01")))
def test_a_window_lasts_until_the_moment_at_which_it_resets(now: int) -> None:
    for n, window in enumerate(windows_at(now)):
        assert now < window.resets_at * 1000
        assert windows_at(window.resets_at * 1000 - 1)[n] == window
        assert windows_at(window.resets_at * 1000)[n].key > window.key


@pytest.mark.parametrize(
    ("limit", "spent", "reserved", "left"),
    [(None, 5, 5, None), (10, 0, 0, 10), (10, 3, 4, 3), (10, 6, 4, 0), (10, 9, 9, 0), (0, 0, 0, 0)],
)
def test_what_is_left_is_never_below_zero(limit: int | None, spent: int, reserved: int, left: int | None) -> None:
    assert budget(limit, spent, reserved).left == left


def test_the_first_budget_that_does_not_hold_refuses() -> None:
    roomy, unlimited, tight, empty = budget(100), budget(None, 10**12), budget(10, 4), budget(5, 5)

    assert first_exceeded([roomy, unlimited, tight, empty], 6) is empty
    assert first_exceeded([roomy, unlimited, tight, empty], 7) is tight
    assert first_exceeded([roomy, unlimited, tight], 6) is None
    assert first_exceeded([roomy, unlimited, empty], 0) is None
    assert first_exceeded([], 10**12) is None


def test_as_many_fit_as_all_budgets_hold_together() -> None:
    roomy, tight = budget(100), budget(10, 4)

    assert fitting([2, 2, 2, 2], [roomy, tight]) == 3
    assert fitting([7, 1], [roomy, tight]) == 0
    assert fitting([1, 1], [budget(None)]) == 2


@pytest.mark.parametrize(
    ("scope", "refuser", "has"),
    [
        (Scope.PERSON, Refuser.LIMIT, "you have $0.02 left today"),
        (Scope.GUILD, Refuser.LIMIT, "this server has $0.02 left today"),
        (Scope.TOTAL, Refuser.BOT, "all who use this bot together have $0.02 left today"),
    ],
)
def test_a_refusal_says_what_it_costs_what_is_left_when_there_is_more_and_who_can_help(
    scope: Scope, refuser: Refuser, has: str
) -> None:
    tight = replace(budget(100 * CENT, 95 * CENT, 3 * CENT, scope), raisable=True)
    four = Order("imagine", "a fox", (TaskOrder("spark_t2i_3_0", {}, 512, 512),) * 4)

    refusal = budget_refusal(tight, Price(8 * CENT, learnt=True), 4, make_fewer(four, 1))

    assert refusal.refuser is refuser
    assert refusal.text == (f"**Four pictures cost $0.08, and {has}.**\nOne fits. There is more <t:1767312000:R>.")
    fewer, *asking = refusal.remedies
    assert isinstance(fewer, MakeFewer)
    assert fewer.count == 1
    assert asking == ([AskModerator(Period.DAY)] if scope is Scope.PERSON else [])


def test_where_nothing_is_left_a_refusal_says_so_and_what_is_held() -> None:
    refusal = budget_refusal(budget(CENT, 0, CENT), Price(1, learnt=True))

    assert refusal.text == (
        "**Your $0.01 for today is used up.**\n"
        "You can go on <t:1767312000:R>. $0.01 of it is held for pictures on the way."
    )
    assert refusal.remedies == []


def test_in_public_no_amount_is_told() -> None:
    refusal = budget_refusal(budget(CENT), Price(2 * CENT, learnt=False))

    assert "costs about $0.02" in refusal.text
    assert "$" not in refusal.text_in_public
