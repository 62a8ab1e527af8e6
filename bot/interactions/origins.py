"""Where, when and by whom something is asked for; raised first where the bot could not work there."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import discord

from bot.domain.access import Access
from bot.domain.budgets import Account
from bot.domain.jobs import Origin, Place
from bot.interactions import Interaction
from bot.interactions.permissions import own_permissions, require_allowed, require_permissions
from bot.wording.permissions import channel_not_told

_DM_UPLOAD_LIMIT = 10 * 1024 * 1024
_RATED: Final = (
    discord.TextChannel,
    discord.VoiceChannel,
    discord.StageChannel,
    discord.ForumChannel,
    discord.Thread,
)
"""What can be age-restricted; a thread is as its channel is."""
_FOR_ADULTS: Final = frozenset({discord.NSFWLevel.explicit, discord.NSFWLevel.age_restricted})
"""Servers of which every channel is age-restricted."""
_NAMED_MAX: Final = 5
"""How many age-restricted channels somebody is told of."""


def account_of_message(message: discord.Message) -> Account:
    """Tell whose account a message is: its author's, on this server or in direct messages."""
    return Account(message.guild.id if message.guild else 0, message.author.id)


def account_of(interaction: Interaction) -> Account:
    """Tell whose account an interaction is: the person's, on this server or in direct messages."""
    return Account(interaction.guild_id or 0, interaction.user.id)


def require_workplace(interaction: Interaction) -> None:
    """Raise `Refusal` where the bot could not post a picture, or not find it again."""
    _require_workplace(_channel_of(interaction), interaction.app_permissions, interaction.guild_id)


def origin_of(interaction: Interaction, asked_at: int) -> Origin:
    """Tell where, when and by whom an interaction was made, in a workplace."""
    channel = _channel_of(interaction)
    return Origin(
        id=interaction.id,
        account=account_of(interaction),
        role_ids=role_ids_of(interaction.user),
        channel_id=channel.id,
        parent_channel_id=_parent_channel_id(channel),
        place=_place(channel, interaction.app_permissions),
        upload_limit=_upload_limit(interaction.guild),
        application_id=interaction.application_id,
        interaction_token=interaction.token,
        asked_at=asked_at,
        thread_of=_thread_of(channel),
        age_restricted=is_age_restricted(channel),
        age_restricted_channels=age_restricted_channels(channel, interaction.guild, interaction.user),
    )


def origin_of_message(
    message: discord.Message,
    channel: object,
    application_id: int,
    access: Access,
    now_ms: int,
) -> Origin:
    """Tell the same of a message that asks for something in `channel`.

    Raises `Refusal` where the bot may not be used, or as `require_workplace` does.
    """
    guild, account, given = message.guild, account_of_message(message), own_permissions(channel)
    require_allowed(access, account)
    _require_workplace(channel, given, account.guild_id)
    return Origin(
        id=message.id,
        account=account,
        role_ids=role_ids_of(message.author),
        channel_id=message.channel.id,
        parent_channel_id=_parent_channel_id(channel),
        place=_place(channel, given),
        upload_limit=_upload_limit(guild),
        application_id=application_id,
        interaction_token=None,
        asked_at=now_ms,
        by_message=True,
        thread_of=_thread_of(channel),
        age_restricted=is_age_restricted(channel),
        age_restricted_channels=age_restricted_channels(channel, guild, message.author),
    )


def is_age_restricted(channel: object) -> bool:
    """Whether a place is for adults alone; one of which that is not known is not."""
    return isinstance(channel, _RATED) and (channel.is_nsfw() or channel.guild.nsfw_level in _FOR_ADULTS)


def age_restricted_channels(
    channel: object, guild: discord.Guild | None, person: discord.User | discord.Member
) -> tuple[int, ...]:
    """Give some of a server's age-restricted channels that somebody sees; none where they are in one."""
    if guild is None or not isinstance(person, discord.Member) or is_age_restricted(channel):
        return ()
    return tuple(islice(_seen_by(person, filter(is_age_restricted, guild.channels)), _NAMED_MAX))


def _seen_by(person: discord.Member, channels: Iterable[discord.abc.GuildChannel]) -> Iterator[int]:
    return (channel.id for channel in channels if channel.permissions_for(person).view_channel)


def _channel_of(interaction: Interaction) -> "discord.interactions.InteractionChannel":
    if interaction.channel is None:
        raise channel_not_told()
    return interaction.channel


def _require_workplace(channel: object, given: discord.Permissions, guild_id: int | None) -> None:
    if guild_id:
        require_permissions(given, in_thread=isinstance(channel, discord.Thread))


def _parent_channel_id(channel: object) -> int | None:
    # what is asked in a private thread is not for everybody in its channel
    return channel.parent_id if isinstance(channel, discord.Thread) and not channel.is_private() else None


def _thread_of(channel: object) -> int | None:
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def _upload_limit(guild: discord.Guild | None) -> int:
    return guild.filesize_limit if guild else _DM_UPLOAD_LIMIT


def _place(channel: object, given: discord.Permissions) -> Place:
    # a thread that the bot may open and not write in would stay behind empty
    if isinstance(channel, discord.TextChannel) and given.create_public_threads and given.send_messages_in_threads:
        return Place.CHANNEL
    if isinstance(channel, discord.DMChannel | discord.GroupChannel):
        return Place.DM
    return Place.THREAD  # or the chat of a voice channel, which has no threads of its own


def role_ids_of(person: discord.User | discord.Member) -> frozenset[int]:
    """Give the roles of somebody whom a command names; somebody who has left has none."""
    return frozenset(role.id for role in person.roles) if isinstance(person, discord.Member) else frozenset()
