"""Questions before an order goes on: a high price, pictures that may disappoint, a copy that others see."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import spark
from bot.domain.budgets import Budget, Scope
from bot.domain.confirmation import PriceNotAgreed
from bot.domain.jobs import Order
from bot.domain.money import usd_text
from bot.domain.pictures.sources import Source
from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.wording.prices import price_text
from bot.wording.text import pictures_text, plain

COPY_LABEL: Final = "Post it here and go on"
"""Stands on the button that agrees to a copy."""
_TITLE_MAX = 200


def copy_question(source: Source) -> str:
    """Ask whether a copy of a person's picture may be posted: say why, and what happens then."""
    if source.needs_copy:
        done = "; ".join(source.changes) or "converted"
        why = f"this one has to be changed first ({done})"
        instead = "send a screenshot of it, or a JPEG or PNG that needs no such change"
        if source.changes == (spark.PLACE_REMOVED,):
            instead = "send a screenshot of it, which does not tell where it was taken"
    else:
        why = "Discord no longer has the file that came with the command"
        instead = "attach it to a new /portrait"
    return (
        "**May the bot post a copy of this picture here?**\n"
        f"Spark takes a portrait's picture by its address only, and {why}. "
        "The bot would post the copy in this channel, where everybody sees it, and then go on.\n"
        f"If you had rather not, do nothing, or {instead}.\n"
        "-# Nothing was charged."
    )


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
        f"That costs {price_text(asked.price)}, and above {usd_text(asked.above)} I ask first.",
        "Use /edit, or **Edit…** under the picture: there I can ask you alone.",
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
