"""Why no picture was found to work on, and what its person can do."""

from typing import Final

from bot.domain.kinds import Kind
from bot.domain.refusals import Refusal, Refuser

FINDING: Final = "to find this picture"
"""Completes "This bot refused …" where nothing is kept of the job that made it."""


def by_menu(kind: str) -> str:
    """Tell how to choose a picture that only its message's menu shows to the bot."""
    return f"Right-click the picture (on a phone: hold it) → Apps → **{Kind(kind).menu}**."


def nothing_here(kind: str, looked_at: int) -> Refusal:
    """Say that there is no picture to take."""
    return Refusal(
        Refuser.BOT,
        "this: there is no picture to work on",
        f"I see no picture in the last {looked_at} messages here.",
        f"Attach one as `image`. {by_menu(kind)}",
    )


def hidden_here(kind: str, message_url: str) -> Refusal:
    """Say that a message which the bot cannot read may hold the picture, and that it sees no other."""
    return Refusal(
        Refuser.BOT,
        "to guess which picture you mean",
        f"Which picture? Discord does not show me what is in [a newer message]({message_url}).",
        f"{by_menu(kind)} Or attach it as `image`.",
    )


def hidden_picture() -> Refusal:
    """Say that Discord does not show the bot the message that somebody replies to."""
    return Refusal(
        Refuser.DISCORD,
        "to show me that picture",
        "Discord shows me only my own pictures, and messages that mention me.",
        by_menu(Kind.EDIT),
    )


def nothing_in_message() -> Refusal:
    """Say that the message whose menu was opened shows no picture."""
    return Refusal(
        Refuser.BOT,
        "this: that message shows no picture",
        "I see no picture in that message.",
        "Choose one with a picture: attached, forwarded, or shown from a link. Videos and stickers are none.",
    )


def message_gone() -> Refusal:
    """Say that the message that somebody replies to has been deleted."""
    return Refusal(
        Refuser.DISCORD,
        "to show me that message",
        "The message that you replied to is gone.",
        "Reply to another picture, or post it again.",
    )


def no_such_number(number: int, of: int) -> Refusal:
    """Say that somebody named a picture beyond those that are there."""
    there = "There is only one picture there." if of == 1 else f"There are {of} pictures, and no picture {number}."
    names = "Leave the number out." if of == 1 else f"Name one of 1 to {of}, such as “#{of} at night”."
    return Refusal(Refuser.BOT, f"to guess: there is no picture {number}", there, names)


def result_gone() -> Refusal:
    """Say that a picture which the bot has made is no longer where it was posted."""
    return Refusal(
        Refuser.BOT,
        "this: the picture is gone",
        "This picture is gone, or where I cannot see it.",
        "Take another one, or make it again; /history shows what you have made.",
    )


def result_not_there() -> Refusal:
    """Say that a job has no picture to work on yet."""
    return Refusal(
        Refuser.BOT,
        "this: there is no picture yet",
        "This picture is not there yet.",
        "Wait until it is posted, and reply to that.",
    )


def history_closed() -> Refusal:
    """Say that Discord does not let the bot look back."""
    return Refusal(
        Refuser.DISCORD,
        "to show me the messages here",
        "I may not look at the messages here.",
        "Attach the picture as `image`, or ask a moderator to give me **View Channel** and "
        "**Read Message History** here.",
    )


def discord_away() -> Refusal:
    """Say that Discord cannot be asked now."""
    return Refusal(
        Refuser.DISCORD,
        "to show me the messages here",
        "Discord does not show me the messages here at the moment.",
        "Try again in a minute, or attach the picture.",
    )
