"""/imagine: what a person typed, checked and turned into an order."""

import random
from dataclasses import dataclass

import spark
from bot.domain.jobs import Order, TaskOrder
from bot.domain.refusals import Refusal, Refuser
from bot.domain.seeds import SEED_MAX, draw_seed
from bot.domain.words import plain

ASPECTS = ("1:1", "4:3", "3:2", "16:9", "21:9", "3:4", "2:3", "9:16", "9:21")
QUALITIES = ("standard", "hd")
ENHANCE = ("auto", "on", "off")
PROMPT_MAX = 800
COUNT_MAX = 4
ENHANCE_UP_TO = 120
"""`enhance: auto` turns text expansion on for prompts of at most so many characters."""

_TYPES = {
    "prompt": (str, "text"),
    "aspect": (str, "text"),
    "quality": (str, "text"),
    "width": (int, "a whole number"),
    "height": (int, "a whole number"),
    "seed": (int, "a whole number"),
    "enhance": (str, "text"),
    "count": (int, "a whole number"),
    "spoiler": (bool, "true or false"),
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
    enhance: str = "auto"
    count: int = 1
    spoiler: bool = False


def imagine_order(options: ImagineOptions, rng: random.Random) -> Order:
    """Check every option and build the order; raises `Refusal` with the option, the value and the limit."""
    _check_types(options)
    prompt = options.prompt.strip()
    if not 1 <= len(prompt) <= PROMPT_MAX:
        raise _wrong(
            "prompt", f"it has {len(prompt)} characters", f"Write 1 to {PROMPT_MAX}; up to 120 work best."
        )
    if not 1 <= options.count <= COUNT_MAX:
        raise _wrong("count", f"it is {options.count}", f"Choose 1 to {COUNT_MAX}.")
    if options.enhance not in ENHANCE:
        raise _wrong("enhance", f"it is {_shown(options.enhance)}", f"Choose {', '.join(ENHANCE)}.")
    width, height = _size(options)
    seed = _first_seed(options, rng)
    expand = len(prompt) <= ENHANCE_UP_TO if options.enhance == "auto" else options.enhance == "on"
    return Order(
        kind="imagine",
        title=prompt,
        tasks=tuple(_task(prompt, width, height, seed + offset, expand=expand) for offset in range(options.count)),
        spoiler=options.spoiler,
    )


def _check_types(options: ImagineOptions) -> None:
    for name, (kind, takes) in _TYPES.items():
        value = getattr(options, name)
        if value is not None and type(value) is not kind:  # a bool is no whole number here
            raise _wrong(name, f"it is {_shown(value)}", f"It takes {takes}.")


def _task(prompt: str, width: int, height: int, seed: int, *, expand: bool) -> TaskOrder:
    try:
        request = spark.TextToImage(prompt=prompt, width=width, height=height, seed=seed, use_pre_llm=expand)
    except spark.InvalidRequest as invalid:
        why = " ".join(f"{p.field.capitalize()} must be {p.limit}; it is {p.value}." for p in invalid.problems)
        raise Refusal(Refuser.BOT, "these options", why, "Change them and send it again.") from invalid
    return TaskOrder(request.name, request.params(), seed, width, height)


def _size(options: ImagineOptions) -> tuple[int, int]:
    if options.width is not None or options.height is not None:
        if options.aspect is not None or options.quality is not None:
            raise _wrong(
                "width and height",
                "they came together with aspect or quality, which choose a size too",
                "Give either width and height, or aspect and quality.",
            )
        if options.width is None or options.height is None:
            given, missing = ("width", "height") if options.height is None else ("height", "width")
            raise _wrong("size", f"{given} came without {missing}", "Give both width and height, or neither.")
        return options.width, options.height
    aspect, quality = options.aspect or "1:1", options.quality or "standard"
    if aspect not in ASPECTS:
        raise _wrong("aspect", f"it is {_shown(aspect)}", f"Choose one of {', '.join(ASPECTS)}.")
    if quality not in QUALITIES:
        raise _wrong("quality", f"it is {_shown(quality)}", f"Choose {' or '.join(QUALITIES)}.")
    sizes = spark.HD_SIZES if quality == "hd" else spark.STANDARD_SIZES
    return sizes[aspect]


def _first_seed(options: ImagineOptions, rng: random.Random) -> int:
    if options.seed is None:
        return draw_seed(rng, options.count)
    highest = SEED_MAX - (options.count - 1)
    if not 1 <= options.seed <= highest:
        raise _wrong("seed", f"it is {options.seed}", f"Choose 1 to {highest}, or leave it out for a random one.")
    return options.seed


def _shown(value: object) -> str:
    return f"“{plain(str(value)[:40])}”"


def _wrong(option: str, why: str, advice: str) -> Refusal:
    return Refusal(Refuser.BOT, f"the {option}", f"{why[0].upper()}{why[1:]}.", advice)
