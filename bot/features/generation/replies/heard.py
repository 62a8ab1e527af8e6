"""A message as the bot hears it: for whom it is, and what its words mean."""

import re
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.replies.meaning import Meaning, meaning_of
from bot.domain.replies.picture_numbers import without_name

_WRITTEN: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})
_EMOJI: Final = re.compile(r"<a?:(\w+):[0-9]+>")


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that may be meant for the bot."""

    message: discord.Message
    words: str
    """Without the bot's name; empty also where Discord hides them."""
    meaning: Meaning
    named: bool
    """Whether the bot's name stands in the words; a reply can mention it without that."""
    called: bool
    """Whether they begin with its name."""
    addressed: bool
    """Whether it is for the bot: it mentions it, or was written to it in direct messages."""
    to_us: bool
    """Whether it replies to a message of the bot's."""

    @property
    def replies(self) -> bool:
        """Whether it replies to any message."""
        return self.message.type is discord.MessageType.reply

    @property
    def names_alone(self) -> bool:
        """Whether its words name a picture by its number, and say no more."""
        return without_name(self.words) == ""

    @property
    def private(self) -> bool:
        """Whether it was written to the bot alone."""
        return self.message.guild is None


def heard_by(me: discord.ClientUser | None, message: discord.Message) -> Heard | None:
    """Read a message; None where it is ordinary talk among others, or nobody's."""
    if me is None or message.author.bot or message.webhook_id is not None or message.type not in _WRITTEN:
        return None
    name = re.compile(rf"<@!?{me.id}>")
    replied = message.reference.resolved if message.reference else None
    addressed = message.guild is None or any(user.id == me.id for user in message.mentions)
    to_us = isinstance(replied, discord.Message) and replied.author.id == me.id
    if not addressed and not to_us:
        return None
    return Heard(
        message,
        words=_words(message, name),
        meaning=meaning_of(message.content),
        named=name.search(message.content) is not None,
        called=name.match(message.content) is not None,
        addressed=addressed,
        to_us=to_us,
    )


def _words(message: discord.Message, name: re.Pattern[str]) -> str:
    """Give a message's words without the bot's name; others are called as they are shown."""
    words = _EMOJI.sub(r"\1", name.sub(" ", message.content))
    for user in message.mentions:
        for written in (f"<@{user.id}>", f"<@!{user.id}>"):
            words = words.replace(written, user.display_name)
    return " ".join(words.split())
