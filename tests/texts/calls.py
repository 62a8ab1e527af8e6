"""Calls a function of `bot.wording` with examples: its usual case, then one thing different at a time."""

import inspect
from collections.abc import Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from types import GenericAlias, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from tests.texts.cases import CASES, Function
from tests.texts.examples import BY_NAME, BY_TYPE, Examples

_MADE_AS: Final[Mapping[object, type]] = {list: list, set: set, frozenset: frozenset, AbstractSet: frozenset}
"""What stands for several things; else a tuple does."""
_CAPTION_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class Call:
    """A function with arguments."""

    function: Function
    case: str
    """In which case it is called so; empty where there is only one, or as usual."""
    arguments: Mapping[str, object]

    def __call__(self) -> object:
        """Call it."""
        bound = inspect.signature(self.function).bind_partial()
        bound.arguments.update(self.arguments)
        return self.function(*bound.args, **bound.kwargs)


class NoExample(Exception):
    """Parameters of which there is no example; its text follows the function's name."""


def calls_of(function: Function) -> Iterator[Call]:
    """Give the calls that bring out all that a function says; raises `NoExample`."""
    cases = CASES.get(function, {"": {}})
    (usual, given), *others = cases.items()
    examples = _examples_for(function, given)
    base = {**{name: next(iter(found.values())) for name, found in examples.items()}, **given}
    yield Call(function, usual, base)
    for case, arguments in others:
        yield Call(function, case, {**base, **arguments})
    for name, found in examples.items():
        if not any(name in arguments for arguments in cases.values()):
            for each, value in [*found.items()][1:]:
                yield Call(function, f"{name}: {each}", {**base, name: value})


def _examples_for(function: Function, given: Container[str]) -> Mapping[str, Examples]:
    """Give the examples of each parameter that is not given, a default first."""
    hints, found = get_type_hints(function), {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name in given or parameter.kind is inspect.Parameter.VAR_KEYWORD:
            continue
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            hints[name] = GenericAlias(tuple, (hints[name], ...))
        found[name] = _examples(name, hints[name])
        if parameter.default is not inspect.Parameter.empty:
            found[name] = _led_by(parameter.default, found[name])
    if unknown := [f"{name}: {_written(hints[name])}" for name, examples in found.items() if not examples]:
        raise NoExample(f"takes {', '.join(unknown)}; give examples in tests/texts/examples.py")
    return found


def _examples(name: str, kind: object) -> Examples:
    """Give the examples of a parameter by its type, or where that says too little by its name; none if empty."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in BY_TYPE:
        return BY_TYPE[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {member.name.lower().replace("_", " "): member for member in kind}
    if origin is Literal:
        return {str(each): each for each in inner}
    if origin in {Union, UnionType}:
        found = [_examples(name, each) for each in sorted(inner, key=lambda each: each is type(None))]
        return {each: value for examples in found for each, value in examples.items()} if all(found) else {}
    for pattern, values in BY_NAME.items():
        fitting = [each for each in values if _is_a(kind, each)] if fnmatchcase(name, pattern) else []
        if fitting:
            return {_caption(each): each for each in fitting}
    if isinstance(origin, type) and issubclass(origin, Iterable) and not issubclass(origin, Mapping):
        values, make = [*_examples(name.removesuffix("s"), inner[0]).values()], _MADE_AS.get(origin, tuple)
        return {"several": make(values), "one": make(values[:1]), "none": make()} if values else {}
    return {}


def _is_a(kind: object, value: object) -> bool:
    of = get_origin(kind) or kind
    if isinstance(value, str):  # is a sequence, but stands for itself
        return of in {str, object, Any}
    return of is Any or (isinstance(of, type) and isinstance(value, (int, float) if of is float else of))


def _led_by(default: object, examples: Examples) -> Examples:
    """Put a parameter's default before its other examples."""
    same = [each for each, value in examples.items() if value == default]
    return {**dict.fromkeys(same or ["left out"], default), **examples} if examples else examples


def _written(kind: object) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)


def _caption(value: object) -> str:
    written = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value) or "empty"
    return written if len(written) <= _CAPTION_MAX else f"{written[:_CAPTION_MAX]}…"
