"""Periods of reports as people choose them."""

from collections.abc import Sequence
from typing import Final

from bot.domain.spending import ReportPeriod
from bot.orders.options import checked_choice

REPORTED: Final = (ReportPeriod.DAY, ReportPeriod.WEEK, ReportPeriod.MONTH, ReportPeriod.ALL)
"""What reports are offered for; what can be exported is every period."""


def require_period(written: str, offered: Sequence[ReportPeriod] = REPORTED) -> ReportPeriod:
    """Read a period; raises `Refusal` where it is none of those that are offered."""
    return checked_choice("period", written, {str(period): period for period in offered})
