"""Questions before an order goes on: which picture, a high price, what may disappoint, a copy that others see."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import spark
from bot.domain.budgets import Budget, Period, Scope
from bot.domain.confirmation import PriceNotAgreed
from bot.domain.jobs import Order
from bot.domain.money import usd_text
from bot.domain.pictures.sources import Source
from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.wording.pictures_not_found import by_menu
from bot.wording.prices import price_text
from bot.wording.text import jump_url, over_all_servers, pictures_text, plain

COPY_LABEL: Final = "Post it here and go on"
"""Stands on the button that agrees to a copy."""
_WHOSE: Final[Mapping[Scope, str]] = {
    Scope.PERSON: "your",
    Scope.EVERYWHERE: "your",
    Scope.GUILD: "this server's",
    Scope.TOTAL: "everybody's",
}
_TITLE_MAX = 200
_NAME_MAX = 60


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
        "**May I post a copy of this picture here?** Everybody here would see it.\n"
        f"Spark takes a portrait's picture by its address only, and {why}.\n"
        f"If you had rather not, do nothing, or {instead}."
    )


def which_picture(kind: str, hidden_url: str | None) -> str:
    """Ask which picture an order is of, of those that are shown with it."""
    if hidden_url is None:
        return "**Which picture?**"
    return (
        "**Which picture?** One of these, or one that Discord does not show me, "
        f"as in [a newer message]({hidden_url}): {by_menu(kind)}"
    )


def picture_line(number: int, picture: Source, guild_id: int) -> str:
    """Name one of the pictures that are shown, with a link to where it stands."""
    name = plain(picture.filename, _NAME_MAX)
    if picture.result is not None:
        name = f"picture {picture.number} of {picture.of}" if picture.of > 1 else "my picture"
    if picture.channel_id is None or picture.message_id is None:
        return f"**{number}** · {name}"
    return f"**{number}** · [{name}]({jump_url(guild_id, picture.channel_id, picture.message_id)})"


def picture_label(number: int, price: Price) -> str:
    """Name the button that takes one of them, with what it costs: `2 · $0.008`."""
    return f"{number} · {price_text(price)}"


def disappointment_question(order: Order, why: Sequence[str], price: Price) -> str:
    """Ask whether a person will have an order made although it may disappoint, for a price in nano-dollars."""
    return (
        "**This may disappoint: make it all the same?**\n"
        f"{' '.join(why)}\n"
        f"It is for /{order.kind} **{plain(order.title, _TITLE_MAX)}**, {price_text(price)}. "
        "If you had rather not, do nothing, or send it again with another size."
    )


def disappointment_label(price: Price) -> str:
    """Name the button that agrees to what may disappoint, and to its price."""
    return f"Make it · {price_text(price)}"


def price_question(asked: PriceNotAgreed) -> str:
    """Ask whether a person will spend so much: on what, and what is left of the budgets."""
    order = asked.order
    count = len(order.tasks)
    each = f" at {price_text(replace(asked.price, nano=asked.price.nano // count))}" if count > 1 else ""
    return (
        f"**Spend {price_text(asked.price)}?**\n"
        f"It is for {pictures_text(count)}{each}: /{order.kind} **{plain(order.title, _TITLE_MAX)}**\n"
        f"{_left(asked.budgets)}\n"
        f"-# I ask before I spend more than {usd_text(asked.above)} at once. If you had rather not, do nothing."
    )


def price_label(price: Price) -> str:
    """Name the button that agrees to a price."""
    return f"Spend {price_text(price)}"


def too_dear_for_a_reply(asked: PriceNotAgreed) -> Refusal:
    """Say that a reply cannot be asked about its price, for everybody to see; what the person has is not told."""
    return Refusal(
        Refuser.BOT,
        f"That costs {price_text(asked.price)}, and above {usd_text(asked.above)} I ask first.",
        "Use /edit, or **Edit** under the picture: there I can ask you alone.",
    )


def _left(budgets: Sequence[Budget]) -> str:
    """Tell what is left of a person's own budgets, and of any other that is tighter."""
    own = [budget for budget in budgets if budget.scope is Scope.PERSON]
    tightest = min((b.left for b in own if b.left is not None), default=None)
    told = [_left_of(b) for b in own if b.left is not None]
    for budget in budgets:
        if budget.scope is Scope.PERSON or budget.left is None:
            continue
        if tightest is None or budget.left < tightest:
            told.append(_left_of(budget))
    return f"Left: {' · '.join(told)}." if told else "You have no limit here."


def _left_of(budget: Budget) -> str:
    period = "today" if budget.window.period is Period.DAY else "this month"
    limit = f"{_WHOSE[budget.scope]} {usd_text(budget.limit or 0)}"
    return f"**{usd_text(budget.left or 0)}** of {limit} {period}{over_all_servers(budget.scope)}"
