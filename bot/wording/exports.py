"""What is said about the CSV files of a server's spending, and how they are named."""

from datetime import UTC, datetime

from bot.domain.refusals import Refusal, Refuser
from bot.domain.spending import ReportPeriod, Span
from bot.wording.amounts import TIMES


def when_asked(period: ReportPeriod) -> str:
    """Complete "was asked for …"."""
    return "until now" if period is ReportPeriod.ALL else TIMES[period]


def export_name(span: Span) -> str:
    """Begin the names of the files."""
    last = datetime.fromtimestamp(span.until / 1000 - 1, UTC)
    if span.period is ReportPeriod.ALL:
        return f"spend-until-{last:%Y-%m-%d}"
    return f"spend-{datetime.fromtimestamp(span.since / 1000, UTC):%Y-%m-%d}-to-{last:%Y-%m-%d}"


def export_text(period: ReportPeriod, tasks: int, entries: int) -> str:
    """Say what is in the files: how many pictures were asked for, how many entries of the ledger."""
    return (
        f"**What was asked for on this server {when_asked(period)}**\n"
        f"{tasks:,} rows, a picture each, and {entries:,} of the ledger. Times are UTC, amounts US dollars.\n"
        "A ' stands before words that a spreadsheet would take for a formula. "
        "Should it round long ids, `mention` and `task` have them whole.\n"
        "-# Only you see this: save it before you close it. The record says that you have it."
    )


def nothing_to_export(period: ReportPeriod) -> str:
    """Say that nobody has asked for anything in that time."""
    return f"**Nothing to export:** nobody has asked for anything here {when_asked(period)}."


def export_too_large(period: ReportPeriod) -> Refusal:
    """Say that Discord does not take so much, and what it may take."""
    shorter = "month or a week" if period is ReportPeriod.ALL else "day or a week"
    return Refusal(
        Refuser.DISCORD,
        f"What was asked for {TIMES[period]} is more than Discord takes here.",
        f"Choose a shorter period, such as a {shorter}; for more, ask whoever runs this bot.",
    )
