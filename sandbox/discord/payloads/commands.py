"""Commands, as the bot reads them back."""

from collections.abc import Iterable

from sandbox.discord.model.commands import Command, CommandPermission, CommandType
from sandbox.discord.payloads import Json


def command(of: Command, application_id: int, guild_id: int | None) -> Json:
    """Write a registered command."""
    permissions = of.default_member_permissions
    written: Json = {
        "id": str(of.id),
        "application_id": str(application_id),
        "version": str(of.version),
        "name": of.name,
        "type": int(of.type),
        "description": of.raw["description"] if of.type is CommandType.CHAT_INPUT else "",
        "default_member_permissions": None if permissions is None else str(int(permissions)),
        "dm_permission": of.raw.get("dm_permission") is not False,
        "contexts": None if of.contexts is None else sorted(of.contexts),
        "integration_types": of.raw.get("integration_types") or [0],
        "nsfw": bool(of.raw.get("nsfw")),
    }
    if of.raw.get("options"):
        written["options"] = of.raw["options"]
    return written if guild_id is None else {**written, "guild_id": str(guild_id)}


def command_permissions(
    of: Iterable[CommandPermission], application_id: int, guild_id: int, command_id: int
) -> Json:
    """Write who may use a command in a guild."""
    return {
        "id": str(command_id),
        "application_id": str(application_id),
        "guild_id": str(guild_id),
        "permissions": [
            {"id": str(each.id), "type": int(each.type), "permission": each.permission} for each in of
        ],
    }
