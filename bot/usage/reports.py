"""What a person has spent and has left, in words."""

from collections.abc import Sequence

from bot.domain.budgets import Budget, Period, Scope
from bot.domain.money import usd_text


def usage_report(budgets: Sequence[Budget]) -> str:
    """Write a person's own spend per day and month, and the tightest other limit where one is close."""
    own = [budget for budget in budgets if budget.scope is Scope.PERSON]
    lines = ["**Your spending here**", *(_line(budget) for budget in own)]
    tightest = min((b.left for b in own if b.left is not None), default=None)
    for budget in budgets:
        if (
            budget.scope is not Scope.PERSON
            and budget.left is not None
            and (tightest is None or budget.left < tightest)
        ):
            whose = "This server" if budget.scope is Scope.GUILD else "The whole bot"
            lines.append(
                f"{whose}: {usd_text(budget.left)} left for the {budget.window.period} · "
                f"starts anew <t:{budget.window.resets_at}:R>"
            )
    return "\n".join(lines)


def _line(budget: Budget) -> str:
    held = f" · reserved {usd_text(budget.reserved)} for work in progress" if budget.reserved else ""
    name = "Today" if budget.window.period is Period.DAY else "This month"
    if budget.limit is None or budget.left is None:
        return f"{name}: spent **{usd_text(budget.spent)}**{held} · no limit"
    return (
        f"{name}: spent **{usd_text(budget.spent)}** of {usd_text(budget.limit)}{held} · "
        f"**{usd_text(budget.left)}** left · starts anew <t:{budget.window.resets_at}:R>"
    )
