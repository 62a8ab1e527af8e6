"""What was spent: in which time, on what kinds of work, by whom; money counts to the day of its acceptance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.jobs import Job

_WEEK: Final = 7


class ReportPeriod(StrEnum):
    """Which time a report is about."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last month"
    ALL = "all"


class Step(StrEnum):
    """How finely a report tells time."""

    HOUR = "hour"
    DAY = "day"


class ColumnUnit(StrEnum):
    """Which time one column of a chart stands for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Span:
    """A time that a report is about, whole UTC days."""

    period: ReportPeriod
    since: int
    """Unix milliseconds; 0 where it begins with the first job."""
    until: int
    """Unix milliseconds; the first that is not in it."""

    @classmethod
    def at(cls, period: ReportPeriod, now_ms: int) -> "Span":
        """Build the time that a period means now (Unix milliseconds)."""
        now = datetime.fromtimestamp(now_ms / 1000, UTC)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        tomorrow = today + timedelta(days=1)
        first = today.replace(day=1)
        match period:
            case ReportPeriod.DAY:
                return cls(period, _ms(today), _ms(tomorrow))
            case ReportPeriod.WEEK:
                return cls(period, _ms(tomorrow - timedelta(days=_WEEK)), _ms(tomorrow))
            case ReportPeriod.MONTH:
                return cls(period, _ms(first), _ms(tomorrow))
            case ReportPeriod.LAST_MONTH:
                return cls(period, _ms((first - timedelta(days=1)).replace(day=1)), _ms(first))
            case ReportPeriod.ALL:
                return cls(period, 0, _ms(tomorrow))

    @property
    def step(self) -> Step:
        """Tell how finely it is told: a single day by the hour."""
        return Step.HOUR if self.period is ReportPeriod.DAY else Step.DAY

    def windows(self, first_at: int) -> tuple[str, ...]:
        """Name the days, or where it is made of whole months those, whose running totals add up to it.

        Args:
            first_at: when the first job was accepted (Unix milliseconds); before it there are no totals.

        """
        if self.period in {ReportPeriod.DAY, ReportPeriod.WEEK}:
            return tuple(f"{day:%Y-%m-%d}" for day in self._days())
        month = _utc(max(self.since, first_at)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        found = []
        while month < _utc(self.until):
            found.append(f"{month:%Y-%m}")
            month = (month + timedelta(days=32)).replace(day=1)
        return tuple(found)

    def _days(self) -> list[datetime]:
        since, until = _utc(self.since), _utc(self.until)
        return [since + timedelta(days=number) for number in range((until - since).days)]


@dataclass(frozen=True, slots=True)
class Cell:
    """What was spent on one kind of work in one hour or day, in nano-dollars."""

    begins_at: int
    """When the hour or day begins, in Unix seconds."""
    kind: str
    spent: int
    reserved: int
    pictures: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """Spent, reserved and made, together."""

    spent: int = 0
    reserved: int = 0
    pictures: int = 0

    @classmethod
    def of(cls, cells: Sequence[Cell]) -> "Amounts":
        """Add up cells."""
        return cls(
            sum(cell.spent for cell in cells),
            sum(cell.reserved for cell in cells),
            sum(cell.pictures for cell in cells),
        )


@dataclass(frozen=True, slots=True)
class Spending:
    """What an account or a server has spent in a time."""

    span: Span
    cells: Sequence[Cell]
    """In the order of time; none for an hour or a day in which nothing was asked for."""

    @property
    def total(self) -> Amounts:
        """Add all of it up."""
        return Amounts.of(self.cells)

    @property
    def by_kind(self) -> Mapping[str, Amounts]:
        """Add it up by kind of work, the dearest first."""
        kinds = {cell.kind for cell in self.cells}
        sums = {kind: Amounts.of([cell for cell in self.cells if cell.kind == kind]) for kind in kinds}
        return dict(sorted(sums.items(), key=lambda each: (-each[1].spent, -each[1].reserved, each[0])))


@dataclass(frozen=True, slots=True)
class Spender:
    """What one person has spent on a server, in nano-dollars."""

    user_id: int
    """Negative where the person has had their data erased."""
    spent: int
    reserved: int


@dataclass(frozen=True, slots=True)
class Spenders:
    """A page of those who have spent something on a server, the most first."""

    page: int
    """The first is 0."""
    first_rank: int
    entries: Sequence[Spender]
    more: bool


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry of the ledger, as an export shows it."""

    job_id: int
    position: int
    kind: str
    """reserve, raise, settle or release."""
    amount: int
    """Nano-dollars."""
    user_id: int
    day: str
    """The UTC day that it counts to."""
    at: int
    """Unix milliseconds."""


@dataclass(frozen=True, slots=True)
class ExportBatch:
    """Some jobs of a server in the order of time, and all that the ledger has about them."""

    jobs: Sequence[Job]
    entries: Sequence[LedgerEntry]


def _utc(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def _ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000
