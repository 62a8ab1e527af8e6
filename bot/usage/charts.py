"""What a chart of spending shows: columns by time, stacked by kind, with their scale, labels and alt text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.domain.kinds import Kind
from bot.domain.money import NANO_PER_USD, usd_text
from bot.domain.spending import ReportPeriod, Spending
from bot.wording.text import listed, shortened

COLOURS: Final[Mapping[str, str]] = {
    Kind.IMAGINE: "#3188fa",
    Kind.EDIT: "#fbd54f",
    Kind.STYLIZE: "#45e6a3",
    Kind.PORTRAIT: "#fb88cd",
}
"""By kind, from the bottom of a column up; apart for colour-blind people too, in hue or in lightness."""
_OTHER: Final = "#9aa0aa"
_LINES_MOST: Final = 4
_LEAST: Final = NANO_PER_USD // 50
"""For what amount the scale's steps are chosen at least."""
_LABELS_MOST: Final = 8
_WIDE: Final = 6
"""Characters of a label from which there is room for one label less."""
_DAYS_MOST: Final = 31
_DAYS_LEAST: Final = 7
_WEEKS_MOST: Final = 26
_ALT_MAX: Final = 1024
_AT: Final = {"hour": "in the hour from", "day": "on", "week": "in", "month": "in"}
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of work."""

    label: str
    amount: str
    colour: str
    values: Sequence[int]
    """Nano-dollars, one for each column."""


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is drawn, and what stands for it where it cannot be seen."""

    headline: str
    caption: str
    series: Sequence[Series]
    """From the bottom up."""
    labels: Sequence[str]
    """One for each column; empty where there is no room for one."""
    lines: Sequence[tuple[int, str]]
    """What the scale is read by: nano-dollars and how they are written; the last is the top."""
    note: str
    """What stands in the place of columns where there are none."""
    alt: str


@dataclass(frozen=True, slots=True)
class _Column:
    begins: datetime
    name: str
    """As it is told in words."""
    label: str


def spending_chart(spending: Spending, whose: str, now_ms: int) -> Chart:
    """Build the chart of what was spent.

    Args:
        spending: of an account or a server.
        whose: completes the caption: "your spending", "this server's spending".
        now_ms: Unix milliseconds.

    """
    columns, unit = _columns(spending, now_ms)
    kinds = [*(kind for kind in COLOURS if kind in spending.by_kind), *sorted(spending.by_kind.keys() - COLOURS)]
    values = {kind: [0] * len(columns) for kind in kinds}
    for cell in spending.cells:
        values[cell.kind][_index(columns, cell.begins_at)] += cell.spent
    spent = {kind: sum(values[kind]) for kind in kinds if any(values[kind])}
    heights = [sum(each) for each in zip(*values.values(), strict=True)] or [0]
    time = _time_text(spending.span.period, columns)
    total = spending.total.spent
    series = [
        Series(kind, _short(amount), COLOURS.get(kind, _OTHER), values[kind]) for kind, amount in spent.items()
    ]
    return Chart(
        headline=usd_text(total),
        caption=f"{whose[0].upper()}{whose[1:]} · {time} · by {unit}, UTC",
        series=series,
        labels=_thinned([column.label for column in columns]),
        lines=_lines(max(heights)),
        note="" if total else "Nothing was spent yet",
        alt=_alt(whose, time, unit, spent, heights, columns),
    )


def _columns(spending: Spending, now_ms: int) -> tuple[Sequence[_Column], str]:
    today = datetime.fromtimestamp(now_ms / 1000, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    span = spending.span
    since = datetime.fromtimestamp(span.since / 1000, UTC)
    match span.period:
        case ReportPeriod.DAY:
            hours = [since + number * _HOUR for number in range(24)]
            return [_Column(hour, f"{hour:%H}:00", f"{hour:%H}:00") for hour in hours], "hour"
        case ReportPeriod.WEEK:
            return [_Column(day, _day(day), f"{day:%a} {day.day}") for day in _days(since, today)], "day"
        case ReportPeriod.MONTH | ReportPeriod.LAST_MONTH:
            last = _next_month(since) - _DAY
            return [_Column(day, _day(day), str(day.day)) for day in _days(since, last)], "day"
        case ReportPeriod.ALL:
            return _columns_of_all(spending, today)


def _columns_of_all(spending: Spending, today: datetime) -> tuple[Sequence[_Column], str]:
    first = min((datetime.fromtimestamp(cell.begins_at, UTC) for cell in spending.cells), default=today)
    days = (today - first).days + 1
    if days <= _DAYS_MOST:
        first = min(first, today - (_DAYS_LEAST - 1) * _DAY)
        return [_Column(day, _day(day), f"{day.day} {day:%b}") for day in _days(first, today)], "day"
    if days <= _WEEKS_MOST * 7:
        monday = first - first.weekday() * _DAY
        weeks = _days(monday, today)[::7]
        return [_Column(week, f"the week of {_day(week)}", f"{week.day} {week:%b}") for week in weeks], "week"
    months, month = [], first.replace(day=1)
    while month <= today:
        months.append(month)
        month = _next_month(month)
    return [_Column(each, f"{each:%B %Y}", f"{each:%b %y}") for each in months], "month"


def _time_text(period: ReportPeriod, columns: Sequence[_Column]) -> str:
    first = columns[0].begins
    match period:
        case ReportPeriod.DAY:
            return f"{_day(first)} {first.year}"
        case ReportPeriod.WEEK:
            return "the last 7 days"
        case ReportPeriod.MONTH | ReportPeriod.LAST_MONTH:
            return f"{first:%B %Y}"
        case ReportPeriod.ALL:
            return "all time"


def _alt(
    whose: str,
    time: str,
    unit: str,
    spent: Mapping[str, int],
    heights: Sequence[int],
    columns: Sequence[_Column],
) -> str:
    start = f"Chart of {whose}, {time}, by {unit} (UTC)"
    if not spent:
        return f"{start}: nothing was spent yet."
    kinds = listed([f"{kind} {usd_text(amount)}" for kind, amount in spent.items()])
    most = max(range(len(heights)), key=lambda number: heights[number])
    busy = sum(1 for height in heights if height)
    many = f"1 {unit}" if busy == 1 else f"{busy} {unit}s"
    where = f"{_AT[unit]} {columns[most].name}"
    found = f"Something was spent in {many}; the most, {usd_text(heights[most])}, {where}."
    return shortened(f"{start}: {usd_text(sum(heights))} in all; {kinds}. {found}", _ALT_MAX)


def _lines(highest: int) -> Sequence[tuple[int, str]]:
    """Choose what the scale is read by: few round amounts, up to one that no column passes."""
    step = next(step for step in _steps() if step * _LINES_MOST >= max(highest, _LEAST))
    count = max(1, -(-highest // step))
    decimals = max(2, len(f"{step % NANO_PER_USD:09d}".rstrip("0"))) if step % NANO_PER_USD else 0
    return [(number * step, _written(number * step, decimals)) for number in range(count + 1)]


def _steps() -> Sequence[int]:
    return [factor * 10**power for power in range(5, 19) for factor in (1, 2, 5)]


def _written(nano: int, decimals: int) -> str:
    whole, fraction = divmod(nano, NANO_PER_USD)
    return f"${whole:,}.{f'{fraction:09d}'[:decimals]}" if decimals else f"${whole:,}"


def _short(nano: int) -> str:
    """Write an amount for the legend: cents where there are dollars."""
    cent = NANO_PER_USD // 100
    return usd_text(nano) if nano < NANO_PER_USD else usd_text((nano + cent // 2) // cent * cent)


def _thinned(labels: Sequence[str]) -> Sequence[str]:
    """Leave so many labels that they have room beside each other."""
    most = _LABELS_MOST if max(len(label) for label in labels) < _WIDE else _LABELS_MOST - 1
    every = -(-len(labels) // most)
    return [label if number % every == 0 else "" for number, label in enumerate(labels)]


def _index(columns: Sequence[_Column], begins_at: int) -> int:
    return max(number for number, column in enumerate(columns) if column.begins.timestamp() <= begins_at)


def _days(first: datetime, last: datetime) -> Sequence[datetime]:
    return [first + number * _DAY for number in range((last - first).days + 1)]


def _next_month(month: datetime) -> datetime:
    return (month.replace(day=1) + 32 * _DAY).replace(day=1)


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
