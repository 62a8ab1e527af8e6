from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budgets import Budget, Period, Scope, Window, first_exceeded, windows_at
from bot.domain.money import usd_text
from bot.domain.refusals import Refuser
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


@pytest.mark.parametrize(
    ("scope", "refuser", "whose"),
    [
        (Scope.PERSON, Refuser.LIMIT, "your"),
        (Scope.GUILD, Refuser.LIMIT, "this server's"),
        (Scope.TOTAL, Refuser.BOT, "the whole bot's"),
    ],
)
def test_a_refusal_says_which_limit_how_much_is_left_when_it_resets_and_whom_to_ask(
    scope: Scope, refuser: Refuser, whose: str
) -> None:
    refusal = budget_refusal(budget(100 * CENT, 95 * CENT, 3 * CENT, scope), 5 * CENT)

    assert refusal.refuser is refuser
    assert refusal.what == f"this: it would pass {whose} limit for the day"
    assert refusal.why == (
        f"It would cost about $0.05, but of {whose} $1.00 for the day only $0.02 is left "
        "($0.03 of it is held for work in progress)."
    )
    assert (
        refusal.advice == "The day starts anew <t:1767312000:R>. For more before then, ask whoever runs this bot."
    )
    assert refusal.charged_nano == 0


def test_a_refusal_mentions_nothing_held_where_nothing_is() -> None:
    refusal = budget_refusal(budget(CENT, CENT), 1)

    assert refusal.why == (f"It would cost about {usd_text(1)}, but of your $0.01 for the day only $0.00 is left.")
