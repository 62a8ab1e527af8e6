"""What was spent and is left, in words: to a person about themselves, to moderators about a member or a server."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.budgets import Budget, Period, Scope
from bot.domain.history import Line, Lines
from bot.domain.moderation.actions import RecordedAction
from bot.domain.moderation.in_force import Allowance
from bot.domain.money import usd_text
from bot.domain.refusals import PastRefusal
from bot.domain.spending import ReportPeriod, Spenders, Spending
from bot.wording.amounts import TIMES, budgets_lines, fitted, job_line, job_lines, kinds_lines
from bot.wording.limits import allowance_lines
from bot.wording.text import plain

CHART_FILENAME: Final = "spending.png"
_WHOSE: Final[Mapping[Scope, str]] = {
    Scope.EVERYWHERE: "You, over all servers",
    Scope.GUILD: "This server",
    Scope.TOTAL: "Everybody together",
}
"""Whose limit is closer than a person's own on a server."""
JOBS: Final = "Pictures"
RECORD: Final = "On record"
_TITLE_MAX: Final = 180
_WHAT_MAX: Final = 120
_REASON_MAX: Final = 80
_GRANTS_MAX: Final = 2
"""Moderators see all; to a person, those that end first matter."""


def usage_report(
    budgets: Sequence[Budget], allowance: Allowance, spending: Spending, newest: Sequence[Line]
) -> list[str]:
    """Write a person's own spend, what is left, and what it went to."""
    own = [budget for budget in budgets if budget.scope is Scope.PERSON]
    parts = [["**What you have here**", *budgets_lines(own)]]
    tightest = min((b.left for b in own if b.left is not None), default=None)
    closer = [
        _closer_line(budget)
        for budget in budgets
        if budget.scope is not Scope.PERSON
        and budget.left is not None
        and (tightest is None or budget.left < tightest)
    ]
    granted = [
        f"{usd_text(grant.amount)} of it granted until <t:{grant.expires_at // 1000}:f>"
        for grant in allowance.grants[:_GRANTS_MAX]
    ]
    stopped = []
    if (block := allowance.block) is not None:
        until = "" if block.expires_at is None else f" until <t:{block.expires_at // 1000}:f>"
        stopped = [f"**A moderator has stopped you from making pictures here{until}.**"]
    parts += [[*stopped, *closer, *granted], kinds_lines(spending)]
    if newest:
        parts.append(["**Your newest** · /history shows all", *(job_line(line) for line in newest)])
    return fitted(parts)


def member_report(
    user_id: int,
    budgets: Sequence[Budget],
    allowance: Allowance,
    spending: Spending,
    refusals: Sequence[PastRefusal],
    actions: Sequence[RecordedAction],
) -> list[str]:
    """Write one member's spend for moderators: their limits, what it went to, and what there was about them."""
    own = budgets_lines(budget for budget in budgets if budget.scope is Scope.PERSON)
    parts = [[f"**What <@{user_id}> has here**", *own], allowance_lines(allowance), kinds_lines(spending)]
    if refusals:
        parts.append(["**What I said no to**", *(_refusal_line(each) for each in refusals)])
    if actions:
        parts.append(["**On record about them**", *(_action_line(each) for each in actions)])
    return fitted(parts)


def member_jobs(user_id: int, page: Lines) -> list[str]:
    """Write a page of a member's jobs for moderators."""
    if not page.lines:
        return [f"**<@{user_id}> has made nothing here.**"]
    where = "" if page.newer else " · newest first"
    parts = [[f"**What <@{user_id}> made here**{where}"]]
    parts += [job_lines(number, line, _TITLE_MAX) for number, line in enumerate(page.lines, start=1)]
    return fitted(parts)


def member_record(
    user_id: int, refusals: Sequence[PastRefusal], actions: Sequence[RecordedAction], most: int
) -> list[str]:
    """Write what a member was refused lately, and what moderators did about them; `most` of each were read."""
    refused = [_refusal_line(each) for each in refusals] or ["-# nothing, as far as is kept"]
    acted = [_action_line(each) for each in actions] or ["-# nothing"]
    lately = f" · the newest {most}" if len(refusals) == most else ""
    newest = f" · the newest {most}" if len(actions) == most else ""
    return fitted(
        [
            [f"**What I said no to, to <@{user_id}>**{lately}", *refused],
            [f"**On record about them**{newest}", *acted],
        ]
    )


def server_report(budgets: Sequence[Budget], spending: Spending, spenders: Spenders) -> list[str]:
    """Write what a server has, what it has spent on what, and who spent the most."""
    own = budgets_lines(each for each in budgets if each.scope is Scope.GUILD)
    parts = [["**What this server has**", *own], kinds_lines(spending)]
    if spenders.entries:
        parts.append(_spenders(spending.span.period, spenders))
    return fitted(parts)


def spenders_page(period: ReportPeriod, spenders: Spenders) -> list[str]:
    """Write a further page of who spent the most on a server."""
    return fitted([_spenders(period, spenders)])


def _spenders(period: ReportPeriod, spenders: Spenders) -> list[str]:
    which = "" if not spenders.page and not spenders.more else f" · page {spenders.page + 1}"
    ranked = enumerate(spenders.entries, start=spenders.first_rank)
    return [
        f"**Who spent the most {TIMES[period]}**{which}",
        *(
            f"{rank}. {_who(each.user_id)} · **{usd_text(each.spent)}**{_held(each.reserved)}"
            for rank, each in ranked
        ),
    ]


def _closer_line(budget: Budget) -> str:
    time = "today" if budget.window.period is Period.DAY else "this month"
    return (
        f"{_WHOSE[budget.scope]}: {usd_text(budget.left or 0)} left {time} · more <t:{budget.window.resets_at}:R>"
    )


def _refusal_line(refusal: PastRefusal) -> str:
    what = _shown(refusal.what)
    told = f"“{what}”" if refusal.is_sentence else f"{refusal.refuser} refused {what}"
    return f"- <t:{refusal.at // 1000}:R> {told}"


def _action_line(recorded: RecordedAction) -> str:
    action = recorded.action
    refused = " · may not do that" if action.refused else ""
    reason = f" · {plain(action.reason, _REASON_MAX)}" if action.reason else ""
    return f"- <t:{action.at // 1000}:R> <@{action.actor_id}> {action.what}{reason}{refused}"


def _shown(what: str) -> str:
    """Cut what a refusal says; its words are the bot's own, with what a person typed already made harmless."""
    return what if len(what) <= _WHAT_MAX else f"{what[:_WHAT_MAX]}…"


def _who(user_id: int) -> str:
    return f"<@{user_id}>" if user_id > 0 else "somebody who has erased their data"


def _held(reserved: int) -> str:
    return f" · {usd_text(reserved)} held" if reserved else ""
