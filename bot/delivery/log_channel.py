"""The log channel of a server over discord.py."""

from datetime import UTC, datetime, timedelta
from typing import Final

import discord
import structlog

from bot.delivery.faults import delivery_faults

_log = structlog.get_logger()
_CLOCKS_DIFFER: Final = timedelta(minutes=1)


class DiscordLogChannel:
    """Implements `bot.moderation.ports.LogChannel`."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def post(self, channel_id: int, text: str, nonce: str, since: int | None) -> None:
        """Post a text that mentions nobody, once per nonce; see the protocol."""
        with delivery_faults():
            if since is not None and await self._stands(channel_id, text, since):
                return
            await self._client.get_partial_messageable(channel_id).send(
                text, nonce=nonce, allowed_mentions=discord.AllowedMentions.none(), suppress_embeds=True
            )

    async def _stands(self, channel_id: int, text: str, since: int) -> bool:
        """Whether a message that ends with the same line was posted since a moment."""
        after = datetime.fromtimestamp(since / 1000, UTC) - _CLOCKS_DIFFER
        mark = text.splitlines()[-1]
        channel = self._client.get_partial_messageable(channel_id)
        try:
            async for message in channel.history(after=after, limit=None, oldest_first=True):
                own = self._client.user is not None and message.author.id == self._client.user.id
                if own and message.content.endswith(mark):
                    return True
        except discord.Forbidden as refused:
            _log.info("log_channel.unreadable", channel=channel_id, reason=str(refused))
        return False
