"""What the options of all commands have in common: their types, their texts and choices, their seeds.

Discord's client checks options before it sends them; a hand-made interaction does not.
"""

import random
import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import spark
from bot.domain.visible_text import visible_text
from bot.wording.options import not_a_share, not_offered, nothing_to_see, wrong_length, wrong_seed, wrong_type

SEED_MAX = spark.SEED_MAX
_DRAWN_MAX = 2**31 - 1
"""Ten digits at most, for people to copy."""
_NUMBER: Final = re.compile(r"[0-9]*[.,]?[0-9]+", re.ASCII)

T = TypeVar("T")
PROMPT_MAX: Final = 800
_PROMPT_BEST: Final = 120

TEXT: Final = (str,)
WHOLE: Final = (int,)
NUMBER: Final = (int, float)
SWITCH: Final = (bool,)


def require_types(options: object, takes: Mapping[str, tuple[type, ...]]) -> None:
    """Raise `Refusal` where an option that was given is not of one of the types that it takes."""
    for name, types in takes.items():
        value = getattr(options, name)
        if value is not None and type(value) not in types:  # a bool is no whole number here
            raise wrong_type(name, value, types)


def checked_prompt(prompt: str) -> str:
    """Give the words without what stands around them; raises `Refusal` where they are too few or too many."""
    return checked_text("prompt", prompt, PROMPT_MAX, _PROMPT_BEST)


def checked_text(name: str, text: str, longest: int, best: int | None = None) -> str:
    """Give what can be seen of a text; raises `Refusal` where that is nothing, or longer than `longest`.

    Up to `best` characters are advised.
    """
    words = typed(text)
    if text.strip() and not words:
        raise nothing_to_see(name, longest, best)
    if not 1 <= len(words) <= longest:
        raise wrong_length(name, len(words), longest, best)
    return words


def typed(text: str) -> str:
    """Give what can be seen of a text, without the spaces around it."""
    return visible_text(text).strip()


def checked_choice(name: str, value: str, choices: Mapping[str, T]) -> T:
    """Give what a choice means; raises `Refusal` for one that is not offered."""
    if value not in choices:
        raise not_offered(name, value, list(choices))
    return choices[value]


def checked_seed(seed: int | None, rng: random.Random, count: int = 1) -> int:
    """Give the first of `count` seeds in a row, drawn where nobody has chosen one."""
    require_seed(seed, count)
    return draw_seed(rng, count) if seed is None else seed


def require_seed(seed: int | None, count: int = 1) -> None:
    """Raise `Refusal` for what cannot be the first of `count` seeds in a row."""
    if seed is not None and not 1 <= seed <= SEED_MAX - (count - 1):
        raise wrong_seed(seed)


def given(**params: Any) -> dict[str, Any]:
    """Leave out what nobody has chosen."""
    return {name: value for name, value in params.items() if value is not None}


def draw_seed(rng: random.Random, count: int = 1) -> int:
    """Draw the first of `count` consecutive seeds, all from 1 to 2³¹-1."""
    return rng.randint(1, _DRAWN_MAX - (count - 1))


def typed_number(name: str, text: str) -> float | None:
    """Read a number, with a point or a comma; None where nothing was typed. Raises `Refusal`."""
    text = text.strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise not_a_share(name, text)
    return float(text.replace(",", "."))
