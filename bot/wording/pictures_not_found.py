"""Why no picture was found to work on, and what its person can do."""

from bot.domain.kinds import Kind
from bot.domain.refusals import NoPicture, Refusal, Refuser


def by_menu(kind: str) -> str:
    """Tell how to choose a picture that only its message's menu shows to the bot."""
    return f"Right-click the picture (on a phone: hold it) → Apps → **{Kind(kind).menu}**."


def nothing_here(kind: str, looked_at: int) -> NoPicture:
    """Say that there is no picture to take."""
    return NoPicture(
        Refuser.BOT,
        f"Which picture? I see none among the last {looked_at} messages here.",
        f"Attach one as `image`. For one that you see: {by_menu(kind)}",
    )


def hidden_here(kind: str, message_url: str) -> NoPicture:
    """Say that a message which the bot cannot read may hold the picture, and that it sees no other."""
    return NoPicture(
        Refuser.BOT,
        f"Which picture? It may be in [a newer message]({message_url}), which Discord does not show me.",
        f"{by_menu(kind)} You can also attach it as `image`.",
    )


def hidden_picture() -> Refusal:
    """Say that Discord does not show the bot the message that somebody replies to."""
    return Refusal(Refuser.DISCORD, "Discord does not show me that picture.", by_menu(Kind.EDIT))


def nothing_in_message() -> Refusal:
    """Say that the message whose menu was opened shows no picture."""
    return Refusal(
        Refuser.BOT,
        "That message shows no picture.",
        "What counts: attached pictures, also forwarded ones, and those of links; no videos, stickers or emojis.",
    )


def message_gone() -> Refusal:
    """Say that the message that somebody replies to has been deleted."""
    return Refusal(
        Refuser.DISCORD, "That message has been deleted.", "Reply to another picture, or send it again."
    )


def no_such_number(number: int, of: int) -> Refusal:
    """Say that somebody named a picture beyond those that are there."""
    there = "there is only one" if of == 1 else f"there are {of}"
    names = "Leave the number out." if of == 1 else f"Name one of 1 to {of}, such as “#{of} at night”."
    return Refusal(Refuser.BOT, f"There is no picture {number}: {there}.", names)


def result_gone() -> Refusal:
    """Say that a picture which the bot has made is no longer where it was posted."""
    return Refusal(
        Refuser.BOT, "The picture is gone.", "Choose another one, or make it again; /history shows what you made."
    )


def result_not_there() -> Refusal:
    """Say that a job has no picture to work on yet."""
    return Refusal(Refuser.BOT, "There is no picture yet.", "Wait until it is posted, and reply to that.")


def history_closed() -> NoPicture:
    """Say that Discord does not let the bot look back."""
    return NoPicture(
        Refuser.DISCORD,
        "I may not look back here: I lack View Channel or Read Message History.",
        "Attach the picture as `image`, or ask a moderator to allow me that here.",
    )


def discord_away() -> NoPicture:
    """Say that Discord cannot be asked now."""
    return NoPicture(
        Refuser.DISCORD,
        "Discord does not show me the messages here now.",
        "Try again in a minute, or attach the picture.",
    )
