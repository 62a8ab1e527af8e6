"""A member who does what lines say, with what earlier lines brought to the screen."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sandbox.discord import ClientRefusal, DiscordSandbox, Interaction, Member, Message, Upload
from sandbox.discord.model.components import (
    SELECTS,
    ComponentType,
    Field,
    allowed_choices,
    every,
    fields_of,
    find_component,
)
from sandbox.discord.model.conversation import Channel
from sandbox.discord.people.choosing import find, offered
from sandbox.discord.people.forms import FieldInput
from sandbox.discord.people.lines import (
    LAST,
    ChooseLine,
    CommandLine,
    FileName,
    Line,
    LineError,
    MenuLine,
    PressLine,
    ReplyLine,
    parse,
)

_ANSWERS = {"yes": True, "true": True, "no": False, "false": False}


class StageError(Exception):
    """A line could not be played, or nothing came of it; the text says which, in a sentence."""


class Actor:
    """Plays lines as one member, and remembers the bot's messages that the member has seen."""

    def __init__(self, discord: DiscordSandbox, member: Member) -> None:
        self._discord = discord
        self.member = member
        self._seen: list[Message] = []

    def remember(self, messages: Iterable[Message]) -> None:
        """Note what the bot has said or changed, oldest first."""
        for message in messages:
            if message in self._seen:
                self._seen.remove(message)
            self._seen.append(message)

    def read(self, line: str, place: Channel) -> Line:
        """Read a line; raises `StageError`."""
        guild_id = place.guild.id if place.guild else None
        try:
            return parse(line, self._discord.world.application.commands_in(guild_id))
        except LineError as wrong:
            raise StageError(f"{line!r}: {wrong}") from None

    async def act(self, line: str, read: Line, place: Channel) -> Interaction | Message:
        """Do what a line says and give what it starts: an interaction, or a reply; raises `StageError`."""
        try:
            return await self._act(read, place)
        except ClientRefusal as refusal:
            raise StageError(f"{line!r}: {refusal}") from None

    async def submit(self, line: str, read: Line, opened: Interaction) -> Interaction:
        """Send the form that a line opened, filled in as it says; raises `StageError`."""
        given = read.fields if isinstance(read, PressLine | ChooseLine | MenuLine) else {}
        try:
            return await self._discord.submit(opened, self._field_values(opened, given))
        except ClientRefusal as refusal:
            raise StageError(f"{line!r}: {refusal}") from None

    async def _act(self, read: Line, place: Channel) -> Interaction | Message:
        match read:
            case CommandLine():
                options = {
                    name: self._file(value) if isinstance(value, FileName) else value
                    for name, value in read.options.items()
                }
                return await self._discord.command(self.member, place, read.command, options)
            case ReplyLine():
                result = self._last_result()
                return await self._discord.say(self.member, result.channel, read.text, reply_to=result)
            case MenuLine():
                return await self._discord.menu(self.member, self._last_result(), read.command)
            case PressLine():
                message, custom_id = self._newest_button(read.button)
                return await self._discord.click(self.member, message, custom_id)
            case ChooseLine():
                message, custom_id = self._newest_select(read.option)
                return await self._discord.select(self.member, message, custom_id, [read.option])

    def _field_values(self, opened: Interaction, given: Mapping[str, str]) -> dict[str, FieldInput]:
        fields = fields_of(opened.modal or {"components": []})
        values: dict[str, FieldInput] = dict(given)
        for name, words in given.items():
            for field in fields:
                if field.is_called(name):
                    values[name] = self._field_value(field, words)
        return values

    def _field_value(self, field: Field, words: str) -> FieldInput:
        """Read what a line writes behind a field's name: several choices or files stand with commas between."""
        if field.kind is ComponentType.CHECKBOX:
            if words.lower() not in _ANSWERS:
                raise ClientRefusal(f"{field.label} takes yes or no, not {words}")
            return _ANSWERS[words.lower()]
        if field.kind is ComponentType.TEXT_INPUT:
            return words
        _, most = allowed_choices(field.component)
        several = [each.strip() for each in words.split(",")] if most > 1 else [words]
        return [self._file(each) for each in several] if field.kind is ComponentType.FILE_UPLOAD else several

    def _file(self, name: str) -> Upload:
        if name == LAST:
            picture = self._last_result().attachments[0]
            return Upload(0, picture.filename, picture.content)
        path = Path(name).expanduser()
        if not path.is_file():
            raise ClientRefusal(f"there is no file {name}")
        return Upload(0, path.name, path.read_bytes())

    def _last_result(self) -> Message:
        for message in self._newest_first():
            if message.attachments and not message.ephemeral:
                return message
        raise ClientRefusal("there is no result yet to do that with")

    def _newest_button(self, name: str) -> tuple[Message, str]:
        for message in self._newest_first():
            button = find_component(message.components, name)
            if button is not None and button["type"] == ComponentType.BUTTON:
                return message, button["custom_id"]
        raise ClientRefusal(f"no message shows a button {name}")

    def _newest_select(self, option: str) -> tuple[Message, str]:
        for message in self._newest_first():
            for component in every(message.components):
                if component["type"] not in SELECTS:
                    continue
                choices = offered(self._discord.world, self.member, message.channel, component)
                if find(choices, option) is not None:
                    return message, component["custom_id"]
        raise ClientRefusal(f"no message shows a select with {option}")

    def _newest_first(self) -> list[Message]:
        return [message for message in reversed(self._seen) if not message.deleted]
