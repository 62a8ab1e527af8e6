"""Links to messages, as Discord's clients open them."""


def jump_url(guild_id: int, channel_id: int, message_id: int) -> str:
    """Write the address of a message; in direct messages the server is 0."""
    return f"https://discord.com/channels/{guild_id or '@me'}/{channel_id}/{message_id}"
