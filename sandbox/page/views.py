"""What one person's client shows: places, messages, commands and an open form, as JSON for the page."""

from collections.abc import Container, Iterable, Iterator
from typing import Final

from sandbox.discord import Channel, ChannelType, DiscordSandbox, Interaction, InteractionState, Member, Message
from sandbox.discord.model.commands import Command, CommandType, Option, OptionType
from sandbox.discord.model.components import texts_of
from sandbox.discord.model.conversation import Snapshot
from sandbox.discord.model.files import Attachment
from sandbox.discord.model.kinds import InteractionType, MessageFlags, MessageType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.payloads import Json
from sandbox.discord.rules.access import channel_permissions, guild_permissions, sending_permission
from sandbox.discord.rules.sight import is_open_to
from sandbox.page.media import Media, file

SHOWN: Final = 60
"""How many messages of a channel the page shows, until it asks for more."""
_FAILED: Final = {
    InteractionType.APPLICATION_COMMAND: "The application did not respond",
    InteractionType.MESSAGE_COMPONENT: "This interaction failed",
    InteractionType.MODAL_SUBMIT: "Something went wrong. Try again.",
}
_ICONS: Final = {ChannelType.VOICE: "voice", ChannelType.ANNOUNCEMENT: "news", ChannelType.FORUM: "forum"}


class Views:
    """Builds views of a sandbox."""

    def __init__(self, discord: DiscordSandbox, dismissed: Container[int]) -> None:
        """Build with the ids of the forms and private messages that somebody has closed."""
        self._discord = discord
        self._world = discord.world
        self._dismissed = dismissed
        self._media = Media(discord)

    def of(self, person: Member, channel: Channel, shown: int = SHOWN) -> Json:
        """Build all that a person's client shows while a channel is open in it, of its messages the newest."""
        failures = (self._failure(each) for each in self._unheard(person, channel))
        seen = [each for each in self._discord.visible(channel, person) if each.id not in self._dismissed]
        messages = [self._message(each, person) for each in seen[-shown:]]
        return {
            "me": str(person.id),
            "people": [self._person(member) for member in self._people(person)],
            "places": [self._place(each, person) for each in self._places(person)],
            "channel": self._place(channel, person) | {"writable": self._may_write(person, channel)},
            "messages": sorted([*messages, *failures], key=lambda each: int(each["id"])),
            "shown": shown,
            "older": len(seen) > shown,
            "names": self._names(person),
            "modal": self._modal(person, channel),
        }

    def commands(self, person: Member, channel: Channel) -> list[Json]:
        """List what a person is offered in a channel: every way to type a command, and the message menus."""
        offered = [
            each
            for each in self._world.application.commands_in(_guild_id(channel))
            if self._offers(each, person, channel)
        ]
        return list(_ways(sorted(offered, key=lambda each: each.name)))

    def channel(self, channel_id: int, person: Member) -> Channel | None:
        """Find a channel that a person sees."""
        found = self._world.channels.get(channel_id)
        return found if found is not None and is_open_to(person, found) else None

    def attachment(self, attachment_id: int, person: Member) -> Attachment | None:
        """Find a file in a message that a person sees."""
        for channel in self._world.channels.values():
            for message in self._discord.visible(channel, person):
                for attachment in self._media.in_message(message):
                    if attachment.id == attachment_id:
                        return attachment
        return None

    def _places(self, person: Member) -> Iterator[Channel]:
        everything = [each for each in self._world.channels.values() if is_open_to(person, each)]
        own = self._discord.direct_messages(person)
        for channel in sorted((c for c in everything if c.guild and not c.thread), key=lambda c: c.position):
            yield channel
            yield from sorted((c for c in everything if c.parent is channel), key=lambda c: c.id)
        yield own

    def _place(self, channel: Channel, person: Member) -> Json:
        last = next((m for m in reversed(self._discord.visible(channel, person))), None)
        thread = channel.thread
        return {
            "id": str(channel.id),
            "name": self._world.bot.name if channel.guild is None else channel.name,
            "kind": "dm" if channel.guild is None else "thread" if thread else _ICONS.get(channel.type, "text"),
            "parent": str(channel.parent.id) if channel.parent else None,
            "archived": bool(thread and thread.archived),
            "last": str(last.id) if last else None,
        }

    def _people(self, person: Member) -> Iterable[Member]:
        return [
            member
            for member in person.guild.members.values()
            if not member.user.bot and member.id != person.guild.owner_id
        ]

    def _person(self, member: Member) -> Json:
        moderates = Permissions.MANAGE_GUILD in guild_permissions(member)
        return {"id": str(member.id), "name": member.name, "moderator": moderates}

    def _names(self, person: Member) -> Json:
        return {
            "users": {str(user.id): user.name for user in self._world.users.values()},
            "roles": {str(role.id): role.name for role in person.guild.roles.values()},
            "channels": {
                str(each.id): each.name for each in self._world.channels.values() if is_open_to(person, each)
            },
            "bot": str(self._world.bot.id),
        }

    def _may_write(self, person: Member, channel: Channel) -> bool:
        if channel.thread is not None and channel.thread.locked:
            return False
        return channel.type is not ChannelType.FORUM and sending_permission(channel) in channel_permissions(
            person.id, channel
        )

    def _message(self, message: Message, person: Member) -> Json:
        v2 = MessageFlags.COMPONENTS_V2 in message.flags
        told: Json = {
            "id": str(message.id),
            "author": {"id": str(message.author.id), "name": message.author.name, "bot": message.author.bot},
            "at": message.created_at,
            "edited": message.edited_at is not None and not message.loading and message.interaction is None,
            "content": message.content,
            "notice": message.type is MessageType.THREAD_CREATED,
            "private": message.ephemeral,
            "asked": message.interaction is not None and message.interaction.user is person.user,
            "thinking": message.loading,
            "files": [] if v2 else [file(each) for each in message.attachments],
            "embeds": message.embeds,
            "components": self._media.components(message.components, message.attachments),
        }
        if message.interaction is not None and message.type in (
            MessageType.CHAT_INPUT_COMMAND,
            MessageType.CONTEXT_MENU_COMMAND,
        ):
            told["used"] = {"name": message.interaction.user.name, "command": _typed(message.interaction)}
        elif message.reference is not None and not message.reference.forwards:
            told["reply"] = self._replied(message.reference.message)
        if message.snapshot is not None:
            told["forwarded"] = self._snapshot(message.snapshot)
        if message.thread is not None and not message.thread.deleted:
            told["thread"] = {"id": str(message.thread.id), "name": message.thread.name}
        return told

    def _replied(self, message: Message | None) -> Json:
        if message is None or message.deleted:
            return {"name": "", "text": "Original message was deleted"}
        return {
            "id": str(message.id),
            "name": message.author.name,
            "text": _summary(message),
        }

    def _snapshot(self, snapshot: Snapshot) -> Json:
        v2 = MessageFlags.COMPONENTS_V2 in snapshot.flags
        return {
            "content": snapshot.content,
            "files": [] if v2 else [file(each) for each in snapshot.attachments],
            "components": self._media.components(snapshot.components, snapshot.attachments),
        }

    def _unheard(self, person: Member, channel: Channel) -> Iterator[Interaction]:
        """Give what the person did here and the bot has not answered: yet, or at all."""
        for interaction in self._world.interactions.values():
            here = interaction.user is person.user and interaction.channel is channel
            unheard = interaction.callback is None and interaction.id not in self._dismissed
            if here and unheard and interaction.type in _FAILED:
                yield interaction

    def _failure(self, interaction: Interaction) -> Json:
        bot, failed = self._world.bot, interaction.state is InteractionState.FAILED
        told: Json = {
            "id": str(interaction.id),
            "author": {"id": str(bot.id), "name": bot.name, "bot": True},
            "at": interaction.created_at,
            "content": "",
            "private": True,
            "asked": True,
            "failed": _FAILED[interaction.type] if failed else None,
            "sending": not failed,
            "files": [],
            "components": [],
        }
        if interaction.type is InteractionType.APPLICATION_COMMAND:
            told["used"] = {"name": interaction.user.name, "command": _typed(interaction)}
        elif interaction.message is not None:
            told["reply"] = self._replied(interaction.message)
        return told

    def _modal(self, person: Member, channel: Channel) -> Json | None:
        """Give the newest form that is open for a person here; one that failed to be sent is open still."""
        for interaction in reversed(self._world.interactions.values()):
            if (
                interaction.user is person.user
                and interaction.channel is channel
                and interaction.modal is not None
            ):
                if interaction.submission is not None or interaction.id in self._dismissed:
                    return None
                return {"interaction": str(interaction.id), **interaction.modal}
        return None

    def _offers(self, command: Command, person: Member, channel: Channel) -> bool:
        place = 1 if channel.guild is None else 0
        if command.contexts is not None and place not in command.contexts:
            return False
        if channel.guild is None:
            return command.raw.get("dm_permission") is not False
        granted, needed = channel_permissions(person.id, channel), command.default_member_permissions
        if Permissions.USE_APPLICATION_COMMANDS not in granted:
            return False
        return needed is None or Permissions.ADMINISTRATOR in granted or (bool(needed) and needed in granted)


def _ways(commands: Iterable[Command]) -> Iterator[Json]:
    for command in commands:
        if command.type is CommandType.MESSAGE:
            yield {"menu": command.name}
        elif command.type is CommandType.CHAT_INPUT:
            for path, options in command.paths():
                yield {
                    "name": " ".join(path),
                    "description": _description(command, path[1:]),
                    "options": [_option(option) for option in options],
                }


def _description(command: Command, below: tuple[str, ...]) -> str:
    description, level = str(command.raw.get("description", "")), command.options
    for name in below:
        found = next(option for option in level if option.name == name)
        description, level = found.description, found.options
    return description


def _option(option: Option) -> Json:
    return {
        "name": option.name,
        "kind": OptionType(option.type).name.lower(),
        "description": option.description,
        "required": option.required,
        "choices": [{"name": choice.name, "value": choice.value} for choice in option.choices],
        "suggests": option.autocomplete,
        "types": option.file_types,
        "min": option.min_value,
        "max": option.max_value,
        "least": option.min_length,
        "most": option.max_length,
    }


def _typed(interaction: Interaction) -> str:
    """Name the command of an interaction, or of the form that it sends: with its slash, or the entry of a menu."""
    data = (interaction.opened_by or interaction).data
    if data.get("type") != CommandType.CHAT_INPUT:
        return str(data.get("name", ""))
    names, options = [data["name"]], data.get("options", [])
    while options and options[0]["type"] in (OptionType.SUBCOMMAND, OptionType.SUBCOMMAND_GROUP):
        names.append(options[0]["name"])
        options = options[0].get("options", [])
    return f"/{' '.join(names)}"


def _summary(message: Message) -> str:
    texts = (message.content, *texts_of(message.components))
    return next((text for text in texts if text), "Click to see attachment" if message.attachments else "")


def _guild_id(channel: Channel) -> int | None:
    return channel.guild.id if channel.guild else None
