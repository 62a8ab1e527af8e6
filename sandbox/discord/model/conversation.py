"""Where people meet: channels, their overwrites, and threads."""

from dataclasses import dataclass, field
from enum import IntEnum

from sandbox.discord.model.guilds import Guild, User
from sandbox.discord.model.messages import Message
from sandbox.discord.model.permissions import Permissions


class ChannelType(IntEnum):
    """Discord's channel type numbers."""

    TEXT = 0
    DM = 1
    VOICE = 2
    GROUP_DM = 3
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    STAGE = 13
    FORUM = 15
    MEDIA = 16


FORUMS = frozenset({ChannelType.FORUM, ChannelType.MEDIA})
"""The types that hold posts: threads that begin with a message of their own."""

MESSAGEABLE = frozenset(ChannelType) - {ChannelType.CATEGORY} - FORUMS
"""The types that hold messages of their own."""

THREADABLE = frozenset({ChannelType.TEXT, ChannelType.ANNOUNCEMENT})
"""The types in which a message can start a thread."""


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel allows and denies one role or member."""

    allow: Permissions = Permissions.NONE
    deny: Permissions = Permissions.NONE
    is_member: bool = False


@dataclass(slots=True)
class ThreadState:
    """What only a thread has. Times are seconds since the Unix epoch."""

    owner_id: int
    created_at: float
    auto_archive_minutes: int
    archive_changed_at: float
    last_activity: float
    archived: bool = False
    locked: bool = False
    members: dict[int, float] = field(default_factory=dict)
    """When each member joined, by id."""
    message_count: int = 0
    total_messages_sent: int = 0


@dataclass(slots=True, eq=False)
class Channel:
    """A channel, a DM, or a thread; its messages by id, oldest first."""

    id: int
    type: ChannelType
    name: str
    guild: Guild | None = None
    parent: "Channel | None" = field(default=None, repr=False)
    position: int = 0
    recipient: User | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict, repr=False)
    thread: ThreadState | None = None
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    last_message_id: int | None = None
    deleted: bool = False

    @property
    def mention(self) -> str:
        """What in a message's text links to this channel."""
        return f"<#{self.id}>"
