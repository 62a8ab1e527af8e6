"""A server's rules in words: for the moderators who make them, and for members whom they stop."""

from collections.abc import Collection

from bot.domain.moderation.server_rules import ServerRules
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import listed

_NAMED = 5


def rules_text(rules: ServerRules) -> str:
    """Write what holds on a server now."""
    log = "none; what moderators do is recorded all the same (/spend settings log_channel)"
    if rules.log_channel_id is not None:
        log = f"<#{rules.log_channel_id}>"
    replies = "on: a reply with words to a picture edits it" if rules.replies else "off"
    allowed = "everywhere"
    if rules.allowed_channels is not None:
        named = " ".join(f"<#{channel_id}>" for channel_id in sorted(rules.allowed_channels))
        allowed = (
            f"{named} and their threads" if named else "nowhere; allow a channel, or clear the allowed channels"
        )
    return "\n".join(
        [
            "**What holds on this server now**",
            f"Log channel: {log}",
            f"Replies: {replies}",
            f"The bot may be used: {allowed}",
        ]
    )


def rules_changed_text(rules: ServerRules) -> str:
    """Say that the rules were changed, and what holds now."""
    return f"**Changed.** {rules_text(rules)}"


def replies_are_off() -> Refusal:
    """Say that replies edit nothing here, and what does."""
    return Refusal(
        Refuser.SERVER,
        "A reply edits nothing on this server: its moderators have turned that off.",
        "Right-click the picture → Apps → Edit image, or use /edit.",
    )


def not_allowed_here(allowed_channels: Collection[int]) -> Refusal:
    """Say that the bot may not be used in a channel, and where it may."""
    named = [f"<#{channel_id}>" for channel_id in sorted(allowed_channels)[:_NAMED]]
    if (more := len(allowed_channels) - _NAMED) > 0:
        named.append(f"{more} more")
    way = f"Ask me in {listed(named)}." if named else "Ask a moderator to allow a channel."
    return Refusal(Refuser.SERVER, "I make no pictures in this channel.", way)


def not_listed(channel_id: int, *, everywhere: bool) -> Refusal:
    """Say that a channel cannot be disallowed which is not allowed by name."""
    return Refusal(
        Refuser.BOT,
        "The bot may be used everywhere now." if everywhere else f"<#{channel_id}> is not allowed anyway.",
        "Allow the channels that it may be used in; every other one is disallowed by that.",
    )


def log_channel_not_theirs(channel_id: int) -> Refusal:
    """Say that a moderator cannot choose a log channel that they cannot see and write in themselves."""
    return Refusal(
        Refuser.BOT,
        f"You cannot see <#{channel_id}>, or not write in it.",
        "Choose a channel of this server that you can write in, or ask somebody who can.",
    )


def log_channel_closed(channel_id: int, permissions: str) -> Refusal:
    """Say which permissions, named as Discord does, the bot lacks in the chosen log channel."""
    return Refusal(
        Refuser.DISCORD,
        f"I could not post in <#{channel_id}>: I lack {permissions}.",
        "Allow me that there, or choose another channel.",
    )


def log_channel_not_shown() -> Refusal:
    """Say that Discord cannot be asked about the chosen log channel now."""
    return Refusal(
        Refuser.DISCORD,
        "Discord does not show me this channel now.",
        "Try again in a minute.",
    )
