"""What comes between people and an answer: a bug, the database or Discord away, time, options that are none."""

from bot.domain.refusals import Refusal, Refuser
from bot.wording.options import cannot_be


def incident_text(incident: str) -> str:
    """Say that nobody foresaw this, with what finds it in the log."""
    return (
        f"**Something in me broke (incident `{incident}`).**\n"
        "Whatever was on its way goes on; nothing else was charged. "
        "Whoever runs this bot can find out why by the incident's id."
    )


def database_away_text() -> str:
    """Say that the database cannot be reached, and what that means for what was asked."""
    return (
        "**I cannot reach my own records at the moment.**\n"
        "Try again in a few minutes; if it lasts, tell whoever runs this bot. "
        "Most likely nothing was charged; if it was, your picture comes here all the same."
    )


def answer_not_taken() -> Refusal:
    """Say that Discord is away while it is given an answer; it may have taken it."""
    return Refusal(
        Refuser.DISCORD,
        "Discord did not take my answer.",
        "If nothing has changed or opened, try again in a minute.",
    )


def answer_not_shown(command: str) -> Refusal:
    """Say that Discord does not fill in what a command, such as `/usage`, has begun to answer."""
    return Refusal(
        Refuser.DISCORD,
        "Discord does not show it here.",
        f"Open {command} once more, in a minute if need be.",
    )


def member_not_shown() -> Refusal:
    """Say that Discord does not tell the roles of the member whom a moderator looks at."""
    return Refusal(
        Refuser.DISCORD,
        "Discord does not tell me about this member now.",
        "Try again in a minute.",
    )


def too_late() -> Refusal:
    """Say that what somebody has begun is no longer kept."""
    return Refusal(Refuser.BOT, "This has waited too long.", "Begin once more; it takes a moment only.")


def sent_already_or_too_late() -> Refusal:
    """Say that what somebody sends was sent before, or is no longer kept."""
    return Refusal(
        Refuser.BOT,
        "This was sent already, or has waited too long.",
        "What was sent comes here. If nothing does, begin once more.",
    )


def unregistered_command() -> Refusal:
    """Say that a command is not the one that this bot has registered, and how to get that one."""
    return Refusal(
        Refuser.BOT,
        "Your Discord knows an older version of this command.",
        "Reload Discord (Ctrl+R) and type it once more.",
    )


def not_attached(option: str, value: object) -> Refusal:
    """Say that an option takes a file that comes with its command, which no client of Discord's gets wrong."""
    return cannot_be(option, value, "Attach a picture.")


def unknown_to_discord(option: str) -> Refusal:
    """Say that an option, such as `member` or `role`, names what Discord does not tell of."""
    return Refusal(
        Refuser.BOT, f"Discord does not know that {option}.", f"Choose a {option} from what Discord offers."
    )
