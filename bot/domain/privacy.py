"""What is kept of people and for how long, what is said of it, and what happens where it was erased."""

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

_SETTLING: Final = 60 * 60_000
"""Milliseconds after a month's end in which something may still be counted to it."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many seconds things are kept."""

    prompts: float
    """Words, options and links of jobs, and what was refused."""
    inputs: float
    """Pictures that people sent, after the last job that asked for them."""
    results: float
    """Results that Discord has not taken."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """A person's word that what is kept of them is to go."""

    asked_at: int
    """When, in Unix milliseconds."""
    jobs: int
    """Of how many jobs the words were still there."""
    repeated: bool
    """Whether an earlier word has reached all of it already; `asked_at` is then the earlier one's."""


def first_open_month(now_ms: int) -> str:
    """Name the first month (`2026-11`) that something may still be counted to."""
    return month_of(now_ms - _SETTLING)


def month_of(now_ms: int) -> str:
    """Name the month of a moment in Unix milliseconds."""
    return f"{datetime.fromtimestamp(now_ms / 1000, UTC):%Y-%m}"


def counted_until(now_ms: int) -> int:
    """Tell when nothing is counted to this month any more, in Unix seconds."""
    now = datetime.fromtimestamp(now_ms / 1000, UTC)
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    days = calendar.monthrange(now.year, now.month)[1]
    return int((first + timedelta(days=days)).timestamp()) + _SETTLING // 1000
