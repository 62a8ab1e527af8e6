"""Reads the lines that a member plays, against the registered commands.

| line | does |
|---|---|
| `/imagine prompt:a lighthouse size:16:9 hd count:3` | types a command |
| `/edit image:cat.jpg prompt:…`, `/edit image:@last prompt:…` | attaches a file by its path, or the last picture |
| `reply: make it night` | replies to the last result |
| `press: Again` | presses the newest button of that name |
| `choose: Watercolor Style` | chooses this option of the newest select that has it |
| `menu: Edit image` | chooses from the last result's menu (right click → Apps) |

`press:`, `choose:` and `menu:` may open a form; then its fields follow, each after a `|` and by its label (or
custom_id): `menu: Edit image | What to change: make it night`. A field that is left out stays as the bot had
filled it; one that takes a file is given a path or `@last`, a checkbox `yes` or `no`, a group or a menu what
is chosen, with commas between several. Labels are read in any case, and `...` for `…`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sandbox.discord.model.commands import Command, CommandType, Option, OptionType
from sandbox.discord.model.components import same_words

OptionValue = str | int | float | bool

LAST = "@last"
"""Stands for the last result's picture where a file is wanted."""

_GESTURE = re.compile(r"(reply|press|choose|menu):\s*(.*)", re.DOTALL | re.IGNORECASE)
_FIELD = re.compile(r"([^:]+):(.*)", re.DOTALL)
_MENTION = re.compile(r"<(?:@[!&]?|#)(\d+)>|(\d+)")
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_NEEDS_NAME = {
    "press": "A press needs a button: press: Again",
    "choose": "A choice needs an option: choose: Watercolor",
    "menu": "A menu needs a command: menu: Edit image",
}
_TRUTHS = {"true": True, "false": False}
_MENTIONED = frozenset({OptionType.USER, OptionType.CHANNEL, OptionType.ROLE, OptionType.MENTIONABLE})


class LineError(ValueError):
    """A line that cannot be read; its text says why, in a sentence for people."""


class FileName(str):
    """A file that a line names: by its path, or as `@last`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A slash command with its options, values typed; a file stands as a `FileName`."""

    command: str
    """With its slash and its subcommand: `/spend user`."""
    options: Mapping[str, OptionValue]


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A reply to the last result."""

    text: str


@dataclass(frozen=True, slots=True)
class PressLine:
    """A press of a button, and what goes into the form that it opens."""

    button: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChooseLine:
    """A choice from a select, and what goes into the form that it opens."""

    option: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A message command on the last result, and what goes into the form that it opens."""

    command: str
    fields: Mapping[str, str] = field(default_factory=dict)


Line = CommandLine | ReplyLine | PressLine | ChooseLine | MenuLine


def parse(line: str, commands: Iterable[Command]) -> Line:
    """Read one line.

    Args:
        line: as this module's table shows. `key:` begins an option only where the command has it, so
            `size:16:9` and `prompt:note: this` mean what they say.
        commands: what the bot has registered.

    Raises:
        LineError: what is wrong, as a sentence.

    """
    line = line.strip()
    if gesture := _GESTURE.fullmatch(line):
        return _read_gesture(gesture[1].lower(), gesture[2].strip(), commands)
    if not line.startswith("/"):
        raise LineError(f"A line begins with /, reply:, press:, choose: or menu:, not with {line[:20]!r}.")
    path, options, rest = _find_command(line[1:], commands)
    return CommandLine(f"/{' '.join(path)}", _read_options(rest, path, options))


def _read_gesture(kind: str, text: str, commands: Iterable[Command]) -> Line:
    if kind == "reply":
        if not text:
            raise LineError("A reply needs words: reply: make it night")
        return ReplyLine(text)
    name, *rest = (part.strip() for part in text.split("|"))
    if not name:
        raise LineError(_NEEDS_NAME[kind])
    fields = dict(_read_field(part) for part in rest)
    match kind:
        case "press":
            return PressLine(name, fields)
        case "choose":
            return ChooseLine(name, fields)
    offered = [command.name for command in commands if command.type is CommandType.MESSAGE]
    for known in offered:
        if same_words(known, name):
            return MenuLine(known, fields)
    raise LineError(f"There is no message command {name!r}. There is {_listed(sorted(offered))}.")


def _read_field(text: str) -> tuple[str, str]:
    match = _FIELD.fullmatch(text)
    if match is None or not match[2].strip():
        raise LineError(f"After a | a form's field is filled in, as in | Prompt: make it night, not {text!r}.")
    return match[1].strip(), match[2].strip()


def _find_command(text: str, commands: Iterable[Command]) -> tuple[tuple[str, ...], tuple[Option, ...], str]:
    known = [entry for command in commands if command.type is CommandType.CHAT_INPUT for entry in command.paths()]
    for path, options in sorted(known, key=lambda entry: -len(entry[0])):
        pattern = r"\s+".join(re.escape(word) for word in path) + r"(?:\s+(.*))?"
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return path, options, match[1] or ""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    nested = sorted(" ".join(path) for path, _ in known if path[0] == first)
    if nested:
        raise LineError(f"/{first} needs one of its subcommands: {_listed(f'/{name}' for name in nested)}.")
    names = sorted({path[0] for path, _ in known})
    raise LineError(f"There is no command /{first}. There is {_listed(f'/{name}' for name in names)}.")


def _read_options(text: str, path: tuple[str, ...], options: tuple[Option, ...]) -> dict[str, OptionValue]:
    command = f"/{' '.join(path)}"
    by_name = {option.name: option for option in options}
    starts = _option_starts(text, by_name)
    before = text[: starts[0].start()] if starts else text
    if before.strip():
        taken = f"It takes {_listed(f'{name}:' for name in by_name)}." if by_name else "It takes no options."
        raise LineError(f"{command} cannot place {before.strip()!r}. {taken}")
    values: dict[str, OptionValue] = {}
    if not starts:
        return values
    ends = [start.start() for start in starts[1:]] + [len(text)]
    for start, end in zip(starts, ends, strict=True):
        name = start[1]
        if name in values:
            raise LineError(f"{command} was given {name}: twice.")
        values[name] = _read_value(text[start.end() : end].strip(), by_name[name])
    return values


def _option_starts(text: str, names: Iterable[str]) -> list[re.Match[str]]:
    longest_first = sorted(names, key=len, reverse=True)
    if not longest_first:
        return []
    alternatives = "|".join(re.escape(name) for name in longest_first)
    return list(re.finditer(rf"(?<!\S)({alternatives}):", text))


def _read_value(text: str, option: Option) -> OptionValue:
    if not text:
        raise LineError(f"{option.name}: needs a value.")
    if option.choices:
        return _read_choice(text, option)
    match option.type:
        case OptionType.INTEGER:
            if not _WHOLE.fullmatch(text):
                raise LineError(f"{option.name}: takes a whole number, not {text!r}.")
            return int(text)
        case OptionType.NUMBER:
            if not _NUMBER.fullmatch(text):
                raise LineError(f"{option.name}: takes a number, not {text!r}.")
            return float(text)
        case OptionType.BOOLEAN:
            if text.lower() not in _TRUTHS:
                raise LineError(f"{option.name}: takes true or false, not {text!r}.")
            return _TRUTHS[text.lower()]
        case kind if kind in _MENTIONED:
            if not (match := _MENTION.fullmatch(text)):
                raise LineError(f"{option.name}: takes a mention or an id, not {text!r}.")
            return int(match[1] or match[2])
        case OptionType.ATTACHMENT:
            return FileName(text)
    return text


def _read_choice(text: str, option: Option) -> OptionValue:
    for choice in option.choices:
        if text == str(choice.value) or text.lower() == choice.name.lower():
            return choice.value
    names = _listed(choice.name for choice in option.choices)
    raise LineError(f"{option.name}: takes {names}, not {text!r}.")


def _listed(names: Iterable[str]) -> str:
    *others, last = [*names] or ["nothing"]
    return f"{', '.join(others)} or {last}" if others else last
