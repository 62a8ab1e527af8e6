"""Who may do what where, from roles, channel overwrites and command permissions, in Discord's documented order."""

from collections.abc import Iterable

from sandbox.discord.model.commands import CommandPermission, Holder
from sandbox.discord.model.conversation import Channel, Overwrite
from sandbox.discord.model.guilds import Member, User
from sandbox.discord.model.permissions import ALL, DIRECT_MESSAGE, NEEDS_SENDING, Permissions
from sandbox.discord.rules.errors import MISSING_ACCESS, MISSING_PERMISSIONS, DiscordError


def guild_permissions(member: Member) -> Permissions:
    """Tell what a member may do in the guild, before any channel has its say."""
    if member.id == member.guild.owner_id:
        return ALL
    granted = member.guild.everyone.permissions
    for role in member.roles:
        granted |= role.permissions
    return ALL if Permissions.ADMINISTRATOR in granted else granted


def channel_permissions(user_id: int, channel: Channel) -> Permissions:
    """Tell what a user may do in a channel, a thread (its parent's rules) or a DM."""
    if channel.guild is None:
        return DIRECT_MESSAGE
    member = channel.guild.members.get(user_id)
    if member is None:
        return Permissions.NONE
    granted = guild_permissions(member)
    if Permissions.ADMINISTRATOR in granted:
        return granted
    overwrites = (channel.parent if channel.thread is not None and channel.parent else channel).overwrites
    nothing = Overwrite()
    everyone = overwrites.get(channel.guild.id, nothing)
    granted = granted & ~everyone.deny | everyone.allow
    of_roles = [overwrites[role.id] for role in member.roles if role.id in overwrites]
    for overwrite in of_roles:
        granted &= ~overwrite.deny
    for overwrite in of_roles:
        granted |= overwrite.allow
    own = overwrites.get(user_id, nothing)
    return _without_what_follows(granted & ~own.deny | own.allow, sending_permission(channel))


def sending_permission(channel: Channel) -> Permissions:
    """Tell which permission posting in a channel needs: a thread's is not its parent's."""
    return Permissions.SEND_MESSAGES_IN_THREADS if channel.thread is not None else Permissions.SEND_MESSAGES


def require(user: User, channel: Channel, needed: Permissions = Permissions.NONE) -> None:
    """Raise `DiscordError` (50001, 50013) where a user may not see the channel or lacks a permission."""
    granted = channel_permissions(user.id, channel)
    if Permissions.VIEW_CHANNEL not in granted:
        raise DiscordError(MISSING_ACCESS)
    if needed not in granted:
        raise DiscordError(MISSING_PERMISSIONS)


def may_see(user_id: int, channel: Channel) -> bool:
    """Whether a user sees the channel at all."""
    return Permissions.VIEW_CHANNEL in channel_permissions(user_id, channel)


def _without_what_follows(granted: Permissions, sending: Permissions) -> Permissions:
    if Permissions.VIEW_CHANNEL not in granted:
        return Permissions.NONE
    return granted if sending in granted else granted & ~NEEDS_SENDING


def command_allowance(permissions: Iterable[CommandPermission], member: Member) -> bool | None:
    """Tell what is set for a member: for them, else for one of their roles, else for everyone; None is nothing."""
    by_holder = {(each.type, each.id): each.permission for each in permissions}
    own = by_holder.get((Holder.USER, member.id))
    of_roles = [by_holder[Holder.ROLE, role.id] for role in member.roles if (Holder.ROLE, role.id) in by_holder]
    if own is not None or of_roles:
        return own if own is not None else any(of_roles)
    return by_holder.get((Holder.ROLE, member.guild.id))
