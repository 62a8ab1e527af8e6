"""What people do to the bot in their clients: commands, message menus, buttons, selects and forms."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sandbox.discord.actions.service import Service
from sandbox.discord.model.commands import Command, CommandType, Option, OptionType
from sandbox.discord.model.components import BY_ID, SELECTS, ComponentType, allowed_choices, every, find_component
from sandbox.discord.model.conversation import Channel, Interaction, Message
from sandbox.discord.model.files import EPHEMERAL_FILE_LIFETIME, Attachment, Upload
from sandbox.discord.model.guilds import Person
from sandbox.discord.model.kinds import InteractionType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.payloads.resolved import resolve, resolve_options
from sandbox.discord.people.choosing import find, offered
from sandbox.discord.people.forms import FieldInput, fill
from sandbox.discord.people.inputs import (
    ClientRefusal,
    OptionInput,
    check_options,
    check_value,
    guessed_type,
    written_option,
)
from sandbox.discord.rules.access import channel_permissions, command_allowance
from sandbox.discord.rules.sight import is_open_to, sees

_IN_GUILD, _IN_BOT_DM = 0, 1


class Gestures:
    """Does what a person's client does, and refuses what it refuses (`ClientRefusal`)."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._world = service.world

    def command(
        self, person: Person, channel: Channel, name: str, values: Mapping[str, OptionInput], *, strict: bool
    ) -> Interaction:
        """Type a slash command, such as `/imagine` or `/spend user`."""
        path = tuple(name.removeprefix("/").split())
        command, options = self._find_command(channel, path)
        if strict:
            if command is None:
                raise ClientRefusal(f"there is no command /{' '.join(path)}")
            self._check_access(person, channel, command)
            check_options(options, values)
        written = self._options(channel, options, values)
        data: dict[str, Any] = {
            "id": str(command.id if command else self._world.ids.new()),
            "name": path[0],
            "type": int(CommandType.CHAT_INPUT),
            "options": _nested(command, path[1:], written) if command else written,
        }
        if resolved := resolve_options(self._world, self._service.cdn, person.id, channel, data["options"]):
            data["resolved"] = resolved
        kind = InteractionType.APPLICATION_COMMAND
        return self._service.responses.begin(kind, person, channel, data)

    def complete(
        self,
        person: Person,
        channel: Channel,
        name: str,
        focused: str,
        typed: str,
        values: Mapping[str, OptionInput],
    ) -> Interaction:
        """Type into an option that the bot completes; whatever else is filled in so far goes along, unresolved."""
        path = tuple(name.removeprefix("/").split())
        command, options = self._find_command(channel, path)
        if command is None:
            raise ClientRefusal(f"there is no command /{' '.join(path)}")
        self._check_access(person, channel, command)
        option = next((each for each in options if each.name == focused), None)
        if option is None or not option.autocomplete:
            raise ClientRefusal(f"{focused} is not completed by the bot")
        for each in options:
            if each.name in values:
                check_value(each, values[each.name])
        # what is typed need be no number yet, so it travels as text
        written = [
            *self._options(channel, options, values),
            {**written_option(focused, option.type, typed), "focused": True},
        ]
        data: dict[str, Any] = {
            "id": str(command.id),
            "name": path[0],
            "type": int(CommandType.CHAT_INPUT),
            "options": _nested(command, path[1:], written),
        }
        return self._service.responses.begin(InteractionType.AUTOCOMPLETE, person, channel, data)

    def menu(self, person: Person, message: Message, name: str) -> Interaction:
        """Choose a command from a message's menu (right click → Apps)."""
        channel = message.channel
        if message.ephemeral or not sees(person, message):
            raise ClientRefusal(f"{person.name} does not see this message, or only {person.name} does")
        offered = (each for each in self._commands_in(channel) if each.type is CommandType.MESSAGE)
        command = next((each for each in offered if each.name == name), None)
        if command is None:
            raise ClientRefusal(f"there is no message command {name}")
        self._check_access(person, channel, command)
        target = str(message.id)
        data: dict[str, Any] = {
            "id": str(command.id),
            "name": command.name,
            "type": int(CommandType.MESSAGE),
            "target_id": target,
            "resolved": {"messages": {target: self._service.events.write_target(message)}},
        }
        return self._service.responses.begin(InteractionType.APPLICATION_COMMAND, person, channel, data)

    def click(self, person: Person, message: Message, wanted: str) -> Interaction:
        """Press a button, by custom_id or label."""
        button = self._find(person, message, wanted, {ComponentType.BUTTON}, "button")
        return self._use(person, message, button)

    def select(self, person: Person, message: Message, wanted: str, values: Sequence[str]) -> Interaction:
        """Choose from a select, each option by value, label or mention; the select by custom_id or placeholder."""
        select = self._find(person, message, wanted, SELECTS, "select")
        choices = offered(self._world, person, message.channel, select)
        chosen = [found for value in values if (found := find(choices, value))]
        if len(chosen) < len(values):
            missing = next(value for value in values if find(choices, value) is None)
            raise ClientRefusal(f"there is no option {missing}")
        least, most = allowed_choices(select)
        if not least <= len(chosen) <= most:
            raise ClientRefusal(f"{wanted} takes {least} to {most} options, not {len(chosen)}")
        named = chosen if select["type"] in BY_ID else []
        return self._use(person, message, select, values=chosen, **self._resolved(person, message.channel, named))

    def submit(self, opened: Interaction, values: Mapping[str, FieldInput]) -> Interaction:
        """Send the form that an interaction was answered with; it closes with that."""
        person = opened.member or opened.user
        if opened.modal is None or opened.submission is not None:
            raise ClientRefusal(f"no form is open for {person.name}")
        if not is_open_to(person, opened.channel):
            raise ClientRefusal(f"{person.name} does not see this channel any more")
        channel = opened.channel
        components = fill(
            opened.modal,
            values,
            lambda component: offered(self._world, person, channel, component),
            lambda upload: self._store(channel, upload),
        )
        named = [each for part in every(components) if part["type"] in BY_ID for each in part["values"]]
        data: dict[str, Any] = {
            "custom_id": opened.modal["custom_id"],
            "components": components,
            **self._resolved(person, channel, named),
        }
        kind = InteractionType.MODAL_SUBMIT
        opened.submission = self._service.responses.begin(
            kind, person, channel, data, message=opened.message, opened_by=opened
        )
        return opened.submission

    def _resolved(self, person: Person, channel: Channel, values: Sequence[str]) -> dict[str, Any]:
        found = resolve(self._world, self._service.cdn, person.id, channel, values)
        return {"resolved": found} if found else {}

    def _find(
        self, person: Person, message: Message, wanted: str, kinds: Collection[ComponentType], what: str
    ) -> dict[str, Any]:
        if not sees(person, message):
            raise ClientRefusal(f"{person.name} does not see this message")
        component = find_component(message.components, wanted)
        if component is None or component["type"] not in kinds:
            raise ClientRefusal(f"there is no {what} {wanted}")
        if component.get("disabled"):
            raise ClientRefusal(f"the {what} {wanted} is disabled")
        return component

    def _use(self, person: Person, message: Message, component: dict[str, Any], **chosen: object) -> Interaction:
        data = {
            "component_type": int(component["type"]),
            "custom_id": component["custom_id"],
            "id": component["id"],
            **chosen,
        }
        kind = InteractionType.MESSAGE_COMPONENT
        return self._service.responses.begin(kind, person, message.channel, data, message=message)

    def _commands_in(self, channel: Channel) -> list[Command]:
        return self._world.application.commands_in(channel.guild.id if channel.guild else None)

    def _find_command(self, channel: Channel, path: tuple[str, ...]) -> tuple[Command | None, tuple[Option, ...]]:
        for command in self._commands_in(channel):
            for known, options in command.paths():
                if command.type is CommandType.CHAT_INPUT and known == path:
                    return command, options
        return None, ()

    def _check_access(self, person: Person, channel: Channel, command: Command) -> None:
        slash = "/" if command.type is CommandType.CHAT_INPUT else ""
        place = _IN_BOT_DM if channel.guild is None else _IN_GUILD
        guild_only = command.contexts is None and command.raw.get("dm_permission") is False
        if (command.contexts is not None and place not in command.contexts) or (guild_only and place != _IN_GUILD):
            raise ClientRefusal(f"{slash}{command.name} is not offered here")
        granted = channel_permissions(person.id, channel)
        if not is_open_to(person, channel) or Permissions.USE_APPLICATION_COMMANDS not in granted:
            raise ClientRefusal(f"{person.name} may not use commands here")
        needed = command.default_member_permissions
        if place != _IN_GUILD or Permissions.ADMINISTRATOR in granted:
            return
        allowed = self._allowance(person, channel, command)
        if allowed is None:
            allowed = needed is None or (bool(needed) and needed in granted)
        if not allowed:
            raise ClientRefusal(f"{slash}{command.name} is not offered to {person.name}")

    def _allowance(self, person: Person, channel: Channel, command: Command) -> bool | None:
        """Tell what the guild's integration settings say of a person and a command; None is nothing."""
        member = channel.guild.members.get(person.id) if channel.guild else None
        if member is None:
            return None
        key = (member.guild.id, command.id)
        return command_allowance(self._world.application.command_permissions.get(key, ()), member)

    def _options(
        self, channel: Channel, options: tuple[Option, ...], values: Mapping[str, OptionInput]
    ) -> list[dict[str, Any]]:
        kinds = {option.name: option.type for option in options}
        written = []
        for name, value in values.items():
            kind = kinds.get(name) or guessed_type(value)
            if isinstance(value, Upload):
                written.append(written_option(name, kind, str(self._store(channel, value).id)))
            else:
                written.append(written_option(name, kind, value))
        return written

    def _store(self, channel: Channel, upload: Upload) -> Attachment:
        vanishes_at = self._service.clock.time() + EPHEMERAL_FILE_LIFETIME
        return self._service.chat.store(channel, upload, ephemeral=True, vanishes_at=vanishes_at)


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
