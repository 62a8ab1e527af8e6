"""Gateway sessions: what a connected bot asked to hear, and what it has missed."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

from sandbox.discord.model.snowflakes import shard_of

REMEMBERED_EVENTS = 5_000
"""How many events a session keeps for a resume."""


class Intents(IntFlag):
    """The kinds of events that a bot may ask for."""

    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_MODERATION = 1 << 2
    GUILD_EXPRESSIONS = 1 << 3
    GUILD_INTEGRATIONS = 1 << 4
    GUILD_WEBHOOKS = 1 << 5
    GUILD_INVITES = 1 << 6
    GUILD_VOICE_STATES = 1 << 7
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15
    GUILD_SCHEDULED_EVENTS = 1 << 16
    AUTO_MODERATION_CONFIGURATION = 1 << 20
    AUTO_MODERATION_EXECUTION = 1 << 21
    GUILD_MESSAGE_POLLS = 1 << 24
    DIRECT_MESSAGE_POLLS = 1 << 25


KNOWN_INTENTS = sum(Intents)
PRIVILEGED = Intents.GUILD_MEMBERS | Intents.GUILD_PRESENCES | Intents.MESSAGE_CONTENT


@dataclass(frozen=True, slots=True)
class Close:
    """Ends a connection with a close code."""

    code: int
    reason: str


class Outbox:
    """What waits to be written to one connection, in order."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[str | bytes | Close] = asyncio.Queue()

    def put(self, op: int, data: Any = None, *, sequence: int | None = None, event: str | None = None) -> None:
        """Queue a gateway payload."""
        self.put_text(encode(op, data, sequence=sequence, event=event))

    def put_text(self, text: str) -> None:
        """Queue a payload that is already encoded."""
        self._queue.put_nowait(text)

    def put_bytes(self, frame: bytes) -> None:
        """Queue a binary frame, as compressed payloads are."""
        self._queue.put_nowait(frame)

    def close(self, code: int, reason: str) -> None:
        """Queue the end of the connection."""
        self._queue.put_nowait(Close(code, reason))

    async def next(self) -> str | bytes | Close:
        """Wait for what is to be written next."""
        return await self._queue.get()


class Session:
    """One identified bot, or one shard of it; it outlives its connection.

    Args:
        session_id: what a resume names.
        intents: what it asked to hear.
        shard: its number and how many there are.

    """

    def __init__(self, session_id: str, intents: Intents, shard: tuple[int, int] | None) -> None:
        self.id = session_id
        self.intents = intents
        self.shard = shard
        self.outbox: Outbox | None = None
        """Where events go at once; None while the bot is away."""
        self.sequence = 0
        self._sent: deque[tuple[int, str]] = deque(maxlen=REMEMBERED_EVENTS)

    def hears(self, guild_id: int | None) -> bool:
        """Whether a guild's events (None: those of DMs) belong to this shard."""
        if self.shard is None:
            return True
        number, count = self.shard
        return (0 if guild_id is None else shard_of(guild_id, count)) == number

    def send(self, event: str, data: dict[str, Any]) -> None:
        """Send an event, or keep it for the resume."""
        self.sequence += 1
        text = encode(0, data, sequence=self.sequence, event=event)
        self._sent.append((self.sequence, text))
        if self.outbox is not None:
            self.outbox.put_text(text)

    def missed_since(self, sequence: int) -> list[str] | None:
        """List the events after `sequence`; None where they are no longer known, or never were."""
        oldest = self._sent[0][0] if self._sent else 1
        if not oldest - 1 <= sequence <= self.sequence:
            return None
        return [text for number, text in self._sent if number > sequence]


def encode(op: int, data: Any, *, sequence: int | None = None, event: str | None = None) -> str:
    """Write a gateway payload."""
    return json.dumps({"op": op, "d": data, "s": sequence, "t": event}, separators=(",", ":"))
