"""What one line brought about."""

from dataclasses import dataclass

from sandbox.discord import Attachment, Channel, Interaction, Member, Message


@dataclass(frozen=True, slots=True)
class Scene:
    """A line that was played, and the bot's words to it."""

    line: str
    member: Member
    channel: Channel
    """Where the member did what the line says."""
    interaction: Interaction | None
    """The last one that the line brought about; None for a reply."""
    messages: tuple[Message, ...]
    """The bot's new messages that the member sees, oldest first; before them the one that it edited."""
    form: Interaction | None = None
    """What was answered with a form that the line filled in."""

    @property
    def result(self) -> Message | None:
        """The newest message with a picture."""
        return next((message for message in reversed(self.messages) if message.attachments), None)

    @property
    def pictures(self) -> list[Attachment]:
        """All files of its messages; what an edit has brought may show the others once more, in small."""
        posted = [message for message in self.messages if message.attachments and message.edited_at is None]
        return [attachment for message in posted or self.messages for attachment in message.attachments]

    @property
    def place(self) -> Channel:
        """Where the last result stands, or where the line was played."""
        return self.result.channel if self.result else self.channel

    @property
    def refused(self) -> bool:
        """Whether the answer was for the member alone: a refusal, or a report."""
        return any(message.ephemeral for message in self.messages)
