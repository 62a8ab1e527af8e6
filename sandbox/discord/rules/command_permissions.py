"""Who may use a command in one guild, as its moderators set that in the integration settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from sandbox.discord.model.guilds import Member


class Holder(IntEnum):
    """Discord's numbers for whom a command's permission is."""

    ROLE = 1
    USER = 2


@dataclass(frozen=True, slots=True)
class CommandPermission:
    """That a role or a user may use a command, or may not; the role of the guild's own id is @everyone."""

    id: int
    type: Holder
    permission: bool


def allowance(permissions: Iterable[CommandPermission], member: Member) -> bool | None:
    """Tell what is set for a member: for them, else for one of their roles, else for everyone; None is nothing."""
    by_holder = {(each.type, each.id): each.permission for each in permissions}
    own = by_holder.get((Holder.USER, member.id))
    of_roles = [by_holder[Holder.ROLE, role.id] for role in member.roles if (Holder.ROLE, role.id) in by_holder]
    if own is not None or of_roles:
        return own if own is not None else any(of_roles)
    return by_holder.get((Holder.ROLE, member.guild.id))
