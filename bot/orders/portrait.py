"""/portrait: how a person wants to be portrayed, checked."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import spark
from bot.domain.kinds import Kind
from bot.domain.sizes import PORTRAIT_SIZES, Pixels
from bot.orders.options import (
    NUMBER,
    SWITCH,
    TEXT,
    WHOLE,
    checked_choice,
    checked_prompt,
    checked_seed,
    given,
    require_types,
    typed,
)
from bot.orders.picture_orders import PictureOrder
from bot.orders.sizes import checked_size, offered_sizes, taken_by
from bot.wording.kinds import UNTITLED_PORTRAIT
from bot.wording.options import refused_by_model

PORTRAIT_MODES = {"creative": "creative", "reference": "reference", "character": "reference_char"}
"""What is taken over from the picture, and Spark's names for it."""

_TAKES = {
    "prompt": TEXT,
    "mode": TEXT,
    "face_clarity": NUMBER,
    "beautify": NUMBER,
    "even_skin": NUMBER,
    "size": TEXT,
    "seed": WHOLE,
    "spoiler": SWITCH,
}
_NAMES = {"gpen": "face_clarity", "skin": "beautify", "skin_unifi": "even_skin"}
_WITH_WORDS, _WITHOUT_WORDS = "creative", "reference"
"""The modes that Spark chooses where none is sent."""


@dataclass(frozen=True, slots=True)
class PortraitOptions:
    """The options as they arrived."""

    prompt: str | None = None
    mode: str | None = None
    face_clarity: float | None = None
    beautify: float | None = None
    even_skin: float | None = None
    size: str | None = None
    seed: int | None = None
    spoiler: bool = False


def portrait_order(options: PortraitOptions, rng: random.Random) -> PictureOrder:
    """Check every option; raises `Refusal` with the option, the value and the limit.

    Without words Spark keeps to the picture, with words it follows those, unless a mode is chosen.
    """
    require_types(options, _TAKES)
    # a form's empty field is no prompt
    prompt = checked_prompt(options.prompt) if options.prompt and typed(options.prompt) else None
    width, height = checked_size(options.size, PORTRAIT_SIZES)
    params = given(
        prompt=prompt,
        gen_mode=None if options.mode is None else checked_choice("mode", options.mode, PORTRAIT_MODES),
        gpen=options.face_clarity,
        skin=options.beautify,
        skin_unifi=options.even_skin,
        width=width,
        height=height,
        seed=checked_seed(options.seed, rng),
    )
    try:
        request = spark.Portrait(**params)
    except spark.InvalidRequest as invalid:
        raise refused_by_model(invalid, _NAMES) from invalid
    return PictureOrder(Kind.PORTRAIT, prompt or UNTITLED_PORTRAIT, request, options.spoiler)


def sizes_to_portray(typed: str) -> Mapping[str, Pixels]:
    """Offer the sizes that somebody may mean who has typed so much, by the text that stands for each."""
    return offered_sizes(typed, PORTRAIT_SIZES, partial(taken_by, spark.Portrait))


def mode_of(request: spark.Portrait) -> str:
    """Name the mode of a portrait as a person chooses it; where none was sent, the one that Spark chooses."""
    sent = request.gen_mode or (_WITHOUT_WORDS if request.prompt is None else _WITH_WORDS)
    return next(name for name, means in PORTRAIT_MODES.items() if means == sent)
