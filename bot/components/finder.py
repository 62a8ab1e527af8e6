"""Where a picture is taken from: an attachment, a message, or the newest one here."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.domain.pictures import Source
from bot.store import Store

Interaction = discord.Interaction[Any]


class PictureFinder:
    """Finds pictures in what Discord lets the bot see."""

    def __init__(self, client: discord.Client, store: Store) -> None:
        self._client = client
        self._store = store

    def attached_or_newest(
        self, interaction: Interaction, attachment: discord.Attachment | None
    ) -> Callable[[], Awaitable[Source]]:
        """Look for the picture of a command: the file that came with it, else the newest picture here."""

        async def find() -> Source:
            return self.attached(attachment) if attachment else await self.newest_here(interaction)

        return find

    def attached(self, attachment: discord.Attachment) -> Source:
        """Take a file that was attached to a command; it stands in no message and vanishes soon."""
        return Source(attachment.url, attachment.filename)

    def in_message(self, message: discord.Message) -> Sequence[Source]:
        """List the pictures that a message shows and the bot can see: files, forwarded ones, embeds, previews."""
        raise NotImplementedError

    async def newest_here(self, interaction: Interaction) -> Source:
        """Find the newest picture in the channel or thread; raises `Refusal` where the bot cannot tell."""
        raise NotImplementedError
