"""Why no picture was found to work on, and what its person can do."""

from bot.domain.kinds import Kind
from bot.domain.refusals import Refusal, Refuser


def by_menu(kind: str) -> str:
    """Tell how to choose a picture that only its message's menu shows to the bot."""
    return f"Right-click the picture (on a phone: press and hold it) → Apps → **{Kind(kind).menu}**."


def nothing_here(kind: str, looked_at: int) -> Refusal:
    """Say that there is no picture to take."""
    return Refusal(
        Refuser.BOT,
        "this: there is no picture to work on",
        f"Among the last {looked_at} messages here the bot sees none.",
        f"Attach one as “image”. Or: {by_menu(kind)}",
    )


def hidden_here(kind: str, message_url: str) -> Refusal:
    """Say that a newer message, which the bot cannot read, may hold the picture that is meant."""
    return Refusal(
        Refuser.BOT,
        "to guess which picture you mean",
        f"Discord does not show bots what is in [a newer message here]({message_url}); "
        "it may be the picture that you mean.",
        f"{by_menu(kind)} Or attach it as “image”.",
    )


def hidden_picture() -> Refusal:
    """Say that Discord does not show the bot the message that somebody replies to."""
    return Refusal(
        Refuser.DISCORD,
        "to show this bot that picture",
        "A bot sees only its own pictures, and messages that mention it.",
        by_menu(Kind.EDIT),
    )


def nothing_in_message() -> Refusal:
    """Say that the message whose menu was opened shows no picture."""
    return Refusal(
        Refuser.BOT,
        "this: that message shows no picture",
        "What counts: attached pictures, also forwarded ones, and pictures of links that Discord shows. "
        "Videos, stickers and emojis do not.",
        "Choose a message with a picture, or attach one to a command.",
    )


def message_gone() -> Refusal:
    """Say that the message that somebody replies to has been deleted."""
    return Refusal(
        Refuser.DISCORD,
        "to show this bot that message",
        "It has been deleted.",
        "Reply to another picture, or send it again.",
    )


def no_such_number(number: int, of: int) -> Refusal:
    """Say that somebody named a picture beyond those that are there."""
    there = "There is only one picture." if of == 1 else f"There are {of} pictures."
    names = "Leave the number out." if of == 1 else f"Name one of 1 to {of}, such as “#{of} at night”."
    return Refusal(Refuser.BOT, f"to guess: there is no picture {number}", there, names)


def result_gone() -> Refusal:
    """Say that a picture which the bot has made is no longer where it was posted."""
    return Refusal(
        Refuser.BOT,
        "this: the picture is gone",
        "Its message has been deleted, or the bot cannot see it any more.",
        "Choose another picture, or make it again; /history shows what you have made.",
    )


def result_not_there() -> Refusal:
    """Say that a job has no picture to work on yet."""
    return Refusal(
        Refuser.BOT,
        "this: there is no picture yet",
        "What this message stands for has brought no picture so far.",
        "Wait until its picture is posted, and reply to that.",
    )


def history_closed() -> Refusal:
    """Say that Discord does not let the bot look back."""
    return Refusal(
        Refuser.DISCORD,
        "to show this bot the messages here",
        "It needs the permissions View Channel and Read Message History for that.",
        "Attach the picture as “image”, or ask a moderator to give the bot these permissions here.",
    )


def discord_away() -> Refusal:
    """Say that Discord cannot be asked now."""
    return Refusal(
        Refuser.DISCORD,
        "to show this bot the messages here",
        "It is in trouble, or cannot be reached.",
        "Try again in a minute, or attach the picture.",
    )
