"""Commands as a bot registers them: Discord's limits."""

import re
from collections.abc import Mapping
from typing import Any

from sandbox.discord.model.commands import NESTING, WITH_CHOICES, Choice, Command, CommandType, Option, OptionType
from sandbox.discord.model.permissions import Permissions
from sandbox.discord.rules.file_types import check_file_types
from sandbox.discord.rules.request_fields import Form, Path

MAX_COMMANDS = {CommandType.CHAT_INPUT: 100, CommandType.USER: 5, CommandType.MESSAGE: 5}
MAX_OPTIONS = 25
MAX_CHOICES = 25
MAX_COMMAND_CHARACTERS = 8000
"""Names, descriptions and choice values of one command together."""

_SLASH_NAME = re.compile(r"[-_'\w]{1,32}")


def check_commands(payload: object) -> list[dict[str, Any]]:
    """Check a bulk registration and give it back as a list of objects.

    Raises:
        DiscordError: 50035, naming every field that breaks one of Discord's limits.

    """
    form = Form()
    commands = form.objects((), payload, most=sum(MAX_COMMANDS.values()))
    seen: set[tuple[object, object]] = set()
    for index, command in enumerate(commands):
        kind = command.get("type", CommandType.CHAT_INPUT)
        if form.choice((index, "type"), kind, set(CommandType)):
            _check_command(form, index, command, CommandType(kind))
        if (name := (kind, command.get("name"))) in seen:
            form.refuse(
                (index, "name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            )
        seen.add(name)
    for limited, most in MAX_COMMANDS.items():
        number = sum(command.get("type", CommandType.CHAT_INPUT) == limited for command in commands)
        if number > most:
            form.refuse((), "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    form.check()
    return commands


def read_command(command: Mapping[str, Any], *, command_id: int, version: int) -> Command:
    """Read a command that `check_commands` has let pass."""
    permissions = command.get("default_member_permissions")
    contexts = command.get("contexts")
    return Command(
        command_id,
        version,
        command["name"],
        CommandType(command.get("type", CommandType.CHAT_INPUT)),
        tuple(_read_option(option) for option in command.get("options") or ()),
        None if permissions is None else Permissions(int(permissions)),
        None if contexts is None else frozenset(contexts),
        command,
    )


def _read_option(option: Mapping[str, Any]) -> Option:
    return Option(
        option["name"],
        OptionType(option["type"]),
        option["description"],
        required=bool(option.get("required")),
        choices=tuple(Choice(choice["name"], choice["value"]) for choice in option.get("choices") or ()),
        min_value=option.get("min_value"),
        max_value=option.get("max_value"),
        min_length=option.get("min_length"),
        max_length=option.get("max_length"),
        autocomplete=bool(option.get("autocomplete")),
        file_types=tuple(option.get("file_types") or ()),
        options=tuple(_read_option(nested) for nested in option.get("options") or ()),
    )


def _check_command(form: Form, index: int, command: dict[str, Any], kind: CommandType) -> None:
    path = (index,)
    if kind is CommandType.CHAT_INPUT:
        _check_slash_name(form, path, command.get("name"))
        form.text((*path, "description"), command.get("description"), least=1, most=100, required=True)
        _check_options(form, path, command.get("options"), depth=0)
        if (size := _characters(command)) > MAX_COMMAND_CHARACTERS:
            form.refuse(
                path,
                "APPLICATION_COMMAND_TOO_LARGE",
                f"Command exceeds maximum size ({size} of {MAX_COMMAND_CHARACTERS})",
            )
        return
    form.text((*path, "name"), command.get("name"), least=1, most=32, required=True)
    for field in ("description", "options"):
        if command.get(field):
            form.refuse((*path, field), "APPLICATION_COMMAND_CONTEXT_MENU_FIELD", f"Context menus take no {field}")


def _check_slash_name(form: Form, path: Path, name: object) -> None:
    if not isinstance(name, str) or not _SLASH_NAME.fullmatch(name) or name != name.lower():
        form.refuse(
            (*path, "name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid: 1-32 lower-case letters, digits, - or _",
        )


def _check_options(form: Form, parent: Path, value: object, *, depth: int) -> None:
    options = form.objects((*parent, "options"), value, most=MAX_OPTIONS)
    names: set[object] = set()
    optional_seen = False
    for index, option in enumerate(options):
        path = (*parent, "options", index)
        _check_slash_name(form, path, option.get("name"))
        form.text((*path, "description"), option.get("description"), least=1, most=100, required=True)
        if option.get("name") in names:
            form.refuse((*path, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_UNIQUE", "Option names must be unique")
        names.add(option.get("name"))
        if not form.choice((*path, "type"), option.get("type"), set(OptionType)):
            continue
        kind = OptionType(option["type"])
        if kind in NESTING:
            _check_nesting(form, path, option, kind, depth)
            continue
        if option.get("required") and optional_seen:
            form.refuse(
                path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")
        _check_values(form, path, option, kind)
    kinds = {option.get("type") in NESTING for option in options}
    if len(kinds) > 1:
        form.refuse(
            (*parent, "options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        )


def _check_nesting(form: Form, path: Path, option: dict[str, Any], kind: OptionType, depth: int) -> None:
    allowed = 0 if kind is OptionType.SUBCOMMAND_GROUP else 1
    if depth > allowed:
        form.refuse((*path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Commands nest two levels deep")
        return
    below = depth + 1 if kind is OptionType.SUBCOMMAND_GROUP else 2
    _check_options(form, path, option.get("options"), depth=below)


def _check_values(form: Form, path: Path, option: dict[str, Any], kind: OptionType) -> None:
    choices = form.objects((*path, "choices"), option.get("choices"), most=MAX_CHOICES)
    if choices and (kind not in WITH_CHOICES or option.get("autocomplete")):
        form.refuse(
            (*path, "choices"),
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
            "This option cannot have choices",
        )
    if option.get("autocomplete") and kind not in WITH_CHOICES:
        form.refuse(
            (*path, "autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID",
            "This option cannot have choices",
        )
    if kind is OptionType.ATTACHMENT:
        check_file_types(form, path, option.get("file_types"))
    for index, choice in enumerate(choices):
        check_choice(form, (*path, "choices", index), choice, kind)
    for field in ("min_length", "max_length"):
        limit = option.get(field)
        if limit is not None and not (field == "max_length") <= limit <= 6000:
            form.refuse((*path, field), "NUMBER_TYPE_BOUNDS", "int value should be between 0 (1) and 6000.")


def check_choice(form: Form, path: Path, choice: Mapping[str, Any], kind: OptionType) -> None:
    """Check a choice of an option of one type: one that is registered, or one that completes what is typed."""
    form.text((*path, "name"), choice.get("name"), least=1, most=100, required=True)
    value = choice.get("value")
    if kind is OptionType.STRING:
        form.text((*path, "value"), value, least=1, most=100, required=True)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        form.refuse((*path, "value"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
    elif kind is OptionType.INTEGER and not isinstance(value, int):
        form.refuse((*path, "value"), "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')


def _characters(part: Mapping[str, Any]) -> int:
    own = sum(len(str(part.get(field) or "")) for field in ("name", "description"))
    own += len(part["value"]) if isinstance(part.get("value"), str) else 0
    nested = [*(part.get("options") or ()), *(part.get("choices") or ())]
    return own + sum(_characters(each) for each in nested if isinstance(each, Mapping))
