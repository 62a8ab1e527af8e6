"""Who sees what: an ephemeral message is for one person alone, and some content is not for bots."""

from sandbox.discord.model.conversation import Channel, Message
from sandbox.discord.model.guilds import Person, User, user_of
from sandbox.discord.model.kinds import MessageType
from sandbox.discord.rules.access import may_see


def is_open_to(person: Person, channel: Channel) -> bool:
    """Whether somebody sees a channel at all; a DM is for its two alone."""
    if channel.deleted or channel.recipient not in (None, user_of(person)):
        return False
    return may_see(person.id, channel)


def visible(channel: Channel, person: Person) -> list[Message]:
    """List what somebody sees in a channel, oldest first."""
    if not is_open_to(person, channel):
        return []
    return [
        message
        for message in channel.messages.values()
        if message.type is not MessageType.THREAD_STARTER_MESSAGE  # only repeats what stands above it
        and (not message.ephemeral or _viewer(message) is user_of(person))
    ]


def sees(person: Person, message: Message) -> bool:
    """Whether somebody sees a message."""
    return not message.deleted and message in visible(message.channel, person)


def _viewer(message: Message) -> User | None:
    return message.interaction.user if message.interaction else None


def shows_content(message: Message, bot: User, *, privileged: bool) -> bool:
    """Whether `bot` gets a message's text, files, embeds and components.

    Without the privileged intent only where the bot wrote the message, in a DM with it, or where the message
    mentions it.
    """
    return privileged or message.author is bot or message.channel.guild is None or bot in message.mentioned_users
