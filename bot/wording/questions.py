"""Questions before money is spent: a high price, and pictures that may disappoint."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.budgets import Budget, Scope
from bot.domain.confirmation import PriceNotAgreed
from bot.domain.jobs import Order
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.wording.prices import price_text
from bot.wording.text import pictures_text, plain

_TITLE_MAX = 200


def disappointment_question(order: Order, why: Sequence[str], price: Price) -> str:
    """Ask whether a person will have an order made although it may disappoint, for a price in nano-dollars."""
    return (
        f"**This may disappoint: make it all the same?**\n"
        f"It is for /{order.kind} **{plain(order.title, _TITLE_MAX)}**\n"
        f"{' '.join(why)}\n"
        f"It would cost {price_text(price)}. "
        "If you had rather not, do nothing, or send it again with another size.\n"
        "-# Nothing was charged."
    )


def disappointment_label(price: Price) -> str:
    """Name the button that agrees to what may disappoint, and to its price."""
    return f"Make it all the same · {price_text(price)}"


def price_question(asked: PriceNotAgreed) -> str:
    """Ask whether a person will spend so much: on what, and what is left of the budgets."""
    order = asked.order
    count = len(order.tasks)
    each = f", {price_text(replace(asked.price, nano=asked.price.nano // count))} each" if count > 1 else ""
    return (
        f"**Spend {price_text(asked.price)}?**\n"
        f"It is for {pictures_text(count)}{each}: /{order.kind} **{plain(order.title, _TITLE_MAX)}**\n"
        f"{_left(asked.budgets)}\n"
        f"This bot asks before it spends more than {usd_text(asked.above)} at once. "
        "If you had rather not, do nothing, or ask for fewer or smaller pictures.\n"
        "-# Nothing was charged."
    )


def price_label(price: Price) -> str:
    """Name the button that agrees to a price."""
    return f"Spend {price_text(price)}"


def too_dear_for_a_reply(asked: PriceNotAgreed) -> Refusal:
    """Say that a reply cannot be asked about its price, for everybody to see; what the person has is not told."""
    return Refusal(
        Refuser.BOT,
        f"to spend {price_text(asked.price)} on a reply",
        f"Above {usd_text(asked.above)} this bot asks first, which it can do in private after a command only.",
        "Use /edit, or Edit… under the picture.",
    )


def _left(budgets: Sequence[Budget]) -> str:
    """Tell what is left of a person's own budgets, and of any other that is tighter."""
    own = [budget for budget in budgets if budget.scope is Scope.PERSON]
    tightest = min((b.left for b in own if b.left is not None), default=None)
    told = [_left_of(b, "your") for b in own if b.left is not None]
    for budget in budgets:
        if budget.scope is Scope.PERSON or budget.left is None:
            continue
        if tightest is None or budget.left < tightest:
            told.append(_left_of(budget, "this server's" if budget.scope is Scope.GUILD else "the whole bot's"))
    return f"Left: {' · '.join(told)}." if told else "No limit applies to you here."


def _left_of(budget: Budget, whose: str) -> str:
    return (
        f"**{usd_text(budget.left or 0)}** of {whose} {usd_text(budget.limit or 0)} for the {budget.window.period}"
    )
