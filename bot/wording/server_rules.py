"""A server's rules in words: for the moderators who make them, and for members whom they stop."""

from collections.abc import Collection, Mapping
from typing import Final

from bot.domain.moderation.server_rules import ResultPlace, ServerRules
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import listed

_NAMED = 5
RESULT_PLACES: Final[Mapping[ResultPlace, str]] = {
    ResultPlace.THREAD: "into a thread each",
    ResultPlace.DAY: "into one thread for each member and day",
    ResultPlace.HERE: "into the channel itself",
}
"""Where pictures go."""


def rules_text(rules: ServerRules) -> str:
    """Write what holds on a server now."""
    log = "none; what moderators do is kept all the same"
    if rules.log_channel_id is not None:
        log = f"<#{rules.log_channel_id}>"
    replies = "on; a reply to a picture that says what to change edits it" if rules.replies else "off"
    allowed = "everywhere"
    if rules.allowed_channels is not None:
        named = " ".join(f"<#{channel_id}>" for channel_id in sorted(rules.allowed_channels))
        allowed = (
            f"in {named} and their threads" if named else "nowhere; allow a channel, or clear the allowed ones"
        )
    return "\n".join(
        [
            "**How it works on this server**",
            f"Log channel: {log}",
            f"Replies: {replies}",
            f"Pictures go: {RESULT_PLACES[rules.results]}",
            f"Pictures are made: {allowed}",
        ]
    )


def rules_changed_text(rules: ServerRules) -> str:
    """Say that the rules were changed, and what holds now."""
    return f"**Changed.** {rules_text(rules)}"


def replies_are_off() -> Refusal:
    """Say that replies edit nothing here, and what does."""
    return Refusal(
        Refuser.SERVER,
        "Replies change no pictures on this server.",
        "Right-click the picture → Apps → Edit image, or use /edit.",
    )


def not_allowed_here(allowed_channels: Collection[int]) -> Refusal:
    """Say that the bot may not be used in a channel, and where it may."""
    named = [f"<#{channel_id}>" for channel_id in sorted(allowed_channels)[:_NAMED]]
    if (more := len(allowed_channels) - _NAMED) > 0:
        named.append(f"{more} more")
    where = f"Go to {listed(named, 'or')}" if named else "Ask a moderator to allow a channel"
    return Refusal(Refuser.SERVER, "Pictures are made in other channels here.", f"{where}.")


def not_listed(channel_id: int, *, everywhere: bool) -> Refusal:
    """Say that a channel cannot be disallowed which is not allowed by name."""
    so = "Every channel is allowed now." if everywhere else f"<#{channel_id}> is not allowed anyway."
    return Refusal(Refuser.BOT, so, "Allow the channels that you want; all others are out with the first one.")


def log_channel_not_theirs(channel_id: int) -> Refusal:
    """Say that a moderator cannot choose a log channel that they cannot see and write in themselves."""
    return Refusal(
        Refuser.BOT,
        f"You cannot see <#{channel_id}> and write there yourself.",
        "Choose another channel of this server, or ask somebody who can.",
    )


def log_channel_closed(channel_id: int, permissions: str) -> Refusal:
    """Say which permissions, named as Discord does, the bot lacks in the chosen log channel."""
    return Refusal(
        Refuser.DISCORD,
        f"I cannot post in <#{channel_id}>.",
        f"Give me {permissions} there, or choose another channel.",
    )


def log_channel_not_shown() -> Refusal:
    """Say that Discord cannot be asked about the chosen log channel now."""
    return Refusal(Refuser.DISCORD, "Discord does not show me this channel now.", "Try again in a minute.")
