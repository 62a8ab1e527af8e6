"""Why Discord will not have the bot, and what mends it."""

import discord

TOKEN_REFUSED = (
    "discord.token: Discord does not accept it; copy it anew from the Developer Portal (Bot → Reset Token)"  # noqa: S105 - what is said of one
)
INTENT_OFF = (
    "discord.message_content is true, and Message Content Intent is off; switch it on in the Developer Portal "
    "(Bot → Privileged Gateway Intents), or set it to false"
)
_CLOSED_WITH = {
    4004: TOKEN_REFUSED,
    4010: "discord.shard_ids: Discord knows no such shard; mend it, and discord.shard_count",
    4011: "discord.shard_count: the bot is on too many servers for so few; set more, or leave it out",
    4014: INTENT_OFF,
}
"""What a code means that the gateway closes a connection with for good."""


class DiscordRefuses(Exception):
    """Discord will not have the bot; the text says why, and what to do."""


def refusal_of(error: discord.DiscordException) -> DiscordRefuses:
    """Say why Discord has ended the connection for good."""
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return DiscordRefuses(INTENT_OFF)
    if isinstance(error, discord.ConnectionClosed) and error.code in _CLOSED_WITH:
        return DiscordRefuses(_CLOSED_WITH[error.code])
    return DiscordRefuses(f"Discord will not have the bot: {error}")
