"""What mends a refusal in one press: fewer pictures; asking moderators, their form, and what comes of it."""

from typing import Final

from bot.domain.budgets import Budget, Period
from bot.domain.moderation.decisions import Grant
from bot.domain.money import usd_text
from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.wording.prices import price_text
from bot.wording.text import plain

ASK_MODERATOR: Final = "Ask a moderator"
GRANT_TITLE: Final = "More for this member"
AMOUNT: Final = "How much more, in dollars"
DAYS: Final = "For how many days"
REASON: Final = "Reason"
REASON_HINT: Final = "why; the record keeps it"
ASKED_FOR_IT: Final = "asked for it"
"""Stands as the reason until a moderator writes another."""
_SERVER_MAX: Final = 100


def make_fewer_label(count: int, price: Price) -> str:
    """Name the button that makes as many pictures as fit, with what they cost."""
    return f"Make {count} · {price_text(price)}"


def grant_label(amount: int) -> str:
    """Name the button that opens the form of a grant; the amount that it suggests is in nano-dollars."""
    return f"Grant {usd_text(amount)}…"


def request_text(user_id: int, budget: Budget) -> str:
    """Tell moderators who asks for more, and what they have."""
    time = "today" if budget.window.period is Period.DAY else "this month"
    held = f", {usd_text(budget.reserved)} of it held for pictures on the way" if budget.reserved else ""
    return (
        f"**<@{user_id}> would like more for {time}.**\n"
        f"{usd_text(budget.used)} of {usd_text(budget.limit or 0)} is used{held}.\n"
        "-# For moderators; there is more by itself "
        f"<t:{budget.window.resets_at}:R>."
    )


def answered_text(user_id: int, by: int, amount: int, until: int) -> str:
    """Tell moderators who has granted what was asked for; in nano-dollars, until a moment in Unix milliseconds."""
    return f"**<@{user_id}> has {usd_text(amount)} more** until <t:{until // 1000}:f>, from <@{by}>."


def asked_text(channel_id: int, *, in_log: bool) -> str:
    """Tell a member that the moderators were asked, and where they read it."""
    where = "where they read what I tell them" if in_log else f"in <#{channel_id}>"
    return f"**The moderators are asked,** {where}.\nYou hear from me when one of them grants more."


def more_text(amount: int, until: int, server: str) -> str:
    """Tell a member in private what they were granted, until when (Unix milliseconds), and on which server."""
    return (
        f"**You can go on: you have {usd_text(amount)} more** until <t:{until // 1000}:f>.\n"
        f"A moderator of {plain(server, _SERVER_MAX)} has granted it."
    )


def more_in_public(user_id: int) -> str:
    """Tell a member in sight of others that they have more; how much is not told."""
    return f"<@{user_id}> **You can go on: a moderator has granted you more.**\n/usage shows you alone how much."


def asked_before() -> Refusal:
    """Say that a member has asked for more than this limit already today."""
    return Refusal(
        Refuser.BOT, "The moderators know already that you ask.", "You hear from me when one of them grants more."
    )


def not_raisable() -> Refusal:
    """Say that no moderator can allow more than that."""
    return Refusal(Refuser.BOT, "No moderator can allow you more here.", "Whoever runs this bot can.")


def not_to_be_asked() -> Refusal:
    """Say that Discord does not take the message to the moderators."""
    return Refusal(
        Refuser.DISCORD,
        "I could not ask: Discord did not take it.",
        "Try again in a minute, or ask one of them.",
    )


def granted_before(grant: Grant) -> Refusal:
    """Say that somebody has granted it since it was asked for."""
    return Refusal(
        Refuser.BOT,
        f"<@{grant.granted_by}> has granted {usd_text(grant.amount)} already.",
        "/spend grant adds more to it.",
    )


def nothing_to_grant() -> Refusal:
    """Say that a grant is more than nothing."""
    return Refusal(Refuser.BOT, "How much more?", "Write more than 0 dollars, such as 2.50.")
