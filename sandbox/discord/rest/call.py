"""A request as the handlers see it, and the answer that they give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.discord.actions.service import Service
from sandbox.discord.model.conversation import Channel, Message
from sandbox.discord.model.files import Upload
from sandbox.discord.model.guilds import DEFAULT_UPLOAD_LIMIT, User
from sandbox.discord.model.world import World
from sandbox.discord.payloads import Json
from sandbox.discord.rules.errors import (
    INVALID_FORM,
    UNKNOWN_APPLICATION,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    DiscordError,
)
from sandbox.discord.rules.request_fields import invalid


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler answers; without a body it is a 204."""

    body: Any = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Call:
    """One request, parsed."""

    service: Service
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: tuple[Upload, ...] = field(default=(), repr=False)

    @property
    def world(self) -> World:
        """All that there is."""
        return self.service.world

    @property
    def bot(self) -> User:
        """Who asks."""
        return self.service.world.bot

    @property
    def form(self) -> Json:
        """The body, which must be a JSON object."""
        if self.body is None:
            return {}
        if not isinstance(self.body, dict):
            raise DiscordError(INVALID_FORM)
        return self.body

    def id(self, name: str) -> int:
        """Read an id from the path; `DiscordError` 50035 where it is none."""
        value = self.params[name]
        if not value.isdecimal():
            raise invalid((f"{name}_id",), "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return int(value)

    def channel(self) -> Channel:
        """Find the channel that the path names; `DiscordError` 10003."""
        channel = self.world.channels.get(self.id("channel"))
        if channel is None:
            raise DiscordError(UNKNOWN_CHANNEL)
        self.service.threads.refresh(channel)
        return channel

    def message(self, channel: Channel) -> Message:
        """Find the message that the path names; `DiscordError` 10008 where there is none that everyone may see."""
        message = channel.messages.get(self.id("message"))
        if message is None or message.ephemeral:
            raise DiscordError(UNKNOWN_MESSAGE)
        return message

    def own_application(self) -> int:
        """Read the application's id, which must be the bot's own; `DiscordError` 10002."""
        if self.id("application") != self.world.application.id:
            raise DiscordError(UNKNOWN_APPLICATION)
        return self.world.application.id

    def written(self, message: Message) -> Json:
        """Write a message as this bot may read it."""
        privileged = self.world.application.message_content
        return self.service.events.write_message(message, privileged=privileged)


def upload_limit(channel: Channel) -> int:
    """Tell how many bytes a file in this channel may have."""
    return channel.guild.upload_limit if channel.guild else DEFAULT_UPLOAD_LIMIT
