"""One person's command or click, and what became of it."""

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any

from sandbox.discord.model.conversation import Channel
from sandbox.discord.model.guilds import Member, User
from sandbox.discord.model.messages import Message

FIRST_ANSWER_WITHIN = 3.0
"""Seconds in which the first answer must come."""
EPHEMERAL_FILE_LIFETIME = 15 * 60.0
"""Seconds for which a file given to a command or a modal is kept: Discord says "a set period" and not which."""
TOKEN_LIFETIME = 15 * 60.0
"""Seconds for which an interaction's token works."""


class InteractionType(IntEnum):
    """Discord's interaction type numbers."""

    APPLICATION_COMMAND = 2
    MESSAGE_COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL_SUBMIT = 5


class CallbackType(IntEnum):
    """Discord's numbers for the kinds of first answers."""

    CHANNEL_MESSAGE = 4
    DEFERRED_CHANNEL_MESSAGE = 5
    DEFERRED_MESSAGE_UPDATE = 6
    MESSAGE_UPDATE = 7
    AUTOCOMPLETE_RESULT = 8
    MODAL = 9


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
