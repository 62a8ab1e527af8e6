"""What /help says: examples to copy, what pictures cost, and what may still be spent."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.budgets import Budget, Period, Scope
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.wording.prices import price_text
from bot.wording.text import over_all_servers


@dataclass(frozen=True, slots=True)
class HelpPrices:
    """What each example is expected to cost."""

    standard: Price
    hd: Price
    edit: Price
    style: Price
    portrait: Price


def help_text(prices: HelpPrices, budgets: Sequence[Budget]) -> str:
    """Write the help, in fewer than 1,800 characters."""
    return "\n".join(
        [
            "**From your words**",
            _example("/imagine prompt:a red fox in snow", prices.standard),
            _example("/imagine prompt:a lighthouse at dusk size:16:9 hd", prices.hd),
            "**From a picture** · attach one as `image`, or I take the newest here",
            _example("/edit prompt:make it night", prices.edit),
            _example("/stylize style:Watercolor Style", prices.style),
            _example("/portrait prompt:as an astronaut", prices.portrait),
            "**Without commands**",
            "- Reply to one of my pictures with what to change: *make it snowy*",
            "- Right-click any picture (on a phone: hold it) → Apps → "
            "**Edit image**, **Stylize image**, **Make a portrait**",
            "- Press a button under a picture: **1** to **4** open one, **More** shows how it was made",
            "- Something wrong with a picture? Right-click → Apps → **Report picture** tells the moderators",
            f"{_left(budgets)} What fails is free.",
            "-# What you have made: /history · what you spent: /usage · your usual: /settings",
        ]
    )


def _example(line: str, price: Price) -> str:
    return f"`{line}` · {price_text(price)}"


def _left(budgets: Sequence[Budget]) -> str:
    """Say in one line what a person may still spend: the tightest limit of all that apply."""
    limited = [(budget.left, budget) for budget in budgets if budget.left is not None]
    if not limited:
        return "**You have no limit here.**"
    left, tightest = min(limited, key=lambda pair: pair[0])
    period = "today" if tightest.window.period is Period.DAY else "this month"
    who = {Scope.GUILD: "This server has", Scope.TOTAL: "All of us have"}.get(tightest.scope, "You have")
    period += over_all_servers(tightest.scope)
    return (
        f"**{who} {usd_text(left)} left {period}**, of {usd_text(tightest.limit or 0)}. "
        f"It is full again <t:{tightest.window.resets_at}:R>."
    )
