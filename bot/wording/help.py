"""What /help says: examples to copy, what pictures cost, and what may still be spent."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.budgets import Budget, Period, Scope
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.wording.prices import price_text
from bot.wording.text import code_block


@dataclass(frozen=True, slots=True)
class HelpPrices:
    """What a picture of each kind is expected to cost."""

    standard: Price
    hd: Price
    edit: Price
    style: Price
    portrait: Price


def help_text(prices: HelpPrices, budgets: Sequence[Budget]) -> str:
    """Write the help, in fewer than 1,800 characters."""
    return "\n".join(
        [
            "**Words become pictures** · examples to copy",
            code_block("/imagine prompt:a red fox in snow"),
            code_block("/imagine prompt:a lighthouse at dusk aspect:16:9 quality:hd"),
            "**Pictures become other pictures** · attach one as `image`",
            "-# Without one, the newest picture here is taken; if Discord hides a newer message from the bot, "
            "it asks which you mean.",
            code_block("/edit prompt:make it night"),
            code_block("/stylize style:Watercolor Style"),
            code_block("/portrait prompt:as an astronaut"),
            "**Or without commands**",
            "- Reply to one of this bot's pictures, the ping left on, with what to change: *make it snowy*.",
            "- Right-click any picture (on a phone: hold it) → Apps → **Edit image**, **Stylize image**, "
            "**Make a portrait**; the way for pictures that Discord hides from the bot.",
            "- Attach a picture to a message that mentions this bot and says what to change.",
            "- Use the buttons under a result; **Details** shows how it was made.",
            "",
            _costs(prices),
            _left(budgets),
            "-# What you have made: /history · what you have spent: /usage · your defaults: /settings",
        ]
    )


def _costs(prices: HelpPrices) -> str:
    standard, hd = price_text(prices.standard), price_text(prices.hd)
    larger = "" if hd == standard else f" (hd {hd})"
    return (
        f"**Costs** · a picture {standard}{larger}, an edit {price_text(prices.edit)}, "
        f"a style {price_text(prices.style)}, a portrait {price_text(prices.portrait)}; what fails is free."
    )


def _left(budgets: Sequence[Budget]) -> str:
    """Say in one line what a person may still spend: the tightest limit of all that apply."""
    limited = [(budget.left, budget) for budget in budgets if budget.left is not None]
    if not limited:
        return "**Your limit** · none here."
    left, tightest = min(limited, key=lambda pair: pair[0])
    period = "today" if tightest.window.period is Period.DAY else "this month"
    whose = {Scope.PERSON: "", Scope.GUILD: ", shared by this server", Scope.TOTAL: ", shared by all"}[
        tightest.scope
    ]
    return (
        f"**Your limit** · {usd_text(left)} of {usd_text(tightest.limit or 0)} left {period}{whose}; "
        f"it starts anew <t:{tightest.window.resets_at}:R>."
    )
