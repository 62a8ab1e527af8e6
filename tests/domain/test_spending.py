from datetime import UTC, datetime

import pytest

from bot.domain.refusals import Refusal
from bot.domain.spending import ReportPeriod, Span, Step
from bot.orders.periods import require_period


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp() * 1000)  # type: ignore[misc, arg-type]


LEAP_DAY = ms(2028, 2, 29, 23, 59)
NEW_YEAR = ms(2027, 1, 1)


@pytest.mark.parametrize(
    ("period", "now", "since", "until"),
    [
        (ReportPeriod.DAY, LEAP_DAY, ms(2028, 2, 29), ms(2028, 3, 1)),
        (ReportPeriod.WEEK, LEAP_DAY, ms(2028, 2, 23), ms(2028, 3, 1)),
        (ReportPeriod.MONTH, LEAP_DAY, ms(2028, 2, 1), ms(2028, 3, 1)),
        (ReportPeriod.LAST_MONTH, LEAP_DAY, ms(2028, 1, 1), ms(2028, 2, 1)),
        (ReportPeriod.ALL, LEAP_DAY, 0, ms(2028, 3, 1)),
        (ReportPeriod.DAY, NEW_YEAR, NEW_YEAR, ms(2027, 1, 2)),
        (ReportPeriod.WEEK, NEW_YEAR, ms(2026, 12, 26), ms(2027, 1, 2)),
        (ReportPeriod.MONTH, NEW_YEAR, NEW_YEAR, ms(2027, 1, 2)),
        (ReportPeriod.LAST_MONTH, NEW_YEAR, ms(2026, 12, 1), NEW_YEAR),
        (ReportPeriod.DAY, NEW_YEAR - 1, ms(2026, 12, 31), NEW_YEAR),
    ],
)
def test_a_period_is_made_of_whole_utc_days(period: ReportPeriod, now: int, since: int, until: int) -> None:
    span = Span.at(period, now)
    assert (span.since, span.until) == (since, until)
    assert span.step is (Step.HOUR if period is ReportPeriod.DAY else Step.DAY)


@pytest.mark.parametrize(
    ("period", "windows"),
    [
        (ReportPeriod.DAY, ["2027-01-01"]),
        (
            ReportPeriod.WEEK,
            [*(f"2026-12-{day}" for day in range(26, 32)), "2027-01-01"],
        ),
        (ReportPeriod.MONTH, ["2027-01"]),
        (ReportPeriod.LAST_MONTH, ["2026-12"]),
        (ReportPeriod.ALL, ["2026-10", "2026-11", "2026-12", "2027-01"]),
    ],
)
def test_a_period_is_the_sum_of_running_totals(period: ReportPeriod, windows: list[str]) -> None:
    assert list(Span.at(period, NEW_YEAR).windows(first_at=ms(2026, 10, 31, 12))) == windows


def test_a_period_that_nobody_offers_is_refused() -> None:
    assert require_period("week") is ReportPeriod.WEEK
    for written in ("century", "last month", ""):
        with pytest.raises(Refusal, match="The period cannot be"):
            require_period(written)
