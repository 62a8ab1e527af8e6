"""What a person does on the page, brought to the sandbox as their client would."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.discord import (
    Channel,
    ClientRefusal,
    DiscordSandbox,
    Interaction,
    InteractionState,
    Member,
    Message,
    Upload,
)
from sandbox.discord.model.commands import Option, OptionType
from sandbox.discord.model.components import ComponentType, fields_of
from sandbox.discord.payloads import Json
from sandbox.discord.people.forms import FieldInput
from sandbox.discord.people.inputs import OptionInput

_ID_LENGTH = 20
"""Digits of the largest snowflake."""
_PLACES = frozenset({OptionType.USER, OptionType.CHANNEL, OptionType.ROLE, OptionType.MENTIONABLE})


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing that somebody did, as the page sent it."""

    person: Member
    channel: Channel
    said: Mapping[str, Any]
    files: Mapping[str, Sequence[Upload]] = field(default_factory=dict)
    """By the name of the option or field that they were put into."""

    def text(self, name: str) -> str:
        """Give a text; `ClientRefusal` where the page sent none."""
        value = self.said.get(name)
        if not isinstance(value, str):
            raise ClientRefusal(f"{name} is missing")
        return value

    def named(self, name: str) -> Mapping[str, Any]:
        """Give values by their names; `ClientRefusal` where the page sent something else."""
        value = self.said.get(name) or {}
        if not isinstance(value, Mapping):
            raise ClientRefusal(f"{name} are no values by their names")
        return value

    def texts(self, name: str) -> list[str]:
        """Give several texts; `ClientRefusal` where the page sent something else."""
        return _texts(name, self.said.get(name) or [])


class PageGestures:
    """Does what the page asks for; raises `ClientRefusal` where a client would not."""

    def __init__(self, discord: DiscordSandbox, dismissed: set[int]) -> None:
        """Build with where the ids of forms and private messages are remembered that somebody has closed."""
        self._discord = discord
        self._dismissed = dismissed
        self.named: Mapping[str, Callable[[Doing], Awaitable[Json | None]]] = {
            "say": self._say,
            "command": self._command,
            "complete": self._complete,
            "menu": self._menu,
            "click": self._click,
            "select": self._select,
            "submit": self._submit,
            "dismiss": self._dismiss,
        }

    async def _say(self, doing: Doing) -> None:
        files = [upload for uploads in doing.files.values() for upload in uploads]
        text = doing.text("text").strip()
        if not text and not files:
            raise ClientRefusal("There is nothing to send.")
        reply_to = self._message(doing, "reply_to") if doing.said.get("reply_to") else None
        ping = doing.said.get("ping") is not False
        await self._discord.say(doing.person, doing.channel, text, reply_to=reply_to, ping=ping, files=files)

    async def _command(self, doing: Doing) -> None:
        name = doing.text("name")
        await self._discord.command(doing.person, doing.channel, f"/{name}", self._values(doing, name))

    async def _complete(self, doing: Doing) -> Json:
        """Ask the bot what may stand in an option; nothing where it does not answer in time."""
        name, focused, typed = doing.text("name"), doing.text("focused"), doing.text("typed")
        values = self._values(doing, name)
        asked = await self._discord.complete(doing.person, doing.channel, f"/{name}", focused, typed, values)
        answered = {InteractionState.ANSWERED, InteractionState.FAILED}
        await self._discord.wait_for(lambda: asked.state in answered)
        return {"choices": asked.choices or []}

    def _values(self, doing: Doing, name: str) -> dict[str, OptionInput]:
        options = {option.name: option for option in self._options_of(doing, name)}
        values: dict[str, OptionInput] = {key: uploads[0] for key, uploads in doing.files.items() if uploads}
        for key, value in doing.named("options").items():
            values[key] = _typed(options[key], value) if key in options else value
        return values

    async def _menu(self, doing: Doing) -> None:
        await self._discord.menu(doing.person, self._message(doing, "message"), doing.text("name"))

    async def _click(self, doing: Doing) -> None:
        await self._discord.click(doing.person, self._message(doing, "message"), doing.text("custom_id"))

    async def _select(self, doing: Doing) -> None:
        chosen = doing.texts("values")
        message = self._message(doing, "message")
        await self._discord.select(doing.person, message, doing.text("custom_id"), chosen)

    async def _submit(self, doing: Doing) -> None:
        opened = self._opened(doing)
        kinds = {each.custom_id: each.kind for each in fields_of(opened.modal or {"components": []})}
        values: dict[str, FieldInput] = {key: list(uploads) for key, uploads in doing.files.items()}
        for key, value in doing.named("fields").items():
            match kinds.get(key):
                case ComponentType.TEXT_INPUT | None:
                    values[key] = str(value)
                case ComponentType.CHECKBOX:
                    values[key] = bool(value)
                case _:
                    values[key] = _texts(key, value)
        await self._discord.submit(opened, values)

    async def _dismiss(self, doing: Doing) -> None:
        """Close a form without sending it, or a message that only this person sees."""
        if "message" not in doing.said:
            self._dismissed.add(self._opened(doing).id)
            return
        wanted = _id(doing.text("message"))
        private = [each.id for each in self._discord.visible(doing.channel, doing.person) if each.ephemeral]
        mine = self._discord.world.interactions.get(wanted)
        if wanted not in private and (mine is None or mine.user is not doing.person.user):
            raise ClientRefusal("This message is gone.")
        self._dismissed.add(wanted)

    def _opened(self, doing: Doing) -> Interaction:
        found = self._discord.world.interactions.get(_id(doing.text("interaction")))
        if found is None or found.user is not doing.person.user:
            raise ClientRefusal("This form is no longer open.")
        return found

    def _message(self, doing: Doing, name: str) -> Message:
        wanted = _id(doing.text(name))
        for message in self._discord.visible(doing.channel, doing.person):
            if message.id == wanted:
                return message
        raise ClientRefusal("This message is gone.")

    def _options_of(self, doing: Doing, name: str) -> Sequence[Option]:
        guild_id = doing.channel.guild.id if doing.channel.guild else None
        for command in self._discord.world.application.commands_in(guild_id):
            for path, options in command.paths():
                if " ".join(path) == name:
                    return options
        return ()


def _typed(option: Option, value: object) -> OptionInput:
    """Turn what an input field holds into what the option takes; what does not fit is refused with its name."""
    if isinstance(value, bool):
        return value
    text = str(value)
    try:
        if option.type is OptionType.INTEGER:
            return int(text)
        if option.type is OptionType.NUMBER:
            return float(text)
    except ValueError:
        raise ClientRefusal(f"{option.name} takes a number, not {text!r}") from None
    return _id(text) if option.type in _PLACES else text


def _texts(name: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise ClientRefusal(f"{name} are no list")
    return [str(each) for each in value]


def _id(text: str) -> int:
    if not (found := read_id(text)):
        raise ClientRefusal(f"{text[:30]!r} is no id")
    return found


def read_id(text: str) -> int:
    """Read an id of Discord's; 0, which nothing has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= _ID_LENGTH else 0
