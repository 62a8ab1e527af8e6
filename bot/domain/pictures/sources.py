"""Input pictures as values: where one was found, and what it became."""

import hashlib
from dataclasses import dataclass, field

import spark


@dataclass(frozen=True, slots=True)
class ResultRef:
    """One picture that this bot has made."""

    job_id: int
    position: int
    """Which of its job's pictures it is; see `bot.domain.jobs.task_position`."""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message, by its place."""

    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an input picture that the bot has posted, since Spark fetches some pictures by address only."""

    url: str = field(repr=False)
    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where in Discord an input picture was found."""

    url: str = field(repr=False)
    """Signed, and good for about a day."""
    filename: str
    channel_id: int | None = None
    message_id: int | None = None
    """The message that shows it; None for a file attached to a command, which vanishes soon."""
    number: int = 1
    of: int = 1
    """Which of the message's pictures it is."""
    result: ResultRef | None = None
    """Set where it is the bot's own work."""
    changes: tuple[str, ...] = ()
    """What was done to it so that the model takes it, in words for people."""
    needs_copy: bool = False
    """Whether the file at `url` is not for Spark as it is: another format, or it tells where it was taken."""
    copy_agreed: bool = False
    """Whether its person has agreed that a copy is posted where the job was asked for."""
    copy: Copy | None = None
    """The copy for Spark, once it is posted."""
    spoiler: bool = False
    """Whether it was hidden until clicked, as what is made of it then is too."""
    explicit: bool = False
    """Whether Discord takes it for explicit, as far as it has looked at it by then."""
    poster_id: int | None = None
    """Whoever posted it; None where that is no person, or nobody knows."""
    forwarded: MessageRef | None = None
    """The message that this one forwards; once it was found, `poster_id` is its author."""
    sha256: str | None = None
    """The hash of the file's own bytes, once it was fetched."""
    fingerprint: str | None = None
    """What it is recognised by in other bytes, from its fetching until it is remembered."""

    @property
    def message(self) -> MessageRef | None:
        """Give the message that shows it; None for a file that came with a command."""
        if self.channel_id is None or self.message_id is None:
            return None
        return MessageRef(self.channel_id, self.message_id)


@dataclass(frozen=True, slots=True)
class InputImage:
    """A picture as a model takes it and as it is kept, under its hash."""

    sha256: str
    data: bytes = field(repr=False)
    format: str
    width: int
    height: int

    @classmethod
    def of(cls, fitted: spark.Fitted) -> "InputImage":
        """Name a fitted picture by its hash; takes some milliseconds for a large one."""
        digest = hashlib.sha256(fitted.data).hexdigest()
        return cls(digest, fitted.data, fitted.format, fitted.width, fitted.height)
