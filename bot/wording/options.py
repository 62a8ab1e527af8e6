"""Options that are refused: which, what is wrong with it, and what would be right."""

from collections.abc import Mapping, Sequence
from typing import Final

import spark
from bot.domain.refusals import Refusal, Refuser
from bot.domain.visible_text import visible_text
from bot.wording.text import listed, plain

_SHOWN_MAX = 40
_TYPES: Final[Mapping[tuple[type, ...], str]] = {
    (str,): "text",
    (int,): "a whole number",
    (int, float): "a number",
    (bool,): "true or false",
}


def refused_by_model(invalid: spark.InvalidRequest, names: Mapping[str, str]) -> Refusal:
    """Say what a model does not take; `names` are the options' names of Spark's parameters, where they differ."""
    problems = [(names.get(p.field, p.field), p) for p in invalid.problems]
    if len(problems) == 1:
        [(name, problem)] = problems
        if problem.missing:
            return Refusal(Refuser.BOT, f"The {name} is missing.", f"It must be {problem.limit}.")
        return _cannot_be(name, _given(problem), f"It must be {problem.limit}.")
    way = " ".join(f"The {name} must be {p.limit}; it is {_given(p)}." for name, p in problems)
    return Refusal(Refuser.BOT, "Several of these options cannot be so.", way)


def _given(problem: spark.Problem) -> str:
    # a size is put together from two numbers; nobody has typed it
    return str(problem.value) if problem.field == "size" else shown(problem.value)


def shown(value: object) -> str:
    """Show what somebody gave: a number as it is, everything else quoted."""
    if isinstance(value, int | float):
        return str(value)[:_SHOWN_MAX]
    return f"“{plain(visible_text(str(value))[:_SHOWN_MAX])}”"


def cannot_be(option: str, value: object, way: str) -> Refusal:
    """Say that an option cannot be what somebody gave, and what would be right."""
    return _cannot_be(option, shown(value), way)


def _cannot_be(option: str, given: str, way: str) -> Refusal:
    return Refusal(Refuser.BOT, f"The {option} cannot be {given}.", way)


def wrong_type(option: str, value: object, types: tuple[type, ...]) -> Refusal:
    """Say that an option is not of the types that it takes."""
    return cannot_be(option, value, f"It takes {_TYPES[types]}.")


def not_offered(option: str, value: str, choices: Sequence[str]) -> Refusal:
    """Say that an option is none of its choices, and name them."""
    return cannot_be(option, value, f"Choose {listed(choices, 'or')}.")


def nothing_to_see(option: str, longest: int, best: int | None = None) -> Refusal:
    """Say that a text consists of what nobody sees; it may have `longest` characters, and works up to `best`."""
    return Refusal(
        Refuser.BOT,
        f"There is nothing in the {option} that can be seen.",
        f"Write 1 to {longest} characters{_best(best)}.",
    )


def wrong_length(option: str, length: int, longest: int, best: int | None = None) -> Refusal:
    """Say how many characters a text has, that it may have `longest`, and that up to `best` of them work best."""
    return Refusal(Refuser.BOT, f"The {option} has {length} characters.", f"Write 1 to {longest}{_best(best)}.")


def _best(best: int | None) -> str:
    return "" if best is None else f"; up to {best} work best"


def wrong_count(count: int, most: int) -> Refusal:
    """Say that nobody can order so many pictures at once, and how many they can."""
    return cannot_be("count", count, f"Choose 1 to {most}.")


def wrong_seed(seed: int) -> Refusal:
    """Say which seeds can be chosen."""
    return cannot_be(
        "seed", seed, "Choose a number from 1 up, of at most 15 digits, or leave it out for a random one."
    )


def unreadable_size(text: str) -> Refusal:
    """Say that what was typed is no size, and how one is written."""
    return Refusal(
        Refuser.BOT,
        f"{shown(text)} is no size that I know.",
        f"Write a shape ({_code('16:9')}), {_code('hd')}, both ({_code('16:9 hd')}) "
        f"or pixels ({_code('1500x900')}).",
    )


def size_not_taken() -> Refusal:
    """Say that the model which edits freely takes no size."""
    return Refusal(
        Refuser.BOT,
        "Only the model “structure” takes a size; “edit” keeps the picture's shape.",
        "Add model: structure, or leave the size out.",
    )


def _code(text: str) -> str:
    return f"`{text}`"


def watermark_refused_and_described(described: Sequence[str]) -> Refusal:
    """Say that no watermark is wanted, and yet its options came: `described` are their names."""
    return Refusal(
        Refuser.BOT,
        f"The watermark is false, but {listed(described)} came with it.",
        f"Choose watermark: true, or leave {listed(described)} out.",
    )


def not_a_share(option: str, text: str) -> Refusal:
    """Say that what was typed is no number from 0 to 1."""
    return cannot_be(option, text, "Write a number from 0 to 1, such as 0.5, or leave it empty.")
