"""The log channel of a server over discord.py."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import discord
import structlog

from bot.delivery.faults import BLOCKED_BY_AUTOMOD, delivery_faults
from bot.domain.moderation.complaints import Reported
from bot.domain.pictures.sources import MessageRef
from bot.wording.complaints import log_mark, log_text

_log = structlog.get_logger()
_CLOCKS_DIFFER: Final = timedelta(minutes=1)


class DiscordLogChannel:
    """Implements `bot.moderation.ports.LogChannel`."""

    def __init__(self, client: discord.Client, answers: Callable[[Reported], discord.ui.View]) -> None:
        """Build with what draws the buttons under what was reported."""
        self._client = client
        self._answers = answers

    async def post(self, channel_id: int, text: str, nonce: str, since: int | None) -> None:
        """Post a text that mentions nobody, once per nonce; see the protocol."""
        with delivery_faults():
            if since is not None and await self._found(channel_id, text.splitlines()[-1], since):
                return
            await self._client.get_partial_messageable(channel_id).send(
                text, nonce=nonce, allowed_mentions=discord.AllowedMentions.none(), suppress_embeds=True
            )

    async def show(self, channel_id: int, reported: Reported, since: int | None) -> MessageRef:
        """Bring what was reported up to date, or post it; see the protocol."""
        with delivery_faults():
            known = reported.logged
            if known is None and since is not None:
                found = await self._found(channel_id, log_mark(reported), since)
                known = None if found is None else MessageRef(channel_id, found.id)
            try:
                return await self._written(channel_id, reported, known, with_words=True)
            except discord.HTTPException as refused:
                if refused.code not in BLOCKED_BY_AUTOMOD:
                    raise
                return await self._written(channel_id, reported, known, with_words=False)

    async def _written(
        self, channel_id: int, reported: Reported, known: MessageRef | None, *, with_words: bool
    ) -> MessageRef:
        text, view = log_text(reported, with_words=with_words), self._answers(reported)
        if known is not None and await self._edited(known, text, view, gone_is_well=reported.settled):
            return known
        message = await self._client.get_partial_messageable(channel_id).send(
            text,
            view=view,
            nonce=f"r-{reported.shown.message_id}",
            allowed_mentions=discord.AllowedMentions.none(),
            suppress_embeds=True,
        )
        return MessageRef(channel_id, message.id)

    async def _edited(self, known: MessageRef, text: str, view: discord.ui.View, *, gone_is_well: bool) -> bool:
        """Change what stands in a log channel; False where it is gone, and there still is something to decide."""
        message = self._client.get_partial_messageable(known.channel_id).get_partial_message(known.message_id)
        try:
            await message.edit(content=text, view=view, allowed_mentions=discord.AllowedMentions.none())
        except discord.NotFound:
            return gone_is_well
        return True

    async def _found(self, channel_id: int, mark: str, since: int) -> discord.Message | None:
        """Find a message that ends with a line and was posted since a moment."""
        after = datetime.fromtimestamp(since / 1000, UTC) - _CLOCKS_DIFFER
        channel = self._client.get_partial_messageable(channel_id)
        try:
            async for message in channel.history(after=after, limit=None, oldest_first=True):
                own = self._client.user is not None and message.author.id == self._client.user.id
                if own and message.content.endswith(mark):
                    return message
        except discord.Forbidden as refused:
            _log.info("log_channel.unreadable", channel=channel_id, reason=str(refused))
        return None
