"""What a bot without the privileged message-content intent gets to read."""

from sandbox.discord.model.conversation import Message
from sandbox.discord.model.guilds import User


def shows_content(message: Message, bot: User, *, privileged: bool) -> bool:
    """Whether `bot` gets a message's text, files, embeds and components.

    Without the privileged intent only where the bot wrote the message, in a DM with it, or where the message
    mentions it.
    """
    return privileged or message.author is bot or message.channel.guild is None or bot in message.mentioned_users
