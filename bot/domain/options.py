"""What the options of all commands have in common: their types, their seeds, and how a wrong one is named.

Discord's client checks options before it sends them; a hand-made interaction does not.
"""

import random
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import spark
from bot.domain.refusals import Refusal, Refuser
from bot.domain.seeds import SEED_MAX, draw_seed
from bot.domain.words import listed, plain

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PROMPT_MAX: Final = 800

TEXT: Final = (str,), "text"
WHOLE: Final = (int,), "a whole number"
NUMBER: Final = (int, float), "a number"
SWITCH: Final = (bool,), "true or false"
Takes = tuple[tuple[type, ...], str]
"""The types of an option, and their name for people."""


def require_types(options: "DataclassInstance", takes: Mapping[str, Takes]) -> None:
    """Raise `Refusal` where an option that was given is not of its type."""
    for name, value in asdict(options).items():
        kinds, named = takes[name]
        if value is not None and type(value) not in kinds:  # a bool is no whole number here
            raise wrong(name, f"it is {shown(value)}", f"It takes {named}.")


def checked_prompt(prompt: str) -> str:
    """Give the words without what stands around them; raises `Refusal` where they are too few or too many."""
    words = prompt.strip()
    if not 1 <= len(words) <= PROMPT_MAX:
        raise wrong("prompt", f"it has {len(words)} characters", f"Write 1 to {PROMPT_MAX}; up to 120 work best.")
    return words


def checked_choice(name: str, value: str, choices: Collection[str]) -> str:
    """Give a value that is one of its choices; raises `Refusal` for another."""
    if value not in choices:
        raise wrong(name, f"it is {shown(value)}", f"Choose one of {listed(list(choices))}.")
    return value


def checked_seed(seed: int | None, rng: random.Random, count: int = 1) -> int:
    """Give the first of `count` seeds in a row, drawn where nobody has chosen one."""
    if seed is None:
        return draw_seed(rng, count)
    highest = SEED_MAX - (count - 1)
    if not 1 <= seed <= highest:
        raise wrong("seed", f"it is {seed}", f"Choose 1 to {highest}, or leave it out for a random one.")
    return seed


def refused_by_model(invalid: spark.InvalidRequest, names: Mapping[str, str]) -> Refusal:
    """Say what a model does not take; `names` are the options' names of Spark's parameters, where they differ."""

    def sentence(problem: spark.Problem) -> str:
        name = names.get(problem.field, problem.field)
        return f"{name.capitalize()} must be {problem.limit}; it is {shown(problem.value)}."

    why = " ".join(map(sentence, invalid.problems))
    return Refusal(Refuser.BOT, "these options", why, "Change them and send it again.")


def shown(value: object) -> str:
    """Quote what somebody gave."""
    return f"“{plain(str(value)[:40])}”"


def wrong(option: str, why: str, advice: str) -> Refusal:
    """Refuse an option: its name, what is wrong with it, and what would be right."""
    return Refusal(Refuser.BOT, f"the {option}", f"{why[0].upper()}{why[1:]}.", advice)


def given(**params: Any) -> dict[str, Any]:
    """Leave out what nobody has chosen."""
    return {name: value for name, value in params.items() if value is not None}
