"""/imagine: what a person typed, checked and turned into an order."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, NamedTuple

import spark
from bot.domain import preferences
from bot.domain.jobs import Order, TaskOrder
from bot.domain.kinds import Kind
from bot.domain.preferences import Preferences
from bot.domain.prices import Price
from bot.domain.refusals import Refusal
from bot.domain.sizes import IMAGINE_SIZES, USUAL_SIZE, Pixels, Quality, Shape, UsualSize
from bot.orders.options import (
    SWITCH,
    TEXT,
    WHOLE,
    checked_choice,
    checked_prompt,
    checked_seed,
    require_seed,
    require_types,
)
from bot.orders.sizes import checked_size, offered_sizes, taken_by
from bot.wording.options import refused_by_model, wrong_count

NOTHING_CHOSEN: Final = Preferences()
ENHANCE: Final = dict(zip(preferences.ENHANCE, (None, True, False), strict=True))
COUNT_MAX = 4
MODEL = spark.TextToImage.name
"""Spark's name."""
ENHANCE_UP_TO = 120
"""`enhance: auto` turns text expansion on for prompts of at most so many characters."""

_TAKES = {
    "prompt": TEXT,
    "size": TEXT,
    "count": WHOLE,
    "seed": WHOLE,
    "enhance": TEXT,
    "spoiler": SWITCH,
}


@dataclass(frozen=True, slots=True)
class ImagineOptions:
    """The options as they arrived; Discord's client checks them, a hand-made interaction does not."""

    prompt: str
    size: str | None = None
    count: int = 1
    seed: int | None = None
    enhance: str | None = None
    spoiler: bool = False


class CheckedOptions(NamedTuple):
    """What the options come to."""

    prompt: str
    size: Pixels
    expand: bool


def checked_options(options: ImagineOptions, own: Preferences = NOTHING_CHOSEN) -> CheckedOptions:
    """Check every option, with a person's `own` choices where they left one out: quickly, since they wait for it.

    Raises `Refusal` with the option, the value and the limit.
    """
    require_types(options, _TAKES)
    prompt = checked_prompt(options.prompt)
    if not 1 <= options.count <= COUNT_MAX:
        raise wrong_count(options.count, COUNT_MAX)
    expand = checked_choice("enhance", options.enhance or own.enhance or preferences.ENHANCE[0], ENHANCE)
    if expand is None:
        expand = len(prompt) <= ENHANCE_UP_TO
    size = checked_size(options.size, IMAGINE_SIZES, own.usual_size)
    require_seed(options.seed, options.count)
    if options.size is not None:  # the model takes whatever size is usual
        _request(prompt, size)
    return CheckedOptions(prompt, size, expand)


def imagine_order(options: ImagineOptions, rng: random.Random, own: Preferences = NOTHING_CHOSEN) -> Order:
    """Check every option and build the order, with a person's `own` choices where they left one out.

    Raises `Refusal` as `checked_options` does.
    """
    prompt, size, expand = checked_options(options, own)
    seed = checked_seed(options.seed, rng, options.count)
    requests = (_request(prompt, size, seed=seed + n, use_pre_llm=expand) for n in range(options.count))
    return Order(
        kind=Kind.IMAGINE,
        title=prompt,
        tasks=tuple(TaskOrder(request.name, request.params(), *size) for request in requests),
        spoiler=options.spoiler,
    )


def _request(prompt: str, size: Pixels, **params: Any) -> spark.TextToImage:
    try:
        return spark.TextToImage(prompt=prompt, width=size[0], height=size[1], **params)
    except spark.InvalidRequest as invalid:
        raise refused_by_model(invalid, {}) from invalid


def sizes_to_imagine(typed: str, usual: UsualSize = USUAL_SIZE) -> Mapping[str, Pixels]:
    """Offer the sizes that somebody may mean who has typed so much, by the text that stands for each."""
    takes = partial(taken_by, partial(spark.TextToImage, prompt="a picture"))
    return offered_sizes(typed, IMAGINE_SIZES, takes, usual)


def prices_of_qualities(shape: Shape, price_of: Callable[[str, int, int], Price]) -> Mapping[Quality, Price]:
    """Expect what one picture of a shape costs in each quality."""
    sizes = {quality: IMAGINE_SIZES.of_shape(shape.ratio, quality) for quality in Quality}
    return {quality: price_of(MODEL, *pixels) for quality, pixels in sizes.items() if pixels is not None}


def imagine_price(
    options: ImagineOptions, price_of: Callable[[str, int, int], Price], own: Preferences = NOTHING_CHOSEN
) -> Price | None:
    """Expect what one picture costs; None while the options so far come to no size."""
    try:
        require_types(options, _TAKES)
        width, height = checked_size(options.size, IMAGINE_SIZES, own.usual_size)
    except Refusal:  # said once it is sent
        return None
    return price_of(MODEL, width, height)
