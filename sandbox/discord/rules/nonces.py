"""Keeps a message from being posted twice: the same author's nonce gives back the first message."""

from sandbox.discord.model.conversation import Message
from spark.clock import Clock

REMEMBERED_SECONDS = 3 * 60.0
"""Discord says "the past few minutes"; a caution, since nobody outside knows how many."""


class Nonces:
    """Remembers recent nonces by author."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._posted: dict[tuple[int, str], Message] = {}

    def find(self, author_id: int, nonce: str | int) -> Message | None:
        """Find the message that this author posted with this nonce a short while ago."""
        message = self._posted.get((author_id, str(nonce)))
        if message is None or message.deleted:
            return None
        return message if self._clock.time() - message.created_at < REMEMBERED_SECONDS else None

    def remember(self, message: Message) -> None:
        """Note a message's nonce; where it has none there is nothing to note."""
        if message.nonce is not None:
            self._posted[message.author.id, str(message.nonce)] = message
