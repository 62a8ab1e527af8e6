"""What the bot may do where it is asked to, and where it may be used at all."""

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


def require_permissions(given: discord.Permissions, *, in_thread: bool) -> None:
    """Raise `Refusal` where the bot could not post a picture, or not find it again."""
    if missing := lacking(given, "attach_files", "read_message_history", in_thread=in_thread):
        raise permissions_missing(missing)


def lacking(given: discord.Permissions, *others: str, in_thread: bool) -> list[str]:
    """List what is not given of all that it takes to write in a channel or thread, and of `others`."""
    needed = ("view_channel", "send_messages_in_threads" if in_thread else "send_messages", *others)
    return [name for name in needed if not getattr(given, name)]
