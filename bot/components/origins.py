"""Where an interaction comes from, and whether the bot may work there; checked before anything is charged."""

from collections.abc import Iterable
from typing import Any

import discord

from bot.domain.budgets import Account
from bot.domain.jobs import Origin, Place
from bot.domain.refusals import Refusal, Refuser
from bot.domain.words import listed

_DM_UPLOAD_LIMIT = 10 * 1024 * 1024
_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
NEEDED_EVERYWHERE = tuple(_NAMES)
"""What the bot is invited with; without Create Public Threads it posts in place."""


def permission_names(permissions: Iterable[str]) -> str:
    """List permissions as Discord's own settings call them."""
    return listed([_NAMES[name] for name in permissions])


def origin_of(interaction: discord.Interaction[Any], allowed_guilds: frozenset[int] | None, now_ms: int) -> Origin:
    """Tell where, when and by whom an interaction was made; raises `Refusal` where the bot cannot work."""
    guild_id = interaction.guild_id or 0
    if allowed_guilds is not None and guild_id not in allowed_guilds:
        where = "this server" if guild_id else "direct messages"
        raise Refusal(
            Refuser.BOT,
            f"to work in {where}",
            f"Whoever runs this bot has not allowed {where}.",
            "Ask them, or use the bot on a server where it is allowed.",
        )
    channel = interaction.channel
    if channel is None or interaction.channel_id is None:
        raise Refusal(
            Refuser.DISCORD,
            "to say where this was asked",
            "Discord did not tell the bot which channel this is.",
            "Use the command in a text channel, a thread or a direct message.",
        )
    place = _place(channel, interaction.app_permissions)
    if guild_id:
        _require_permissions(interaction.app_permissions, in_thread=isinstance(channel, discord.Thread))
    user = interaction.user
    return Origin(
        id=interaction.id,
        account=Account(guild_id, user.id),
        role_ids=frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset(),
        channel_id=interaction.channel_id,
        parent_channel_id=channel.parent_id if isinstance(channel, discord.Thread) else None,
        place=place,
        upload_limit=interaction.guild.filesize_limit if interaction.guild else _DM_UPLOAD_LIMIT,
        application_id=interaction.application_id,
        interaction_token=interaction.token,
        asked_at=now_ms,
    )


def _place(channel: object, given: discord.Permissions) -> Place:
    # a thread that the bot may open and not write in would stay behind empty
    if isinstance(channel, discord.TextChannel) and given.create_public_threads and given.send_messages_in_threads:
        return Place.CHANNEL
    if isinstance(channel, discord.DMChannel | discord.GroupChannel):
        return Place.DM
    return Place.THREAD  # or the chat of a voice channel, which has no threads of its own


def _require_permissions(given: discord.Permissions, *, in_thread: bool) -> None:
    send = "send_messages_in_threads" if in_thread else "send_messages"
    needed = ("view_channel", send, "attach_files", "read_message_history")
    missing = [name for name in needed if not getattr(given, name)]
    if missing:
        listed = permission_names(missing)
        raise Refusal(
            Refuser.DISCORD,
            "this bot a permission that it needs here",
            f"Without {listed} it could not post your picture in this channel.",
            f"Ask a moderator to give the bot {listed} here.",
        )
