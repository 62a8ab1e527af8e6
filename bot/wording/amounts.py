"""Lines that every report of money has: what is spent and left, on what kinds of work, and the newest jobs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.domain.budgets import Budget, Period
from bot.domain.history import Line
from bot.domain.jobs import Job
from bot.domain.money import usd_text
from bot.domain.spending import ReportPeriod, Spending
from bot.wording.history import small_facts, state_text
from bot.wording.text import MESSAGE_MAX, jump_url, pictures_text, plain

TIMES: Final[Mapping[ReportPeriod, str]] = {
    ReportPeriod.DAY: "today",
    ReportPeriod.WEEK: "in the last 7 days",
    ReportPeriod.MONTH: "this month",
    ReportPeriod.LAST_MONTH: "last month",
    ReportPeriod.ALL: "in all",
}
"""Complete "was spent …"."""
_TITLE_MAX = 60
_MORE = "-# …"


def budget_line(budget: Budget, name: str | None = None) -> str:
    """Write what is spent of a budget, what is held for work in progress, what is left and when it starts anew."""
    held = f" · reserved {usd_text(budget.reserved)} for work in progress" if budget.reserved else ""
    name = name or ("Today" if budget.window.period is Period.DAY else "This month")
    if budget.limit is None or budget.left is None:
        return f"{name}: spent **{usd_text(budget.spent)}**{held} · no limit"
    return (
        f"{name}: spent **{usd_text(budget.spent)}** of {usd_text(budget.limit)}{held} · "
        f"**{usd_text(budget.left)}** left · starts anew <t:{budget.window.resets_at}:R>"
    )


def kinds_lines(spending: Spending) -> list[str]:
    """Write what was spent in a time, and on what kinds of work."""
    total, time = spending.total, TIMES[spending.span.period]
    if not total.spent and not total.reserved:
        return [f"**Spent {time}:** nothing"]
    held = f" · reserved {usd_text(total.reserved)}" if total.reserved else ""
    kinds = [
        f"/{kind} {usd_text(amounts.spent)} ({amounts.pictures})"
        for kind, amounts in spending.by_kind.items()
        if amounts.spent
    ]
    lines = [f"**Spent {time}: {usd_text(total.spent)}**{held} · {pictures_text(total.pictures)}"]
    return [*lines, f"-# {' · '.join(kinds)}"] if kinds else lines


def job_line(line: Line) -> str:
    """Write a job in one line: its words, which lead to its message where there is one, its cost, its age."""
    job = line.job
    words = _title_text(job, _TITLE_MAX)
    at = link_of(job)
    shown = f"[{words}]({at})" if at else words
    cost = usd_text(job.cost_nano) if job.cost_nano else state_text(line)
    return f"- {shown} · {cost} · <t:{job.accepted_at // 1000}:R>"


def job_lines(number: int, line: Line, longest: int) -> list[str]:
    """Write a job of a list with its words at length."""
    job = line.job
    return [
        f"{number}. **{_title_text(job, longest)}** · <t:{job.accepted_at // 1000}:R>",
        f"-# {small_facts(job)} · {state_text(line)}",
    ]


def _title_text(job: Job, longest: int) -> str:
    """Write a job's words, or that they are gone."""
    return plain(job.title, longest) or "(words erased)"


def link_of(job: Job) -> str | None:
    """Give the address of a job's message, while there is one."""
    if job.result_id is None or job.result_channel_id is None or job.removed_at is not None:
        return None
    return jump_url(job.result_guild_id, job.result_channel_id, job.result_id)


def fitted(parts: Iterable[Sequence[str]]) -> str:
    """Join parts to one message, each a heading and its lines; what has no room is marked.

    A heading of which no line has room is left out with them.
    """
    written: list[str] = []
    room = MESSAGE_MAX - len(_MORE) - 1
    for part in parts:
        taken = 0
        while taken < len(part) and sum(len(each) + 1 for each in part[: taken + 1]) <= room:
            taken += 1
        if taken == len(part) or taken > 1:
            written += part[:taken]
            room -= sum(len(each) + 1 for each in part[:taken])
        if taken < len(part):
            written.append(_MORE)
            break
    return "\n".join(written)
