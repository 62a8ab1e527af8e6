from datetime import UTC, datetime

import pytest

from bot.domain.spending import Cell, ReportPeriod, Span, Spending
from bot.usage.charts import Chart, spending_chart

NOW = datetime(2026, 11, 20, 15, 4, tzinfo=UTC)
NANO = 1_000_000_000
Days = dict[str, int]


def chart(period: ReportPeriod, spent: Days, kind: str = "imagine") -> Chart:
    """Build the chart of dollars spent at some times."""
    now = int(NOW.timestamp() * 1000)
    cells = [
        Cell(int(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()), kind, usd * NANO, 0, 1)
        for at, usd in sorted(spent.items())
    ]
    return spending_chart(Spending(Span.at(period, now), cells), "your spending", now)


def heights(of: Chart) -> dict[int, int]:
    """Give the columns that are not empty, in dollars."""
    sums = [sum(each) for each in zip(*(series.values for series in of.series), strict=True)]
    return {number: height // NANO for number, height in enumerate(sums) if height}


@pytest.mark.parametrize(
    ("period", "spent", "columns", "shown", "time"),
    [
        (
            ReportPeriod.DAY,
            {"2026-11-20T00:00": 1, "2026-11-20T14:00": 2},
            24,
            {0: 1, 14: 2},
            "20 November 2026 · by hour",
        ),
        (ReportPeriod.WEEK, {"2026-11-14": 1, "2026-11-20": 2}, 7, {0: 1, 6: 2}, "the last 7 days · by day"),
        (ReportPeriod.MONTH, {"2026-11-01": 1, "2026-11-20": 2}, 20, {0: 1, 19: 2}, "November 2026 · by day"),
        # what was only reserved is no money yet
        (
            ReportPeriod.MONTH,
            {"2026-11-02": 0, "2026-11-09": 1, "2026-11-20": 2},
            12,
            {0: 1, 11: 2},
            "November 2026 · by day",
        ),
        (ReportPeriod.MONTH, {"2026-11-20": 1}, 7, {0: 1}, "November 2026 · by day"),
        # a month ends where it ends
        (ReportPeriod.LAST_MONTH, {"2026-10-30": 1}, 7, {5: 1}, "October 2026 · by day"),
        (ReportPeriod.ALL, {"2026-11-20": 1}, 7, {0: 1}, "all time · by day"),
        (ReportPeriod.ALL, {"2026-10-21": 1, "2026-11-20": 2}, 31, {0: 1, 30: 2}, "all time · by day"),
        # the first week begins on Monday 19 October
        (
            ReportPeriod.ALL,
            {"2026-10-20": 1, "2026-10-25": 2, "2026-10-26": 4},
            5,
            {0: 3, 1: 4},
            "all time · by week",
        ),
        (
            ReportPeriod.ALL,
            {"2025-11-30": 1, "2026-02-28": 2, "2026-11-01": 4},
            13,
            {0: 1, 3: 2, 12: 4},
            "all time · by month",
        ),
    ],
)
def test_money_stands_in_the_column_of_its_time(
    period: ReportPeriod, spent: Days, columns: int, shown: dict[int, int], time: str
) -> None:
    drawn = chart(period, spent)
    assert len(drawn.labels) == columns
    assert heights(drawn) == shown
    assert drawn.caption == f"Your spending · {time}, UTC"
    assert drawn.headline == f"${sum(spent.values())}.00"


@pytest.mark.parametrize(
    ("nano", "lines"),
    [
        (0, ["$0.000", "$0.005"]),
        (6_500_000, ["$0.000", "$0.005", "$0.010"]),
        (3 * NANO, ["$0", "$1", "$2", "$3"]),
        (3 * NANO + 1, ["$0", "$1", "$2", "$3", "$4"]),
        (470 * NANO // 100, ["$0", "$2", "$4", "$6"]),
        (12_345 * NANO, ["$0", "$5,000", "$10,000", "$15,000"]),
    ],
)
def test_the_scale_has_few_round_steps_and_no_column_passes_it(nano: int, lines: list[str]) -> None:
    cells = [Cell(int(NOW.timestamp()) // 86400 * 86400, "edit", nano, 0, 1)]
    span = Span.at(ReportPeriod.WEEK, int(NOW.timestamp() * 1000))
    drawn = spending_chart(Spending(span, cells), "your spending", int(NOW.timestamp() * 1000))
    assert [text for _, text in drawn.lines] == lines
    assert drawn.lines[-1][0] >= nano


def test_kinds_keep_their_place_and_colour_whatever_they_cost() -> None:
    span = Span.at(ReportPeriod.DAY, int(NOW.timestamp() * 1000))
    at = span.since // 1000
    kinds = ["painting", "portrait", "imagine", "edit"]
    cells = [Cell(at, kind, (number + 1) * NANO, 0, 1) for number, kind in enumerate(kinds)]
    drawn = spending_chart(Spending(span, cells), "your spending", int(NOW.timestamp() * 1000))
    assert [(each.label, each.amount) for each in drawn.series] == [
        ("imagine", "$3.00"),
        ("edit", "$4.00"),
        ("portrait", "$2.00"),
        ("painting", "$1.00"),
    ]
    assert len({each.colour for each in drawn.series}) == 4


def test_where_nothing_was_spent_that_is_said() -> None:
    drawn = chart(ReportPeriod.MONTH, {})
    assert (drawn.headline, drawn.note, drawn.series) == ("$0.00", "Nothing was spent yet", [])
    assert drawn.alt == "Chart of your spending, November 2026, by day (UTC): nothing was spent yet."


@pytest.mark.parametrize(
    ("period", "spent", "most"),
    [
        (ReportPeriod.DAY, {"2026-11-20T14:00": 2}, "in 1 hour; the most, $2.00, in the hour from 14:00."),
        (ReportPeriod.MONTH, {"2026-11-01": 1, "2026-11-20": 2}, "in 2 days; the most, $2.00, on 20 November."),
        (ReportPeriod.ALL, {"2025-11-30": 1}, "in 1 month; the most, $1.00, in November 2025."),
    ],
)
def test_the_chart_is_told_in_words(period: ReportPeriod, spent: Days, most: str) -> None:
    assert chart(period, spent).alt.endswith(f"Something was spent {most}")
