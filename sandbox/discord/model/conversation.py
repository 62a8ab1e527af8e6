"""Channels, what is said in them, and what people start there: one model, since each knows the others."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sandbox.discord.model.files import Attachment
from sandbox.discord.model.guilds import Guild, Member, User
from sandbox.discord.model.kinds import CallbackType, ChannelType, InteractionType, MessageFlags, MessageType
from sandbox.discord.model.permissions import Permissions

FIRST_ANSWER_WITHIN = 3.0
"""Seconds in which the first answer must come."""
TOKEN_LIFETIME = 15 * 60.0
"""Seconds for which an interaction's token works."""


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
    messages: dict[int, "Message"] = field(default_factory=dict, repr=False)
    last_message_id: int | None = None
    deleted: bool = False
    age_restricted: bool = False
    """Whether it is for adults alone; a thread is as its channel is."""

    @property
    def mention(self) -> str:
        """What in a message's text links to this channel."""
        return f"<#{self.id}>"


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
    channel: Channel = field(repr=False)
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
    thread: Channel | None = field(default=None, repr=False)
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


class InteractionState(Enum):
    """What the person who started it sees."""

    PENDING = "pending"
    DEFERRED = "deferred"
    ANSWERED = "answered"
    FAILED = "the application did not respond"


@dataclass(slots=True, eq=False)
class Interaction:
    """A command or a click on its way. Times are seconds since the Unix epoch."""

    id: int
    token: str = field(repr=False)
    type: InteractionType
    user: User
    member: Member | None
    channel: Channel
    data: dict[str, Any]
    created_at: float
    attachment_size_limit: int
    message: Message | None = None
    """The message whose component was used."""
    state: InteractionState = InteractionState.PENDING
    callback: CallbackType | None = None
    """The kind of the first answer; None until it came."""
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: dict[str, Any] | None = None
    """The form that it was answered with."""
    submission: "Interaction | None" = field(default=None, repr=False)
    """The interaction by which that form was sent."""
    opened_by: "Interaction | None" = field(default=None, repr=False)
    """The interaction whose form this one sends."""
    choices: list[dict[str, Any]] | None = None
    """What an autocomplete interaction was answered with."""

    @property
    def response(self) -> Message | None:
        """The original response, as long as it exists."""
        return self.original if self.original and not self.original.deleted else None

    @property
    def ephemeral(self) -> bool:
        """Whether the first answer is for this person alone."""
        return self.original is not None and self.original.ephemeral

    def has_token(self, token: str, now: float) -> bool:
        """Whether a token is this interaction's and still works."""
        return token == self.token and now - self.created_at < TOKEN_LIFETIME

    def too_late_to_answer(self, now: float) -> bool:
        """Whether the first answer can no longer come."""
        return now - self.created_at >= FIRST_ANSWER_WITHIN
