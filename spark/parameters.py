"""The kinds of parameters that Spark's pages have in common, each with its limits."""

import math
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from spark.validation import refuse

PROMPT_MAX: Final = 800
"""The most characters of a prompt."""
PROMPT_RECOMMENDED: Final = 120
"""Up to here a prompt works best, as the pages say."""
DEFAULT_SIDE: Final = 1328
"""Width and height where none are given, in pixels."""
RANDOM_SEED: Final = -1
SEED_MAX: Final = 2**53 - 1
"""The pages name no highest seed; beyond this a number in JSON need not arrive as it was sent (RFC 8259, 6)."""


def _text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:  # a lone surrogate: no text, and no UTF-8
        raise refuse("type") from None
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise refuse("missing")
    return value


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _no_zero(value: int) -> int:
    if value == 0:
        raise refuse("value")
    return value


def _number_in_text(value: object) -> object:
    if isinstance(value, str) and value.removeprefix("-").isdigit() and value.isascii():
        return int(value) if value == str(int(value)) else value
    return value


def _tenths(value: float) -> float:
    tenths = round(value * 10)
    if not math.isclose(value * 10, tenths, abs_tol=1e-9):
        raise refuse("value")
    return tenths / 10


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        reachable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        reachable = False
    if not reachable or not value.isprintable() or " " in value:
        raise refuse("element")
    return value


Prompt = Annotated[
    str,
    Field(max_length=PROMPT_MAX, description=f"text of 1 to {PROMPT_MAX} characters"),
    AfterValidator(_text),
    AfterValidator(_not_blank),
]
OptionalPrompt = Annotated[
    Annotated[str, AfterValidator(_text)] | None,
    Field(description="text"),
    BeforeValidator(_blank_is_none),
]
_SEED_RULE = f"-1 (random) or a positive whole number up to {SEED_MAX}"
Seed = Annotated[int, Field(ge=RANDOM_SEED, le=SEED_MAX, description=_SEED_RULE), AfterValidator(_no_zero)]
TextSeed = Annotated[Seed, Field(description=_SEED_RULE), BeforeValidator(_number_in_text)]
"""A seed that goes over the wire as a string; it is read from one, too."""
Switch = Annotated[bool, Field(description="true or false")]
Fraction = Annotated[float, Field(ge=0, le=1, description="a number from 0 to 1")]
Tenths = Annotated[
    float, Field(ge=0, le=1, description="a number from 0 to 1 in steps of 0.1"), AfterValidator(_tenths)
]
WebAddress = Annotated[str, AfterValidator(_web_address)]
