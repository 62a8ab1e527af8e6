"""What people and bots say: messages and the files on them."""

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, Any

from sandbox.discord.model.guilds import User

if TYPE_CHECKING:
    from sandbox.discord.model.conversation import Channel
    from sandbox.discord.model.interactions import Interaction


class MessageType(IntEnum):
    """Discord's message type numbers."""

    DEFAULT = 0
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


class MessageFlags(IntFlag):
    """Discord's message flags."""

    NONE = 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    COMPONENTS_V2 = 1 << 15


@dataclass(slots=True, eq=False)
class Attachment:
    """A file, its bytes kept."""

    id: int
    channel_id: int
    filename: str
    content: bytes = field(repr=False)
    content_type: str | None = None
    description: str | None = None
    size: tuple[int, int] | None = None
    """Width and height of a picture, in pixels."""
    ephemeral: bool = False
    vanishes_at: float | None = None
    """When Discord forgets it by itself (seconds since the Unix epoch); None for as long as its message stands."""
    gone: bool = False

    @property
    def spoiler(self) -> bool:
        """Whether clients hide the picture until it is clicked."""
        return self.filename.startswith("SPOILER_")

    def available(self, now: float) -> bool:
        """Whether it can still be fetched."""
        return not self.gone and (self.vanishes_at is None or now < self.vanishes_at)


@dataclass(frozen=True, slots=True)
class Reference:
    """Which message another one answers, repeats or forwards."""

    channel_id: int
    message_id: int
    guild_id: int | None
    message: "Message | None" = field(repr=False)
    forwards: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a forwarded message was when it was forwarded. Times are seconds since the Unix epoch."""

    type: MessageType
    created_at: float
    edited_at: float | None
    content: str
    flags: MessageFlags
    attachments: tuple[Attachment, ...]
    embeds: tuple[dict[str, Any], ...]
    components: tuple[dict[str, Any], ...] = field(repr=False)


@dataclass(slots=True, eq=False)
class Message:
    """A message as its channel holds it. Times are seconds since the Unix epoch."""

    id: int
    channel: "Channel" = field(repr=False)
    author: User
    created_at: float
    content: str = ""
    type: MessageType = MessageType.DEFAULT
    flags: MessageFlags = MessageFlags.NONE
    attachments: list[Attachment] = field(default_factory=list)
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list, repr=False)
    edited_at: float | None = None
    nonce: str | int | None = None
    reference: Reference | None = None
    mentioned_users: tuple[User, ...] = ()
    mentioned_roles: tuple[int, ...] = ()
    mentions_everyone: bool = False
    pinged: frozenset[int] = frozenset()
    """Ids of the users who were notified: only ever at posting, since an edit pings nobody."""
    interaction: "Interaction | None" = field(default=None, repr=False)
    """The interaction that this message answers; such messages come from the application's webhook."""
    thread: "Channel | None" = field(default=None, repr=False)
    snapshot: Snapshot | None = field(default=None, repr=False)
    """The message that this one forwards."""
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return MessageFlags.EPHEMERAL in self.flags

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return MessageFlags.LOADING in self.flags
