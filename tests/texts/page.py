"""Writes every text of `bot.wording` with example values: module by module, in the order of their source."""

import ast
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from importlib import import_module
from itertools import groupby, zip_longest
from types import FunctionType, ModuleType
from typing import Final

import bot.wording
from bot.domain.failures import Failure
from bot.domain.refusals import Refusal
from tests.texts.calls import NoExample, calls_of
from tests.texts.cases import HELPERS

_HEAD: Final = """\
# Every text that people read

With example values, as the bot hands them to Discord, which shows `<@…>` as a person, `<@&…>` as a role,
`<#…>` as a channel, `<t:…:R>` as “in 5 minutes”, `<t:…:f>` as a day and an hour, and a line after `-#` small.
"""


class Unwritten(Exception):
    """Some texts cannot be written; a line for each tells why."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as somebody reads it."""

    module: ModuleType
    name: str
    """The function that says it, or the constant that it is."""
    about: str
    """What that is for."""
    case: str
    """When it is said, and which part of a whole it is; empty where there is only one."""
    words: str


def page() -> str:
    """Write all texts as Markdown; raises `Unwritten`."""
    parts = [_HEAD]
    for module, of_module in groupby(texts(), key=lambda text: text.module):
        parts.append(f"## {_first_line(module.__doc__)}\n\n`{module.__name__}`\n")
        for (name, about), found in groupby(of_module, key=lambda text: (text.name, text.about)):
            parts.append(f"### {name}{about and f' — {about}'}\n")
            for text in found:
                parts += [f"*{text.case}*\n"] if text.case else []
                parts.append(f"{_quoted(text.words)}\n")
    return "\n".join(parts)


def texts() -> list[Text]:
    """Give all texts, those of one function or constant each once; raises `Unwritten`."""
    found: list[Text] = []
    trouble: list[str] = []
    for module in modules():
        for name, about in public_names(module):
            try:
                said = _said_by(getattr(module, name))
            except (NoExample, Unwritten) as why:
                trouble.append(f"{module.__name__}.{name} {why}")
            else:
                found += [Text(module, name, about, case, words) for words, case in said.items()]
    if trouble:
        raise Unwritten("\n".join(trouble))
    return found


def modules() -> list[ModuleType]:
    """Give all modules of `bot.wording` but those that only help the others, by name."""
    names = [each.name for each in pkgutil.walk_packages(bot.wording.__path__, f"{bot.wording.__name__}.")]
    return [module for module in map(import_module, sorted(names)) if module not in HELPERS]


def public_names(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Give the functions and constants that a module defines but for helpers, and what each is for, in order."""
    body = ast.parse(inspect.getsource(module)).body
    for node, following in zip_longest(body, body[1:]):
        match node, following:
            case ast.FunctionDef(name=name), _:
                about = ast.get_docstring(node)
            case (
                ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(about))),
            ):
                pass
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)), _:
                about = None
            case _:
                continue
        if not name.startswith("_") and getattr(module, name) not in HELPERS:
            yield name, _first_line(about)


def _said_by(named: object) -> dict[str, str]:
    """Give the texts of a function or constant, and for each in which case it is first said."""
    said: dict[str, str] = {}
    if not isinstance(named, FunctionType):
        for words, part in _texts_in(named, ""):
            said.setdefault(words, part)
        return said
    for call in calls_of(named):
        try:
            answer = call()
        except Exception as error:
            raise Unwritten(f"cannot be called ({call.case}): {error!r}") from error
        for words, case in _texts_in(answer, call.case):
            said.setdefault(words, case)
    if not said:
        raise Unwritten("says nothing in any case; where it only helps others, name it in tests/texts/cases.py")
    return said


def _texts_in(said: object, case: str) -> Iterator[tuple[str, str]]:
    """Take apart what is said: whole texts, and of each the case with the part of the whole that it is."""
    match said:
        case Enum() | type():
            return
        case "":
            return
        case str():
            yield said, case
        case Refusal():
            yield said.text, case
            yield from _texts_in(said.text_in_public, _joined(case, "in public"))
        case Failure():
            yield said.text, case
        case Mapping():
            for key, value in said.items():
                yield from _texts_in(value, _joined(case, str(key)))
        case list() | tuple() if all(isinstance(each, str) for each in said):
            yield from _texts_in("\n".join(said), case)  # the lines of one text
        case list() | tuple():
            for each in said:
                yield from _texts_in(each, case)
        case _ if is_dataclass(said):
            for field in fields(said):
                yield from _texts_in(getattr(said, field.name), _joined(case, field.name))


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _quoted(words: str) -> str:
    """Quote a text so that its lines stay lines."""
    return "  \n".join(f"> {line}" for line in words.split("\n"))


def _first_line(docstring: str | None) -> str:
    return (docstring or "").strip().partition("\n")[0]
