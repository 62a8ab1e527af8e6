"""A server's own rules: where the bot may be used and its results go, and where moderators' acts are told."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class ResultPlace(StrEnum):
    """Where the results of what was asked for in a text channel go."""

    THREAD = "thread"
    """Each into a thread of its own, under its status message."""
    DAY = "day"
    """Those of one member and day into one thread."""
    HERE = "here"
    """Into the channel itself."""


@dataclass(frozen=True, slots=True)
class ServerRules:
    """What a server's moderators have chosen."""

    log_channel_id: int | None = None
    """Where moderators' acts and warnings are posted; None is nowhere."""
    replies: bool = True
    """Whether a reply with words edits a picture."""
    allowed_channels: frozenset[int] | None = None
    """Where the bot may be used, threads with their channel; None is everywhere."""
    results: ResultPlace = ResultPlace.THREAD

    def allows(self, channel_ids: Collection[int]) -> bool:
        """Whether the bot may be used in one of these, a place and the channel that it belongs to."""
        return self.allowed_channels is None or not self.allowed_channels.isdisjoint(channel_ids)
