"""/imagine: what a person typed, checked and turned into an order."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import spark
from bot.domain import preferences
from bot.domain.jobs import Order, TaskOrder
from bot.domain.kinds import Kind
from bot.domain.preferences import Preferences
from bot.domain.prices import Price
from bot.domain.refusals import Refusal
from bot.orders.options import SWITCH, TEXT, WHOLE, checked_choice, checked_prompt, checked_seed, require_types
from bot.wording.options import half_a_size, refused_by_model, size_chosen_twice, wrong_count

QUALITIES = dict(zip(preferences.QUALITIES, (spark.STANDARD_SIZES, spark.HD_SIZES), strict=True))
"""The sizes of each quality, by aspect."""
ASPECTS = preferences.SHAPES
ENHANCE = dict(zip(preferences.ENHANCE, (None, True, False), strict=True))
COUNT_MAX = 4
MODEL = spark.TextToImage.name
"""Spark's name."""
ENHANCE_UP_TO = 120
"""`enhance: auto` turns text expansion on for prompts of at most so many characters."""

_TAKES = {
    "prompt": TEXT,
    "aspect": TEXT,
    "quality": TEXT,
    "width": WHOLE,
    "height": WHOLE,
    "seed": WHOLE,
    "enhance": TEXT,
    "count": WHOLE,
    "spoiler": SWITCH,
}


@dataclass(frozen=True, slots=True)
class ImagineOptions:
    """The options as they arrived; Discord's client checks them, a hand-made interaction does not."""

    prompt: str
    aspect: str | None = None
    quality: str | None = None
    width: int | None = None
    height: int | None = None
    seed: int | None = None
    enhance: str | None = None
    count: int = 1
    spoiler: bool = False


def preferred(options: ImagineOptions, own: Preferences) -> ImagineOptions:
    """Fill in what somebody has left out with their own defaults; who gives a width or a height gives the size."""
    given_size = options.width is not None or options.height is not None
    return replace(
        options,
        aspect=options.aspect if given_size else options.aspect or own.shape,
        quality=options.quality if given_size else options.quality or own.quality,
        enhance=options.enhance or own.enhance,
    )


def imagine_order(options: ImagineOptions, rng: random.Random) -> Order:
    """Check every option and build the order; raises `Refusal` with the option, the value and the limit."""
    require_types(options, _TAKES)
    prompt = checked_prompt(options.prompt)
    if not 1 <= options.count <= COUNT_MAX:
        raise wrong_count(options.count, COUNT_MAX)
    expand = checked_choice("enhance", options.enhance or "auto", ENHANCE)
    if expand is None:
        expand = len(prompt) <= ENHANCE_UP_TO
    width, height = imagine_size(options)
    seed = checked_seed(options.seed, rng, options.count)
    return Order(
        kind=Kind.IMAGINE,
        title=prompt,
        tasks=tuple(_task(prompt, width, height, seed + offset, expand=expand) for offset in range(options.count)),
        spoiler=options.spoiler,
    )


def _task(prompt: str, width: int, height: int, seed: int, *, expand: bool) -> TaskOrder:
    try:
        request = spark.TextToImage(prompt=prompt, width=width, height=height, seed=seed, use_pre_llm=expand)
    except spark.InvalidRequest as invalid:
        raise refused_by_model(invalid, {}) from invalid
    return TaskOrder(request.name, request.params(), width, height)


def imagine_size(options: ImagineOptions) -> tuple[int, int]:
    """Give the width and height that the options come to; raises `Refusal` where they do not go together."""
    if options.width is not None or options.height is not None:
        if options.aspect is not None or options.quality is not None:
            raise size_chosen_twice()
        if options.width is None or options.height is None:
            given, missing = ("width", "height") if options.height is None else ("height", "width")
            raise half_a_size(given, missing)
        return options.width, options.height
    aspect = "1:1" if options.aspect is None else options.aspect
    quality = "standard" if options.quality is None else options.quality
    return checked_choice("aspect", aspect, checked_choice("quality", quality, QUALITIES))


def usual_prices(shape: str | None, price_of: Callable[[str, int, int], Price]) -> tuple[Price, Price]:
    """Expect what one picture of a shape costs, in each quality."""
    aspect = shape or ASPECTS[0]
    standard, hd = (price_of(MODEL, *sizes[aspect]) for sizes in QUALITIES.values())
    return standard, hd


def imagine_price(options: ImagineOptions, price_of: Callable[[str, int, int], Price]) -> Price | None:
    """Expect what one picture costs; None while the options so far come to no size."""
    try:
        require_types(options, _TAKES)
        width, height = imagine_size(options)
    except Refusal:  # said once it is sent
        return None
    return price_of(MODEL, width, height)
