"""How a server is set up for the bot: what is known of its channels, its AutoMod, its limits, and of Spark."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.budgets import Budget
from bot.domain.moderation.server_rules import ResultPlace, ServerRules
from bot.domain.prices import Price

_SEE = "view_channel"
_SEND = "send_messages"
_SEND_IN_THREADS = "send_messages_in_threads"
_ATTACH = "attach_files"


class Room(StrEnum):
    """What kind of channel it is, as far as it decides what the bot needs there."""

    TEXT = "text"
    THREAD = "thread"
    FORUM = "forum"
    OTHER = "other"
    """The chat of a voice channel, which has no threads."""

    @property
    def to_write(self) -> tuple[str, ...]:
        """Name the permissions that it takes to write there."""
        return _SEE, _SEND_IN_THREADS if self in {Room.THREAD, Room.FORUM} else _SEND

    def to_post(self, results: ResultPlace) -> tuple[str, ...]:
        """Name the permissions that it takes to post pictures there, and where the server wants them."""
        threads = self is Room.TEXT and results is not ResultPlace.HERE
        opened = ("create_public_threads", _SEND_IN_THREADS) if threads else ()
        return *self.to_write, *opened, _ATTACH, "read_message_history"


class Sight(StrEnum):
    """Whether a channel can be looked at."""

    SEEN = "seen"
    GONE = "gone"
    UNTOLD = "untold"
    """Discord does not show it now."""


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """A channel, what the bot needs there, and what it has of that."""

    channel_id: int
    needed: tuple[str, ...] = ()
    given: Collection[str] = ()
    sight: Sight = Sight.SEEN

    @property
    def lacking(self) -> list[str]:
        """List what is missing; not what Discord only takes away together with something else that is."""
        missing = [name for name in self.needed if name not in self.given]
        if _SEE in missing:
            return [_SEE]
        sending = _SEND if _SEND in self.needed else _SEND_IN_THREADS
        return [name for name in missing if name != _ATTACH or sending not in missing]


@dataclass(frozen=True, slots=True)
class AutoModRule:
    """A rule of AutoMod that blocks messages, and does not leave the bot alone where it was asked."""

    name: str
    words: Sequence[str] = ()
    """As Discord has them: with `*` at an end where they may go on there."""
    allowed: Sequence[str] = ()
    has_patterns: bool = False
    """Whether it also has expressions, which nobody but Discord can try."""

    def stops(self, text: str) -> bool:
        """Whether one of its words stands in a text."""
        for word in self.allowed:
            text = _found(word).sub("", text)
        return any(_found(word).search(text) for word in self.words)


class SparkStanding(StrEnum):
    """How Spark answers now."""

    ANSWERS = "answers"
    AWAY = "away"
    LOCKED_OUT = "locked out"
    """It does not take the bot's key."""


@dataclass(frozen=True, slots=True)
class KnownOfServer:
    """What the bot knows of a server by itself."""

    rules: ServerRules
    budgets: Sequence[Budget]
    """Those of a member who has spent nothing, of the server, and of all servers."""
    price: Price
    """Of a usual picture."""
    spark: SparkStanding


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """All that is looked at."""

    known: KnownOfServer
    here: ChannelFacts
    is_allowed_here: bool
    """Whether pictures may be made where it was asked, as far as channels are named."""
    is_age_restricted: bool
    """Whether that is a place for adults alone."""
    age_restricted: Sequence[int]
    """Other such channels, some of those that whoever asks can see."""
    elsewhere: Sequence[ChannelFacts]
    """The other channels where pictures may be made, as far as these are named and were looked at."""
    log_channel: ChannelFacts | None
    automod: Sequence[AutoModRule] | None
    """None where Discord does not show its rules to the bot."""
    closed_commands: Sequence[str] | None
    """Those that the server's integration settings leave to nobody; None where Discord does not show them."""


def _found(word: str) -> re.Pattern[str]:
    """Build what finds a word as AutoMod does: whole, but for the ends that bear a `*`."""
    before, after = "" if word.startswith("*") else r"(?<!\w)", "" if word.endswith("*") else r"(?!\w)"
    return re.compile(f"{before}{re.escape(word.strip('*'))}{after}", re.IGNORECASE)
