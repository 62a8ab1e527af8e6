"""What people do in their clients: type commands, press buttons, write messages, look around."""

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.discord.access import channel_permissions, may_see, sending_permission
from sandbox.discord.application_commands import Command, CommandType, Option, OptionType
from sandbox.discord.channels import Channel
from sandbox.discord.components import ComponentType, find
from sandbox.discord.drafts import Draft, Upload
from sandbox.discord.guilds import Member, User
from sandbox.discord.interactions import Interaction, InteractionType
from sandbox.discord.mentions import AllowedMentions
from sandbox.discord.messages import Message, MessageType
from sandbox.discord.option_values import (
    ClientRefusal,
    OptionInput,
    check_options,
    guessed_type,
    written_option,
)
from sandbox.discord.payloads import people, places
from sandbox.discord.payloads.messages import attachment as written_attachment
from sandbox.discord.permissions import Permissions
from sandbox.discord.service import Service

_IN_GUILD, _IN_BOT_DM = 0, 1


class Player:
    """Does what a person's client does, and refuses what it refuses (`ClientRefusal`)."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._world = service.world

    def command(
        self, member: Member, channel: Channel, name: str, values: Mapping[str, OptionInput], *, strict: bool
    ) -> Interaction:
        """Type a slash command, such as `/imagine` or `/spend user`."""
        path = tuple(name.removeprefix("/").split())
        command, options = self._find_command(channel, path)
        if strict:
            if command is None:
                raise ClientRefusal(f"there is no command /{' '.join(path)}")
            self._check_access(member, channel, command)
            check_options(options, values)
        written = self._options(channel, options, values)
        data: dict[str, Any] = {
            "id": str(command.id if command else self._world.ids.new()),
            "name": path[0],
            "type": int(CommandType.CHAT_INPUT),
            "options": _nested(command, path[1:], written) if command else written,
        }
        if resolved := self._resolved(channel, data["options"]):
            data["resolved"] = resolved
        kind = InteractionType.APPLICATION_COMMAND
        return self._service.responses.begin(kind, member, channel, data)

    def click(self, member: Member, message: Message, wanted: str) -> Interaction:
        """Press a button, by custom_id or label."""
        if message.deleted or message not in self.visible(message.channel, member):
            raise ClientRefusal(f"{member.name} does not see this message")
        component = find(message.components, wanted)
        if component is None or component["type"] != ComponentType.BUTTON:
            raise ClientRefusal(f"there is no button {wanted}")
        if component.get("disabled"):
            raise ClientRefusal(f"the button {wanted} is disabled")
        data = {
            "component_type": int(ComponentType.BUTTON),
            "custom_id": component["custom_id"],
            "id": component["id"],
        }
        kind = InteractionType.MESSAGE_COMPONENT
        return self._service.responses.begin(kind, member, message.channel, data, message=message)

    def say(
        self,
        member: Member,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None,
        ping: bool,
        files: Sequence[Upload],
    ) -> Message:
        """Write a message, or a reply."""
        self._service.threads.refresh(channel)
        granted = channel_permissions(member.id, channel)
        if sending_permission(channel) not in granted:
            raise ClientRefusal(f"{member.name} may not write here")
        if files and Permissions.ATTACH_FILES not in granted:
            raise ClientRefusal(f"{member.name} may not attach files here")
        draft = Draft(
            content=text,
            uploads=tuple(files),
            reply_to=reply_to.id if reply_to else None,
            allowed_mentions=AllowedMentions(replied_user=ping),
        )
        return self._service.chat.post(channel, member.user, draft)

    def visible(self, channel: Channel, member: Member) -> list[Message]:
        """List what a member sees in a channel, oldest first."""
        if not may_see(member.id, channel):
            return []
        return [
            message
            for message in channel.messages.values()
            if message.type is not MessageType.THREAD_STARTER_MESSAGE  # only repeats what stands above it
            and (not message.ephemeral or _viewer(message) is member.user)
        ]

    def _find_command(self, channel: Channel, path: tuple[str, ...]) -> tuple[Command | None, tuple[Option, ...]]:
        for command in self._world.application.commands_in(channel.guild.id if channel.guild else None):
            for known, options in command.paths():
                if command.type is CommandType.CHAT_INPUT and known == path:
                    return command, options
        return None, ()

    def _check_access(self, member: Member, channel: Channel, command: Command) -> None:
        place = _IN_BOT_DM if channel.guild is None else _IN_GUILD
        guild_only = command.contexts is None and command.raw.get("dm_permission") is False
        if (command.contexts is not None and place not in command.contexts) or (guild_only and place != _IN_GUILD):
            raise ClientRefusal(f"/{command.name} is not offered here")
        granted = channel_permissions(member.id, channel)
        if Permissions.USE_APPLICATION_COMMANDS not in granted:
            raise ClientRefusal(f"{member.name} may not use commands here")
        needed = command.default_member_permissions
        if needed is None or place != _IN_GUILD or Permissions.ADMINISTRATOR in granted:
            return
        if not needed or needed not in granted:
            raise ClientRefusal(f"/{command.name} is not offered to {member.name}")

    def _options(
        self, channel: Channel, options: tuple[Option, ...], values: Mapping[str, OptionInput]
    ) -> list[dict[str, Any]]:
        kinds = {option.name: option.type for option in options}
        written = []
        for name, value in values.items():
            kind = kinds.get(name) or guessed_type(value)
            if isinstance(value, Upload):
                stored = self._service.chat.store(channel, value, ephemeral=True)
                written.append(written_option(name, kind, str(stored.id)))
            else:
                written.append(written_option(name, kind, value))
        return written

    def _resolved(self, channel: Channel, options: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for option in options:
            if "options" in option:
                found |= self._resolved(channel, option["options"])
            elif option["type"] >= OptionType.USER and option["type"] != OptionType.NUMBER:
                for kind, written in self._resolve(channel, int(option["value"])).items():
                    found.setdefault(kind, {})[str(option["value"])] = written
        return found

    def _resolve(self, channel: Channel, wanted: int) -> dict[str, Any]:
        guild = channel.guild
        if wanted in self._world.attachments:
            attachment = self._world.attachments[wanted]
            return {"attachments": written_attachment(attachment, self._service.cdn.sign)}
        if wanted in self._world.users:
            resolved: dict[str, Any] = {"users": people.user(self._world.users[wanted])}
            if guild is not None and (member := guild.members.get(wanted)):
                permissions = channel_permissions(wanted, channel)
                resolved["members"] = people.member(member, permissions=permissions, with_user=False)
            return resolved
        if guild is not None and wanted in guild.roles:
            return {"roles": people.role(guild.roles[wanted])}
        if wanted in self._world.channels:
            place = self._world.channels[wanted]
            permissions = channel_permissions(self._world.bot.id, place)
            written = places.channel(place, reader_id=self._world.bot.id, permissions=permissions)
            return {"channels": written}
        return {}


def _nested(command: Command, below: tuple[str, ...], options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kinds: list[OptionType] = []
    level = command.options
    for name in below:
        found = next(option for option in level if option.name == name)
        kinds.append(found.type)
        level = found.options
    for name, kind in reversed(list(zip(below, kinds, strict=True))):
        options = [{"name": name, "type": int(kind), "options": options}]
    return options


def _viewer(message: Message) -> User | None:
    return message.interaction.user if message.interaction else None
