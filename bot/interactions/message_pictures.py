"""What a message shows: its pictures, in order, as far as Discord lets the bot see them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

import discord

from bot.domain.jobs import previewed_in, result_named
from bot.domain.pictures.hosts import Hosts
from bot.domain.pictures.sources import MessageRef, ResultRef, Source
from bot.wording.text import UNNAMED

_ENDINGS: Final = frozenset(
    {".png", ".jpg", ".jpeg", ".jfif", ".webp", ".gif", ".heic", ".heif", ".avif", ".bmp", ".tif", ".tiff"}
)
_ANY_FILE: Final = "application/octet-stream"
_MOVING: Final = frozenset({"video", "gifv"})
"""The kinds of embeds whose picture is only the first of a film."""
_NAME_MAX: Final = 100
UNKNOWN: Final = 0
"""Stands for an owner of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at messages: the bot, with what Discord's intents and the settings let it see."""

    own_id: int
    hosts: Hosts
    """The only hosts that pictures are taken from."""
    sees_content: bool
    """Whether the privileged intent shows it what people write to others."""

    def pictures_in(self, message: discord.Message) -> tuple[Source, ...]:
        """List a message's pictures: files, those that it forwards, then what its embeds and links show.

        A preview is none of them: it stands for the pictures of its job.
        """
        shown = message.message_snapshots[0] if message.message_snapshots else message
        if self.previewed_in(message) is not None:
            return ()
        return self._numbered(message, [*_files(shown.attachments), *self._embedded(shown.embeds)])

    def previewed_in(self, message: discord.Message) -> int | None:
        """Tell whose job's preview a message of the bot's own carries; None for any other message."""
        found = (previewed_in(each.filename) for each in message.attachments) if self.wrote(message) else ()
        return next((job_id for job_id in found if job_id is not None), None)

    def files_in(self, message: discord.Message) -> tuple[Source, ...]:
        """List the pictures that were attached to a message itself."""
        return self._numbered(message, list(_files(message.attachments)))

    def hides(self, message: discord.Message, *, in_direct_messages: bool) -> bool:
        """Whether Discord may keep from the bot what a message says and shows."""
        mentioned = any(user.id == self.own_id for user in message.mentions)
        if self.sees_content or in_direct_messages or mentioned or self.wrote(message):
            return False
        return not (message.content or message.attachments or message.embeds or message.message_snapshots)

    def wrote(self, message: discord.Message) -> bool:
        """Whether a message is the bot's own."""
        return message.author.id == self.own_id

    def _embedded(self, embeds: Iterable[discord.Embed]) -> Iterator[Source]:
        for embed in embeds:
            if embed.type in _MOVING:
                continue
            for picture in (embed.image, embed.thumbnail):
                # the address outside is somebody else's machine; only Discord's copy is taken
                if picture.proxy_url and self.hosts.allow(picture.proxy_url):
                    explicit = picture.flags.contains_explicit_media or embed.flags.contains_explicit_media
                    name = _name_in(picture.proxy_url)
                    yield Source(picture.proxy_url, name, spoiler=picture.flags.spoiler, explicit=explicit)
                    break

    def _numbered(self, message: discord.Message, found: list[Source]) -> tuple[Source, ...]:
        own = self.wrote(message)
        # a copy that it has posted for Spark is somebody's; its name does not say whose
        poster_id = UNKNOWN if own else poster_of(message)
        return tuple(
            replace(
                source,
                channel_id=message.channel.id,
                message_id=message.id,
                number=number,
                of=len(found),
                result=result_named(source.filename) if own else None,
                poster_id=poster_id,
                forwarded=_forwarded_in(message),
            )
            for number, source in enumerate(found, start=1)
        )


def poster_of(message: discord.Message) -> int | None:
    """Name whoever has written a message; None where that is no person."""
    return None if message.author.bot or message.webhook_id is not None else message.author.id


def source_of(attachment: discord.Attachment, poster_id: int | None = None) -> Source:
    """Take a file by itself; one that came with a command stands in no message, and vanishes soon."""
    explicit, hidden = attachment.flags.contains_explicit_media, attachment.is_spoiler()
    return Source(attachment.url, attachment.filename, spoiler=hidden, explicit=explicit, poster_id=poster_id)


def _files(attachments: Iterable[discord.Attachment]) -> Iterator[Source]:
    return (source_of(each) for each in attachments if _looks_like_picture(each))


def _forwarded_in(message: discord.Message) -> MessageRef | None:
    """Name the message that another one forwards."""
    original = message.reference if message.message_snapshots else None
    if original is None or original.message_id is None:
        return None
    return MessageRef(original.channel_id, original.message_id)


def _looks_like_picture(attachment: discord.Attachment) -> bool:
    kind = attachment.content_type or _ANY_FILE
    if kind.startswith(_ANY_FILE):
        return PurePosixPath(attachment.filename).suffix.lower() in _ENDINGS
    return kind.startswith("image/")


def _name_in(url: str) -> str:
    """Name a picture after the end of its address, which somebody else has written."""
    name = unquote(PurePosixPath(urlsplit(url).path).name).partition("?")[0]
    return "".join(filter(str.isprintable, name))[-_NAME_MAX:] or UNNAMED


def results_in(message: discord.Message | None, bot: discord.ClientUser | None) -> list[ResultRef]:
    """List the bot's own pictures that a message of its own carries; none where it is somebody else's."""
    if message is None or message.author != bot:
        return []
    named = (result_named(each.filename) for each in message.attachments)
    return [result for result in named if result is not None]


def carries(message: discord.Message | None, job_id: int, bot: discord.ClientUser | None) -> bool:
    """Whether a message is the bot's own, with a picture of a job."""
    return any(result.job_id == job_id for result in results_in(message, bot))


def status_message_id_of(message: discord.Message) -> int:
    """Give the id of a message, or of the one above a thread that the thread's first message stands for."""
    above = message.reference if message.type is discord.MessageType.thread_starter_message else None
    return message.id if above is None or above.message_id is None else above.message_id
