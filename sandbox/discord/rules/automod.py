"""AutoMod: what a server lets nobody say."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.discord.model.components import texts_of
from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.guilds import User
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.rules.access import channel_permissions
from sandbox.discord.rules.errors import MESSAGE_BLOCKED, TITLE_BLOCKED, DiscordError, Fault


def check_message(
    channel: Channel,
    author: User,
    content: str,
    embeds: Iterable[dict[str, Any]],
    components: list[dict[str, Any]],
) -> None:
    """Raise `DiscordError` 200000 where a message holds a word that its server blocks."""
    embedded = (text for embed in embeds for text in _texts(embed))
    _check(channel, author, (content, *embedded, *texts_of(components)), MESSAGE_BLOCKED)


def check_title(channel: Channel, author: User, title: str) -> None:
    """Raise `DiscordError` 200001 where a thread's name holds a word that its server blocks."""
    _check(channel, author, (title,), TITLE_BLOCKED)


def _check(channel: Channel, author: User, texts: Iterable[str], fault: Fault) -> None:
    if channel.guild is None or not channel.guild.automod_words:
        return
    if Permissions.MANAGE_GUILD in channel_permissions(author.id, channel):
        return
    words = "|".join(map(_pattern, channel.guild.automod_words))
    if re.search(words, "\n".join(texts), re.IGNORECASE):
        raise DiscordError(fault)


def _pattern(word: str) -> str:
    """Write what a keyword means: it stands alone, but for the ends that have a star."""
    before = "" if word.startswith("*") else r"(?<!\w)"
    after = "" if word.endswith("*") else r"(?!\w)"
    return f"{before}{re.escape(word.strip('*'))}{after}"


def _texts(embed: dict[str, Any]) -> Iterator[str]:
    fields = embed.get("fields") or []
    parts = (embed, embed.get("footer") or {}, embed.get("author") or {}, *fields)
    for part in parts:
        yield from (str(part[key]) for key in ("title", "description", "text", "name", "value") if part.get(key))
