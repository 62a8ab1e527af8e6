"""What the options of all commands have in common: their types, their seeds, and how a wrong one is named.

Discord's client checks options before it sends them; a hand-made interaction does not.
"""

import random
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from bot.domain.visible_text import visible_text
from bot.orders.seeds import SEED_MAX, draw_seed
from bot.wording.options import shown, wrong
from bot.wording.text import listed

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
PROMPT_MAX: Final = 800

TEXT: Final = (str,), "text"
WHOLE: Final = (int,), "a whole number"
NUMBER: Final = (int, float), "a number"
SWITCH: Final = (bool,), "true or false"
Takes = tuple[tuple[type, ...], str]
"""The types of an option, and their name for people."""


def require_types(options: "DataclassInstance", takes: Mapping[str, Takes]) -> None:
    """Raise `Refusal` where an option that was given is not of its type."""
    for option in fields(options):
        value = getattr(options, option.name)
        kinds, named = takes[option.name]
        if value is not None and type(value) not in kinds:  # a bool is no whole number here
            raise wrong(option.name, f"it is {shown(value)}", f"It takes {named}.")


def checked_prompt(prompt: str) -> str:
    """Give the words without what stands around them; raises `Refusal` where they are too few or too many."""
    return checked_text("prompt", prompt, PROMPT_MAX, "; up to 120 work best")


def checked_text(name: str, text: str, longest: int, hint: str = "") -> str:
    """Give what can be seen of a text; raises `Refusal` where that is nothing, or longer than `longest`."""
    words = typed(text)
    if text.strip() and not words:
        raise wrong(name, "there is nothing in it that can be seen", f"Write 1 to {longest} characters{hint}.")
    if not 1 <= len(words) <= longest:
        raise wrong(name, f"it has {len(words)} characters", f"Write 1 to {longest}{hint}.")
    return words


def typed(text: str) -> str:
    """Give what can be seen of a text, without the spaces around it."""
    return visible_text(text).strip()


def checked_choice(name: str, value: str, choices: Mapping[str, T]) -> T:
    """Give what a choice means; raises `Refusal` for one that is not offered."""
    if value not in choices:
        raise wrong(name, f"it is {shown(value)}", f"Choose {listed(list(choices), 'or')}.")
    return choices[value]


def checked_seed(seed: int | None, rng: random.Random, count: int = 1) -> int:
    """Give the first of `count` seeds in a row, drawn where nobody has chosen one."""
    if seed is None:
        return draw_seed(rng, count)
    highest = SEED_MAX - (count - 1)
    if not 1 <= seed <= highest:
        advice = f"Choose 1 to {highest}, or leave it out for a random one."
        raise wrong("seed", f"it is {shown(seed)}", advice)
    return seed


def given(**params: Any) -> dict[str, Any]:
    """Leave out what nobody has chosen."""
    return {name: value for name, value in params.items() if value is not None}
