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
        return wrong(name, f"it is {value}", f"It must be {limit}.")
    why = " ".join(f"The {name} must be {limit}; it is {value}." for name, value, limit in problems)
    return Refusal(Refuser.BOT, "these options", why, "Change them and send it again.")


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
    return wrong(option, f"it is {shown(value)}", f"It takes {_TYPES[types]}.")


def not_offered(option: str, value: str, choices: Sequence[str]) -> Refusal:
    """Say that an option is none of its choices, and name them."""
    return wrong(option, f"it is {shown(value)}", f"Choose {listed(choices, 'or')}.")


def nothing_to_see(option: str, longest: int, best: int | None = None) -> Refusal:
    """Say that a text consists of what nobody sees; it may have `longest` characters, and works up to `best`."""
    return wrong(
        option, "there is nothing in it that can be seen", f"Write 1 to {longest} characters{_best(best)}."
    )


def wrong_length(option: str, length: int, longest: int, best: int | None = None) -> Refusal:
    """Say how many characters a text has, that it may have `longest`, and that up to `best` of them work best."""
    return wrong(option, f"it has {length} characters", f"Write 1 to {longest}{_best(best)}.")


def _best(best: int | None) -> str:
    return "" if best is None else f"; up to {best} work best"


def wrong_count(count: int, most: int) -> Refusal:
    """Say that nobody can order so many pictures at once, and how many they can."""
    return wrong("count", f"it is {shown(count)}", f"Choose 1 to {most}.")


def wrong_seed(seed: int, highest: int) -> Refusal:
    """Say which seeds can be chosen."""
    return wrong("seed", f"it is {shown(seed)}", f"Choose 1 to {highest}, or leave it out for a random one.")


def size_chosen_twice() -> Refusal:
    """Say that a size was given in numbers and by name at once."""
    return wrong(
        "width and height",
        "they came together with aspect or quality, which choose a size too",
        "Give either width and height, or aspect and quality.",
    )


def half_a_size(given: str, missing: str) -> Refusal:
    """Say that of width and height one alone is no size."""
    return wrong("size", f"{given} came without {missing}", "Give both width and height, or neither.")


def size_not_taken(given: Sequence[str]) -> Refusal:
    """Say that the model which edits freely takes no size; `given` names width, height or both."""
    options = " and ".join(given)
    return wrong(
        options,
        "only the model “structure” takes a size of its own; “edit” keeps the picture's shape",
        f"Add model: structure, or leave {options} out.",
    )


def watermark_refused_and_described(described: Sequence[str]) -> Refusal:
    """Say that no watermark is wanted, and yet its options came: `described` are their names."""
    return wrong(
        "watermark",
        f"it is false, but {listed(described)} came with it",
        f"Choose watermark: true, or leave {listed(described)} out.",
    )


def not_a_share(option: str, text: str) -> Refusal:
    """Say that what was typed is no number from 0 to 1."""
    return wrong(option, f"it is {shown(text)}", "Write a number from 0 to 1, such as 0.5, or leave it empty.")
