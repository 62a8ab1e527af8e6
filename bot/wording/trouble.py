"""What comes between people and an answer: a bug, the database or Discord away, time, options that are none."""

from bot.domain.refusals import Refusal, Refuser
from bot.wording.options import cannot_be


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
        "Discord may not have taken my answer.",
        "If nothing has changed or opened, try again in a minute.",
    )


def answer_not_shown(command: str) -> Refusal:
    """Say that Discord does not fill in what a command, such as `/usage`, has begun to answer."""
    return Refusal(
        Refuser.DISCORD,
        "Discord did not take my answer.",
        f"Try again, or use {command} once more.",
    )


def member_not_shown() -> Refusal:
    """Say that Discord does not tell the roles of the member whom a moderator looks at."""
    return Refusal(
        Refuser.DISCORD,
        "Discord does not show me this member now.",
        "Try again in a minute.",
    )


def too_late() -> Refusal:
    """Say that what somebody has begun is no longer kept."""
    return Refusal(
        Refuser.BOT,
        "That has waited too long: I no longer know what it was.",
        "Begin once more.",
    )


def sent_already_or_too_late() -> Refusal:
    """Say that what somebody sends was sent before, or is no longer kept."""
    return Refusal(
        Refuser.BOT,
        "That was sent already, or has waited too long.",
        "What was sent goes on and comes here; if nothing comes, begin once more.",
    )


def unregistered_command() -> Refusal:
    """Say that a command is not the one that this bot has registered, and how to get that one."""
    return Refusal(
        Refuser.BOT,
        "Your Discord shows an older form of this command.",
        "Reload Discord (Ctrl+R) and type it again.",
    )


def not_attached(option: str, value: object) -> Refusal:
    """Say that an option takes a file that comes with its command, which no client of Discord's gets wrong."""
    return cannot_be(option, value, "Attach a picture.")


def unknown_to_discord(option: str) -> Refusal:
    """Say that an option, such as `member` or `role`, names what Discord does not tell of."""
    return Refusal(
        Refuser.BOT, f"Discord does not know that {option}.", f"Choose a {option} from what Discord offers."
    )
