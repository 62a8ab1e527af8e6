"""When the bot has nothing more to say to a line."""

from collections.abc import Iterable

from sandbox.discord import CallbackType, DiscordSandbox, Interaction, InteractionState, Member, Message

_NEW_MESSAGE = frozenset({CallbackType.CHANNEL_MESSAGE, CallbackType.DEFERRED_CHANNEL_MESSAGE})


class Outcome:
    """What comes of a command, a gesture or a reply.

    `over` is certain: a private answer stands there; or there is a delivery that pings the member, and the public
    answer (the status message) was edited after it. Where the bot only changed a message, or got a reply, it may
    or may not go on: that is `open_ended`, and whoever asks waits until all is quiet.
    """

    def __init__(self, discord: DiscordSandbox, member: Member, cause: Interaction | Message) -> None:
        self._discord = discord
        self._member = member
        self.cause = cause

    @property
    def failed(self) -> bool:
        """Whether the bot never answered, as the member's client says."""
        return isinstance(self.cause, Interaction) and self.cause.state is InteractionState.FAILED

    @property
    def over(self) -> bool:
        """Whether the bot has certainly said all."""
        if isinstance(self.cause, Message):
            return self._answered_reply(self.cause)
        if self.failed:
            return True
        status_messages, whispers = self._answers(self.cause)
        if status_messages:
            return _edited_after(status_messages[:1], self._pings(status_messages[0].id, status_messages[:1]))
        return bool(whispers) and not any(message.loading for message in whispers)

    @property
    def open_ended(self) -> bool:
        """Whether only silence tells that the bot has said all."""
        if isinstance(self.cause, Message):
            return True  # there is no telling whether a bot has heard a reply
        status_messages, whispers = self._answers(self.cause)
        return not status_messages and not whispers and self.cause.state is InteractionState.ANSWERED

    @property
    def messages(self) -> tuple[Message, ...]:
        """The bot's messages to it, oldest first; its status message, or an older one that it changed, first."""
        first = self.cause.response if isinstance(self.cause, Interaction) else None
        if first is not None and first.id < self.cause.id and (first.edited_at or 0) < self.cause.created_at:
            first = None  # a click that changed nothing on its message
        later = [message for message in self._said(self.cause.id) if message is not first]
        return (*([first] if first else []), *later)

    def _answers(self, interaction: Interaction) -> tuple[list[Message], list[Message]]:
        """Give the messages that answer an interaction: those for everyone, and those for its person alone."""
        original = interaction.response if interaction.callback in _NEW_MESSAGE else None
        answers = [message for message in (original, *interaction.followups) if message and not message.deleted]
        return [m for m in answers if not m.ephemeral], [m for m in answers if m.ephemeral]

    def _answered_reply(self, reply: Message) -> bool:
        said = self._said(reply.id)
        direct = [message for message in said if message.reference and message.reference.message is reply]
        pings = self._pings(reply.id, direct)
        return _edited_after([message for message in said if message not in pings], pings)

    def _pings(self, after: int, status_messages: Iterable[Message]) -> list[Message]:
        return [m for m in self._said(after) if self._member.id in m.pinged and m not in status_messages]

    def _said(self, after: int) -> list[Message]:
        """List what the bot has said since the id `after`, where the member sees it."""
        channels = list(self._discord.world.channels.values())
        seen = (message for channel in channels for message in self._discord.visible(channel, self._member))
        bot = self._discord.world.bot
        return sorted((m for m in seen if m.author is bot and m.id > after), key=lambda m: m.id)


def _edited_after(status_messages: list[Message], pings: list[Message]) -> bool:
    """Whether there is a delivery, and each status message was edited since."""
    if not pings:
        return False
    delivered = min(message.created_at for message in pings)
    return all(
        not status_message.loading and (status_message.edited_at or 0) >= delivered
        for status_message in status_messages
    )
