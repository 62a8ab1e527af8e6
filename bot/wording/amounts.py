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
from bot.wording.withheld import title_to_say

TIMES: Final[Mapping[ReportPeriod, str]] = {
    ReportPeriod.DAY: "today",
    ReportPeriod.WEEK: "in the last 7 days",
    ReportPeriod.MONTH: "this month",
    ReportPeriod.LAST_MONTH: "last month",
    ReportPeriod.ALL: "in all",
}
"""Complete "was spent …"."""
LINES_MAX: Final = 15
"""The most lines of a private page."""
_TITLE_MAX = 60
_BAR = 10
_MORE = "-# …"


def budget_lines(budget: Budget) -> list[str]:
    """Write what is left of a budget, how much of it that is, and when there is more."""
    time = "Today" if budget.window.period is Period.DAY else "This month"
    if budget.limit is None or budget.left is None:
        return [f"{time}: **{usd_text(budget.spent)}** spent, without a limit"]
    left = "nothing" if not budget.left else usd_text(budget.left)
    return [
        f"{time}: **{left} left** of {usd_text(budget.limit)}",
        f"{_bar(budget.left, budget.limit)} more <t:{budget.window.resets_at}:R>",
    ]


def budgets_lines(budgets: Iterable[Budget]) -> list[str]:
    """Write what is left of some budgets, and what of them is held for work in progress."""
    lines, held = [], 0
    for budget in budgets:
        lines += budget_lines(budget)
        held = max(held, budget.reserved)
    return [*lines, f"-# {usd_text(held)} of it is held for pictures on the way"] if held else lines


def _bar(left: int, limit: int) -> str:
    """Draw how much of a limit is left: full is all of it; what is left at all shows."""
    full = min(_BAR, -(-left * _BAR // limit)) if limit else 0
    return f"`{'█' * full}{'░' * (_BAR - full)}`"


def kinds_lines(spending: Spending) -> list[str]:
    """Write what was spent in a time, and on what kinds of work."""
    total, time = spending.total, TIMES[spending.span.period]
    if not total.spent:
        return [f"**Nothing spent {time}**"]
    kinds = [
        f"{usd_text(amounts.spent)} on {amounts.pictures:,} by /{kind}"
        for kind, amounts in spending.by_kind.items()
        if amounts.spent
    ]
    lines = [f"**{usd_text(total.spent)} spent {time}** on {pictures_text(total.pictures)}"]
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
    return plain(title_to_say(job), longest) or "(words no longer kept)"


def link_of(job: Job) -> str | None:
    """Give the address of a job's message, while there is one."""
    if job.result_id is None or job.result_channel_id is None or job.removed_at is not None:
        return None
    return jump_url(job.result_guild_id, job.result_channel_id, job.result_id)


def fitted(parts: Iterable[Sequence[str]]) -> list[str]:
    """Make the blocks of one page of parts, each a heading and its lines; what has no room is marked.

    A heading of which no line has room is left out with them.
    """
    parts = [part for part in parts if part]
    blocks: list[str] = []
    room = MESSAGE_MAX - len(_MORE) - 1
    lines = LINES_MAX if sum(map(len, parts)) <= LINES_MAX else LINES_MAX - 1
    for part in parts:
        taken = 0
        while taken < min(len(part), lines) and sum(len(each) + 1 for each in part[: taken + 1]) <= room:
            taken += 1
        if taken == len(part) or taken > 1:
            blocks.append("\n".join(part[:taken]))
            lines -= taken
            room -= len(blocks[-1]) + 1
        if taken < len(part):
            blocks[-1:] = [f"{each}\n{_MORE}" for each in blocks[-1:]] or [_MORE]
            break
    return blocks
