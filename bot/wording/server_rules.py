"""A server's rules in words: for the moderators who make them, and for members whom they stop."""

from collections.abc import Collection, Mapping
from typing import Final

from bot.domain.moderation.server_rules import ResultPlace, ServerRules
from bot.domain.pictures.ownership import PictureRule
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import counted, listed

_NAMED = 5
RESULT_PLACES: Final[Mapping[ResultPlace, str]] = {
    ResultPlace.THREAD: "into a thread each",
    ResultPlace.DAY: "into one thread for each member and day",
    ResultPlace.HERE: "into the channel itself",
}
"""Where pictures go."""
PICTURE_RULES: Final[Mapping[PictureRule, str]] = {
    PictureRule.OWN: "nobody works on them",
    PictureRule.ASK: "their owners are asked",
    PictureRule.ANYONE: "anyone may work on them; about portraits their owners are asked",
}
"""What becomes of other people's pictures."""


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
            f"Age-restricted channels only: {'on' if rules.age_restricted else 'off'}",
            f"Pictures of others: {PICTURE_RULES[rules.pictures]}",
            f"Words that nothing is made of: {counted(len(rules.words))}",
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


def not_allowed_here(rules: ServerRules, age_restricted_channels: Collection[int]) -> Refusal:
    """Say that the bot may not be used in a channel, and where it may; those for adults are some that are seen."""
    so, allowed = "Pictures are made in other channels here.", list(rules.allowed_channels or ())
    if rules.age_restricted:
        so = "Pictures are made in age-restricted channels only here."
        allowed = [each for each in age_restricted_channels if rules.allows({each}, age_restricted=True)]
    where = f"Go to {_channels(allowed)}" if allowed else "Ask a moderator to allow a channel"
    return Refusal(Refuser.SERVER, so, f"{where}.")


def explicit_picture(age_restricted_channels: Collection[int]) -> Refusal:
    """Say that Discord takes somebody's picture for explicit, and where such a one is worked on."""
    where = f": {_channels(age_restricted_channels)}" if age_restricted_channels else " of a server"
    return Refusal(
        Refuser.DISCORD,
        "Discord takes this picture for explicit.",
        f"I work on such a one only in age-restricted channels{where}.",
    )


def _channels(channel_ids: Collection[int]) -> str:
    named = [f"<#{channel_id}>" for channel_id in sorted(channel_ids)[:_NAMED]]
    if (more := len(channel_ids) - _NAMED) > 0:
        named.append(f"{more} more")
    return listed(named, "or")


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
