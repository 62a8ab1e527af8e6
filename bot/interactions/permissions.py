"""What the bot may do where it is asked to, and where it may be used at all."""

from typing import Final

import discord

from bot.domain.access import Access
from bot.domain.budgets import Account
from bot.wording.permissions import blocked_by_operator, not_allowed_by_operator, permissions_missing

NEEDED_EVERYWHERE = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "attach_files",
    "read_message_history",
)
"""What the bot is invited with; without Create Public Threads it posts in place."""


def own_permissions(channel: object) -> discord.Permissions:
    """Tell what the bot may do in a channel, as far as it knows that channel."""
    if isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return channel.permissions_for(channel.guild.me)
    return discord.Permissions.none()


def require_allowed(access: Access, account: Account) -> None:
    """Raise `Refusal` where the operator does not let somebody use the bot, or nobody where they are."""
    if not access.lets_in(account.user_id):
        raise blocked_by_operator()
    if not access.is_open(account.guild_id):
        raise not_allowed_by_operator(in_guild=bool(account.guild_id))


def lacking(given: discord.Permissions, *others: str, in_thread: bool) -> list[str]:
    """List what is not given of all that it takes to write in a channel or thread, and of `others`."""
    return [name for name in _needed(*others, in_thread=in_thread) if not getattr(given, name)]


def _needed(*others: str, in_thread: bool) -> tuple[str, ...]:
    return ("view_channel", "send_messages_in_threads" if in_thread else "send_messages", *others)


_FOR_PICTURES: Final = ("attach_files", "read_message_history")
_ENOUGH: Final = {
    in_thread: discord.Permissions(**dict.fromkeys(_needed(*_FOR_PICTURES, in_thread=in_thread), True))
    for in_thread in (False, True)
}
"""What it takes to post a picture and to find it again, in a channel and in a thread."""


def require_permissions(given: discord.Permissions, *, in_thread: bool) -> None:
    """Raise `Refusal` where the bot could not post a picture, or not find it again."""
    if not given >= _ENOUGH[in_thread]:
        raise permissions_missing(lacking(given, *_FOR_PICTURES, in_thread=in_thread))
