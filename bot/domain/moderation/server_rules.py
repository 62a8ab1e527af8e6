"""A server's own rules: where the bot may be used, whether replies edit, where moderators' acts are told."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.refusals import Refusal, Refuser
from bot.domain.words import listed

_NAMED = 5


@dataclass(frozen=True, slots=True)
class ServerRules:
    """What a server's moderators have chosen."""

    log_channel_id: int | None = None
    """Where moderators' acts and warnings are posted; None is nowhere."""
    replies: bool = True
    """Whether a reply with words edits a picture."""
    allowed_channels: frozenset[int] | None = None
    """Where the bot may be used, threads with their channel; None is everywhere."""

    def require_allowed(self, channel_ids: Collection[int]) -> None:
        """Raise `Refusal` where none of these, a place and the channel it belongs to, is allowed."""
        if self.allowed_channels is None or not self.allowed_channels.isdisjoint(channel_ids):
            return
        named = [f"<#{channel_id}>" for channel_id in sorted(self.allowed_channels)[:_NAMED]]
        if (more := len(self.allowed_channels) - _NAMED) > 0:
            named.append(f"{more} more")
        where = f"Use the bot in {listed(named)}" if named else "Ask a moderator to allow a channel"
        raise Refusal(
            Refuser.SERVER,
            "this here: the bot may not be used in this channel",
            "The moderators of this server have chosen the channels for it.",
            f"{where}.",
        )


def replies_are_off() -> Refusal:
    """Say that replies edit nothing here, and what does."""
    return Refusal(
        Refuser.SERVER,
        "to edit by reply",
        "The moderators of this server have turned that off.",
        "Right-click the picture → Apps → Edit image, or use /edit.",
    )
