"""What comes between people and an answer: a bug, the database or Discord away, time, options that are none."""

from bot.domain.refusals import Refusal, Refuser
from bot.wording.options import shown, wrong


def incident_text(incident: str) -> str:
    """Say that nobody foresaw this, with what finds it in the log."""
    return (
        f"**Something in this bot broke (incident `{incident}`).**\n"
        "Nothing is lost: what was accepted goes on, and what was not accepted is not charged.\n"
        "Tell whoever runs this bot the incident's id; the log carries it."
    )


def database_away_text() -> str:
    """Say that the database cannot be reached, and what that means for what was asked."""
    return (
        "**This bot cannot reach its own records at the moment.**\n"
        "As far as is known, nothing was accepted and nothing charged; "
        "should it have been, the picture is posted here.\n"
        "Try again in a few minutes; if it lasts, tell whoever runs this bot."
    )


def answer_not_taken() -> Refusal:
    """Say that Discord is away while it is given an answer; it may have taken it."""
    return Refusal(
        Refuser.DISCORD,
        "to take this bot's answer",
        "It is in trouble, or cannot be reached.",
        "If nothing has changed or opened, try again in a minute.",
    )


def answer_not_shown(command: str) -> Refusal:
    """Say that Discord does not fill in what a command, such as `/usage`, has begun to answer."""
    return Refusal(
        Refuser.DISCORD,
        "to show it here",
        "The message was closed, or Discord is in trouble or cannot be reached.",
        f"Try again, or open {command} anew.",
    )


def member_not_shown() -> Refusal:
    """Say that Discord does not tell the roles of the member whom a moderator looks at."""
    return Refusal(
        Refuser.DISCORD,
        "to show this now",
        "It is in trouble, cannot be reached, or does not let the bot look at this member.",
        "Try again in a minute.",
    )


def too_late() -> Refusal:
    """Say that what somebody has begun is no longer kept."""
    return Refusal(
        Refuser.BOT,
        "this: it has waited too long",
        "What you had begun here is no longer known.",
        "Begin it anew.",
    )


def sent_already_or_too_late() -> Refusal:
    """Say that what somebody sends was sent before, or is no longer kept."""
    return Refusal(
        Refuser.BOT,
        "this: it was sent already, or has waited too long",
        "What was sent goes on and is posted; what has waited too long is no longer known.",
        "If nothing comes of it, begin it anew.",
    )


def unregistered_command() -> Refusal:
    """Say that a command is not the one that this bot has registered, and how to get that one."""
    return Refusal(
        Refuser.BOT,
        "this command",
        "Its options are not what this bot has registered with Discord.",
        "Reload Discord (Ctrl+R) and type it again.",
    )


def not_attached(option: str, value: object) -> Refusal:
    """Say that an option takes a file that comes with its command, which no client of Discord's gets wrong."""
    return wrong(option, f"it is {shown(value)}", "Attach a picture.")


def unknown_to_discord(option: str) -> Refusal:
    """Say that an option, such as `member` or `role`, names what Discord does not tell of."""
    return wrong(option, "Discord does not know it", f"Choose a {option} from what Discord offers.")
