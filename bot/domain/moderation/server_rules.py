"""A server's own rules: where the bot may be used and its results go, and where moderators' acts are told."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.pictures.ownership import PictureRule


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
    age_restricted: bool = False
    """Whether the bot may be used in age-restricted channels only."""
    pictures: PictureRule = PictureRule.ASK
    """Who may work on other people's pictures."""
    words: tuple[str, ...] = ()
    """What nothing is made of here, as `bot.domain.moderation.words` reads it."""
    automod: bool = False
    """Whether AutoMod has refused what the bot wrote here: tasks then wait for their status message to stand."""

    def allows(self, channel_ids: Collection[int], *, age_restricted: bool) -> bool:
        """Whether the bot may be used in one of these, a place and the channel that it belongs to."""
        return (age_restricted or not self.age_restricted) and self.names_one_of(channel_ids)

    def names_one_of(self, channel_ids: Collection[int]) -> bool:
        """Whether one of these channels is named as allowed, or none has to be."""
        return self.allowed_channels is None or not self.allowed_channels.isdisjoint(channel_ids)
