"""Who may moderate: asked anew for every command, click and form of moderators."""

import asyncio
from dataclasses import dataclass
from typing import Final

import discord

from bot.domain.moderation.actions import About, ActionKind
from bot.interactions import Interaction
from bot.interactions.responses import LOST
from bot.interactions.services import Services
from bot.moderation.service import Moderation, Moderator
from bot.wording.permissions import for_moderators_only, for_servers_only, right_not_told, tried_to_use

_PATIENCE: Final = 2.0
"""Real seconds for Discord to say who may; a click has to be answered within three."""
_ID_MAX: Final = 2**63 - 1
_ROLE, _USER = 1, 2
"""Discord's numbers for whom a command's permission is."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody tries, for the record of who did without the right to it."""

    command: str
    """As people see it: `/spend limit`, or a menu's name."""
    kind: ActionKind
    about: About = About.GUILD
    subject_id: int | None = None
    """The member's, role's or job's id; None for the server itself."""

    def subject(self, guild_id: int) -> tuple[About, int]:
        """Give whom or what it is about; an id that nothing can have is left out."""
        if self.subject_id is None or self.subject_id > _ID_MAX:
            return About.GUILD, guild_id
        return self.about, self.subject_id

    @property
    def registered(self) -> str:
        """Name the command as Discord has it: that of all of its subcommands."""
        return self.command.removeprefix("/").split()[0] if self.command.startswith("/") else self.command


class Rights(Services):
    """Asks Discord who may use a moderators' command, and keeps who tried without."""

    def __init__(self, client: discord.Client, moderation: Moderation) -> None:
        self._client = client
        self._moderation = moderation

    async def require(self, interaction: Interaction, attempt: Attempt) -> Moderator:
        """Give who acts and where.

        Raises `Refusal`, and records it, where they have neither Manage Server nor an allowance of their own or of
        one of their roles in the server's integration settings.
        """
        guild_id = interaction.guild_id
        if guild_id is None:
            raise for_servers_only(attempt.command)
        by = Moderator(guild_id, interaction.user.id)
        given = interaction.permissions
        if given.administrator or given.manage_guild or await self._is_allowed(interaction, guild_id, attempt):
            return by
        await self._moderation.refused(by, attempt.kind, attempt.subject(guild_id), tried_to_use(attempt.command))
        raise for_moderators_only(attempt.command)

    async def _is_allowed(self, interaction: Interaction, guild_id: int, attempt: Attempt) -> bool:
        """Ask Discord what the server's integration settings say of a person and a command."""
        http, application_id = self._client.http, interaction.application_id
        try:
            async with asyncio.timeout(_PATIENCE):
                commands = await http.get_global_commands(application_id)
                command_id = next((each["id"] for each in commands if each["name"] == attempt.registered), None)
                if command_id is None:
                    return False
                found = await http.get_application_command_permissions(application_id, guild_id, command_id)
        except discord.NotFound:
            return False  # nothing is set there
        except (discord.HTTPException, *LOST) as error:
            raise right_not_told(attempt.command) from error
        set_for: dict[tuple[int, int], bool] = {
            (each["type"], int(each["id"])): each["permission"] for each in found["permissions"]
        }
        user, everyone = interaction.user, guild_id
        own = set_for.get((_USER, user.id))
        if own is not None:
            return own
        roles = {role.id for role in user.roles} - {everyone} if isinstance(user, discord.Member) else set()
        of_roles = [set_for[_ROLE, role] for role in roles if (_ROLE, role) in set_for]
        return any(of_roles) if of_roles else set_for.get((_ROLE, everyone), False)


async def require_moderator(interaction: Interaction, attempt: Attempt) -> Moderator:
    """Give who acts and where; raises `Refusal` where they may not, and records it."""
    return await Rights.of(interaction).require(interaction, attempt)
