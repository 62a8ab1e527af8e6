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
    problems = [(names.get(p.field, p.field), _given(p), p.limit) for p in invalid.problems]
    if len(problems) == 1:
        [(name, value, limit)] = problems
        return wrong(name, f"The {name} cannot be {value}", f"It must be {limit}.")
    why = f"These cannot be: {listed([f'{name} {value}' for name, value, _ in problems])}"
    return wrong("options", why, " ".join(f"The {name} must be {limit}." for name, _, limit in problems))


def _given(problem: spark.Problem) -> str:
    # a size is put together from two numbers; nobody has typed it
    return str(problem.value) if problem.field == "size" else shown(problem.value)


def shown(value: object) -> str:
    """Show what somebody gave: a number as it is, everything else quoted."""
    if isinstance(value, int | float):
        return str(value)[:_SHOWN_MAX]
    return f"“{plain(visible_text(str(value))[:_SHOWN_MAX])}”"


def wrong(option: str, why: str, advice: str) -> Refusal:
    """Refuse an option: its name, what is wrong with it, and what would be right."""
    return Refusal(Refuser.BOT, f"the {option}", f"{why[0].upper()}{why[1:]}.", advice)


def wrong_type(option: str, value: object, types: tuple[type, ...]) -> Refusal:
    """Say that an option is not of the types that it takes."""
    return wrong(option, f"The {option} cannot be {shown(value)}", f"It takes {_TYPES[types]}.")


def not_offered(option: str, value: str, choices: Sequence[str]) -> Refusal:
    """Say that an option is none of its choices, and name them."""
    return wrong(option, f"There is no {option} {shown(value)}", f"Choose {listed(choices, 'or')}.")


def nothing_to_see(option: str, longest: int, best: int | None = None) -> Refusal:
    """Say that a text consists of what nobody sees; it may have `longest` characters, and works up to `best`."""
    return wrong(
        option,
        f"Nothing in the {option} can be seen",
        f"Write 1 to {longest} characters{_best(best)}.",
    )


def wrong_length(option: str, length: int, longest: int, best: int | None = None) -> Refusal:
    """Say how many characters a text has, that it may have `longest`, and that up to `best` of them work best."""
    return wrong(option, f"The {option} has {length:,} characters", f"Write 1 to {longest} of them{_best(best)}.")


def _best(best: int | None) -> str:
    return "" if best is None else f"; up to {best} work best"


def wrong_count(count: int, most: int) -> Refusal:
    """Say that nobody can order so many pictures at once, and how many they can."""
    return wrong("count", f"The count cannot be {shown(count)}", f"Choose 1 to {most}.")


def wrong_seed(seed: int, highest: int) -> Refusal:
    """Say which seeds can be chosen."""
    return wrong(
        "seed",
        f"The seed cannot be {shown(seed)}",
        f"Choose 1 to {highest}, or leave it out for a random one.",
    )


def unreadable_size(text: str) -> Refusal:
    """Say that what was typed is no size, and how one is written."""
    return wrong(
        "size",
        f"{shown(text)} is no size that I know",
        f"Write a shape ({_code('16:9')}), {_code('hd')}, both ({_code('16:9 hd')}) "
        f"or pixels ({_code('1500x900')}).",
    )


def size_not_taken() -> Refusal:
    """Say that the model which edits freely takes no size."""
    return wrong(
        "size",
        "A size goes with model: structure alone",
        "Choose that, or leave size out: your picture keeps its shape.",
    )


def _code(text: str) -> str:
    return f"`{text}`"


def watermark_refused_and_described(described: Sequence[str]) -> Refusal:
    """Say that no watermark is wanted, and yet its options came: `described` are their names."""
    return wrong(
        "watermark",
        f"You chose watermark: false, and {listed(described)}",
        f"Choose watermark: true, or leave {listed(described)} out.",
    )


def not_a_share(option: str, text: str) -> Refusal:
    """Say that what was typed is no number from 0 to 1."""
    return wrong(
        option,
        f"The {option} cannot be {shown(text)}",
        "Write a number from 0 to 1, such as 0.5, or leave it empty.",
    )
