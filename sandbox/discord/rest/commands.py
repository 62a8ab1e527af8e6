"""Registering application commands."""

from sandbox.discord.model.commands import Command
from sandbox.discord.payloads.commands import command as written
from sandbox.discord.payloads.commands import command_permissions
from sandbox.discord.rest.call import Answer, Call
from sandbox.discord.rules.commands import check_commands, read_command
from sandbox.discord.rules.errors import MISSING_ACCESS, UNKNOWN_COMMAND, UNKNOWN_COMMAND_PERMISSIONS, DiscordError


def list_commands(call: Call) -> Answer:
    """Answer GET /applications/{application}/commands."""
    application_id = call.own_application()
    return Answer([written(each, application_id, None) for each in call.world.application.commands.values()])


def replace_commands(call: Call) -> Answer:
    """Answer PUT /applications/{application}/commands."""
    application_id = call.own_application()
    call.world.application.commands = _registered(call, call.world.application.commands)
    call.service.changes.announce()
    return Answer([written(each, application_id, None) for each in call.world.application.commands.values()])


def list_guild_commands(call: Call) -> Answer:
    """Answer GET /applications/{application}/guilds/{guild}/commands."""
    application_id, guild_id = call.own_application(), _own_guild(call)
    commands = call.world.application.guild_commands.get(guild_id, {})
    return Answer([written(each, application_id, guild_id) for each in commands.values()])


def replace_guild_commands(call: Call) -> Answer:
    """Answer PUT /applications/{application}/guilds/{guild}/commands."""
    application_id, guild_id = call.own_application(), _own_guild(call)
    known = call.world.application.guild_commands.get(guild_id, {})
    commands = call.world.application.guild_commands[guild_id] = _registered(call, known)
    call.service.changes.announce()
    return Answer([written(each, application_id, guild_id) for each in commands.values()])


def get_command_permissions(call: Call) -> Answer:
    """Answer GET /applications/{application}/guilds/{guild}/commands/{command}/permissions."""
    application_id, guild_id, command_id = call.own_application(), _own_guild(call), call.id("command")
    if not any(command.id == command_id for command in call.world.application.commands_in(guild_id)):
        raise DiscordError(UNKNOWN_COMMAND)
    permissions = call.world.application.command_permissions.get((guild_id, command_id))
    if not permissions:
        raise DiscordError(UNKNOWN_COMMAND_PERMISSIONS)
    return Answer(command_permissions(permissions, application_id, guild_id, command_id))


def list_command_permissions(call: Call) -> Answer:
    """Answer GET /applications/{application}/guilds/{guild}/commands/permissions: of those that have some."""
    application_id, guild_id = call.own_application(), _own_guild(call)
    known = call.world.application.command_permissions.items()
    return Answer(
        [
            command_permissions(permissions, application_id, guild_id, command_id)
            for (of_guild, command_id), permissions in known
            if of_guild == guild_id and permissions
        ]
    )


def _registered(call: Call, known: dict[int, Command]) -> dict[int, Command]:
    """Read the commands that replace the known ones; one of the same name and type keeps its id."""
    ids = {(command.type, command.name): command.id for command in known.values()}
    new = call.world.ids.new
    commands = (
        read_command(each, command_id=ids.get((each.get("type", 1), each["name"])) or new(), version=new())
        for each in check_commands(call.body)
    )
    return {command.id: command for command in commands}


def _own_guild(call: Call) -> int:
    guild_id = call.id("guild")
    if guild_id not in call.world.guilds:
        raise DiscordError(MISSING_ACCESS)
    return guild_id
