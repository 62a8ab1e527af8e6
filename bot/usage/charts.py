"""What a chart of spending shows: columns by time, stacked by kind, with their scale, labels and alt text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.domain.kinds import Kind
from bot.domain.money import NANO_PER_USD, usd_text
from bot.domain.spending import ColumnUnit, ReportPeriod, Spending
from bot.wording.charts import NOTHING_SPENT, chart_alt, chart_caption, column_label

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
_LABELS_MOST: Final = 7
_WIDE: Final = 6
"""Characters of a label from which there is room for one label less."""
_DAYS_MOST: Final = 31
_WEEKS_MOST: Final = 26
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_WEEK: Final = 6 * _DAY
"""From its first day to its last; no chart of days is shorter."""


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
    for cell in filter(lambda each: each.spent, spending.cells):
        values[cell.kind][_index(columns, cell.begins_at)] += cell.spent
    spent = {kind: sum(values[kind]) for kind in kinds if any(values[kind])}
    heights = [sum(values[kind][number] for kind in kinds) for number in range(len(columns))]
    period, total = spending.span.period, spending.total.spent
    series = [
        Series(kind, _short(amount), COLOURS.get(kind, _OTHER), values[kind]) for kind, amount in spent.items()
    ]
    return Chart(
        headline=usd_text(total),
        caption=chart_caption(whose, period, columns[0], unit),
        series=series,
        labels=_thinned([column_label(period, unit, begins) for begins in columns]),
        lines=_lines(max(heights)),
        note="" if total else NOTHING_SPENT,
        alt=chart_alt(whose, period, unit, spent, dict(zip(columns, heights, strict=True))),
    )


def _columns(spending: Spending, now_ms: int) -> tuple[Sequence[datetime], ColumnUnit]:
    """Tell when each column begins, and how long it is."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    span = spending.span
    since = datetime.fromtimestamp(span.since / 1000, UTC)
    match span.period:
        case ReportPeriod.DAY:
            return [since + number * _HOUR for number in range(24)], ColumnUnit.HOUR
        case ReportPeriod.WEEK:
            return _days(since, today), ColumnUnit.DAY
        case ReportPeriod.MONTH | ReportPeriod.LAST_MONTH:
            return _days_of_month(spending, since, today), ColumnUnit.DAY
        case ReportPeriod.ALL:
            return _columns_of_all(spending, today)


def _days_of_month(spending: Spending, since: datetime, today: datetime) -> Sequence[datetime]:
    """Give the days of a month from the first with money up to today, at least a week of them."""
    first, month_end = _first_spent(spending, since), _next_month(since) - _DAY
    last = min(month_end, max(today, first + _WEEK))
    return _days(min(first, last - _WEEK), last)


def _first_spent(spending: Spending, otherwise: datetime) -> datetime:
    spent = (datetime.fromtimestamp(cell.begins_at, UTC) for cell in spending.cells if cell.spent)
    return min(spent, default=otherwise)


def _columns_of_all(spending: Spending, today: datetime) -> tuple[Sequence[datetime], ColumnUnit]:
    first = _first_spent(spending, today)
    days = (today - first).days + 1
    if days <= _DAYS_MOST:
        return _days(first, max(today, first + _WEEK)), ColumnUnit.DAY
    if days <= _WEEKS_MOST * 7:
        return _days(first - first.weekday() * _DAY, today)[::7], ColumnUnit.WEEK
    months, month = [], first.replace(day=1)
    while month <= today:
        months.append(month)
        month = _next_month(month)
    return months, ColumnUnit.MONTH


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
    """Write an amount for the legend: cents where there are dollars, none where there are a thousand."""
    cent = NANO_PER_USD // 100
    if nano >= 1000 * NANO_PER_USD:
        return _written(nano + NANO_PER_USD // 2, 0)
    return usd_text(nano) if nano < NANO_PER_USD else usd_text((nano + cent // 2) // cent * cent)


def _thinned(labels: Sequence[str]) -> Sequence[str]:
    """Leave so many labels that they have room beside each other."""
    most = _LABELS_MOST if max(len(label) for label in labels) < _WIDE else _LABELS_MOST - 1
    every = -(-len(labels) // most)
    return [label if number % every == 0 else "" for number, label in enumerate(labels)]


def _index(columns: Sequence[datetime], begins_at: int) -> int:
    return max(number for number, column in enumerate(columns) if column.timestamp() <= begins_at)


def _days(first: datetime, last: datetime) -> Sequence[datetime]:
    return [first + number * _DAY for number in range((last - first).days + 1)]


def _next_month(month: datetime) -> datetime:
    return (month.replace(day=1) + 32 * _DAY).replace(day=1)
