"""Reads lines such as `/imagine prompt:a lighthouse aspect:16:9 count:3` against the registered commands."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.discord.application_commands import Command, CommandType, Option, OptionType

OptionValue = str | int | float | bool

_REPLY = re.compile(r"reply:\s*(.*)", re.DOTALL | re.IGNORECASE)
_MENTION = re.compile(r"<(?:@[!&]?|#)(\d+)>|(\d+)")
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_TRUTHS = {"true": True, "false": False}
_MENTIONED = frozenset({OptionType.USER, OptionType.CHANNEL, OptionType.ROLE, OptionType.MENTIONABLE})


class LineError(ValueError):
    """A line that cannot be read; its text says why, in a sentence for people."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A slash command with its options, values typed; a file stands as its path."""

    command: str
    """With its slash and its subcommand: `/spend user`."""
    options: Mapping[str, OptionValue]


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A reply to the last result."""

    text: str


def parse(line: str, commands: Iterable[Command]) -> CommandLine | ReplyLine:
    """Read one line.

    Args:
        line: `/command key:value …` or `reply: text`. `key:` begins an option only where the command has it, so
            `aspect:16:9` and `prompt:note: this` mean what they say.
        commands: what the bot has registered.

    Raises:
        LineError: what is wrong, as a sentence.

    """
    line = line.strip()
    if reply := _REPLY.fullmatch(line):
        if not reply[1].strip():
            raise LineError("A reply needs words: reply: make it night")
        return ReplyLine(reply[1].strip())
    if not line.startswith("/"):
        raise LineError(f"A line begins with a / or with reply:, not with {line[:20]!r}.")
    path, options, rest = _find_command(line[1:], commands)
    return CommandLine(f"/{' '.join(path)}", _read_options(rest, path, options))


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
