"""The words of a chart of spending: what it shows, its columns, and what stands for it where it cannot be seen."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from bot.domain.money import usd_text
from bot.domain.spending import ColumnUnit, ReportPeriod
from bot.wording.text import listed, shortened

OWN_SPENDING: Final = "your spending"
MEMBERS_SPENDING: Final = "this member's spending"
SERVERS_SPENDING: Final = "this server's spending"
NOTHING_SPENT: Final = "Nothing was spent yet"
_ALT_MAX: Final = 1024


def chart_caption(whose: str, period: ReportPeriod, first: datetime, unit: ColumnUnit) -> str:
    """Say whose spending is shown, of which time, and what a column is; `first` is when the first one begins."""
    return f"{whose[0].upper()}{whose[1:]} · {_time_text(period, first)} · by {unit}, UTC"


def column_label(period: ReportPeriod, unit: ColumnUnit, begins: datetime) -> str:
    """Name a column in few characters; what goes without saying in the period is left out."""
    match period, unit:
        case _, ColumnUnit.HOUR:
            return f"{begins:%H}:00"
        case ReportPeriod.WEEK, _:
            return f"{begins:%a} {begins.day}"
        case ReportPeriod.MONTH | ReportPeriod.LAST_MONTH, _:
            return str(begins.day)
        case _, ColumnUnit.MONTH:
            return f"{begins:%b %y}"
        case _:
            return f"{begins.day} {begins:%b}"


def chart_alt(
    whose: str, period: ReportPeriod, unit: ColumnUnit, spent: Mapping[str, int], columns: Mapping[datetime, int]
) -> str:
    """Describe a chart to those who do not see it.

    Args:
        whose: completes "Chart of …".
        period: that the chart is about.
        unit: of its columns.
        spent: on each kind of work, in nano-dollars.
        columns: when each begins, with what was spent in it, in nano-dollars.

    """
    start = f"Chart of {whose}, {_time_text(period, min(columns))}, by {unit} (UTC)"
    if not spent:
        return f"{start}: nothing was spent yet."
    kinds = listed([f"{kind} {usd_text(amount)}" for kind, amount in spent.items()])
    busy = sum(1 for amount in columns.values() if amount)
    many = f"1 {unit}" if busy == 1 else f"{busy} {unit}s"
    begins, most = max(columns.items(), key=lambda column: column[1])
    found = f"Something was spent in {many}; the most, {usd_text(most)}, {_in_column(unit, begins)}."
    return shortened(f"{start}: {usd_text(sum(columns.values()))} in all; {kinds}. {found}", _ALT_MAX)


def _time_text(period: ReportPeriod, first: datetime) -> str:
    match period:
        case ReportPeriod.DAY:
            return f"{_day(first)} {first.year}"
        case ReportPeriod.WEEK:
            return "the last 7 days"
        case ReportPeriod.MONTH | ReportPeriod.LAST_MONTH:
            return f"{first:%B %Y}"
        case ReportPeriod.ALL:
            return "all time"


def _in_column(unit: ColumnUnit, begins: datetime) -> str:
    match unit:
        case ColumnUnit.HOUR:
            return f"in the hour from {begins:%H}:00"
        case ColumnUnit.DAY:
            return f"on {_day(begins)}"
        case ColumnUnit.WEEK:
            return f"in the week of {_day(begins)}"
        case ColumnUnit.MONTH:
            return f"in {begins:%B %Y}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
