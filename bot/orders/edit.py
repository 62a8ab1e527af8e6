"""/edit: what a person wants changed in a picture, checked."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import spark
from bot.domain.kinds import Kind
from bot.domain.sizes import STRUCTURE_SIZES, Pixels
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
)
from bot.orders.picture_orders import PictureOrder
from bot.orders.sizes import checked_size, offered_sizes, taken_by
from bot.wording.options import refused_by_model, size_not_taken

EDIT_MODELS = {"edit": spark.Edit.name, "structure": spark.ImageToImage.name}
"""What people call the two models: one follows words freely, one keeps the picture's structure."""

_TAKES = {
    "prompt": TEXT,
    "model": TEXT,
    "strength": NUMBER,
    "size": TEXT,
    "seed": WHOLE,
    "spoiler": SWITCH,
}
_NAMES = {"scale": "strength"}


@dataclass(frozen=True, slots=True)
class EditOptions:
    """The options as they arrived."""

    prompt: str
    model: str | None = None
    strength: float | None = None
    size: str | None = None
    seed: int | None = None
    spoiler: bool = False


def edit_order(options: EditOptions, usual_model: str, rng: random.Random) -> PictureOrder:
    """Check every option; `usual_model` is Spark's name of the model where nobody has chosen one.

    Raises `Refusal` with the option, the value and the limit.
    """
    require_types(options, _TAKES)
    prompt = checked_prompt(options.prompt)
    model = usual_model if options.model is None else checked_choice("model", options.model, EDIT_MODELS)
    params = given(prompt=prompt, seed=checked_seed(options.seed, rng), scale=options.strength)
    size = _size(options, model)
    try:
        request = spark.Edit(**params) if model == spark.Edit.name else spark.ImageToImage(**params, **size)
    except spark.InvalidRequest as invalid:
        raise refused_by_model(invalid, _NAMES) from invalid
    return PictureOrder(Kind.EDIT, prompt, request, options.spoiler)


def sizes_to_edit(typed: str) -> Mapping[str, Pixels]:
    """Offer the sizes of `structure` that somebody may mean who has typed so much, by the text for each."""
    return offered_sizes(typed, STRUCTURE_SIZES, partial(taken_by, partial(spark.ImageToImage, prompt="an edit")))


def _size(options: EditOptions, model: str) -> dict[str, Any]:
    """Give the sides that were asked for; none where the picture is to give its own shape."""
    if options.size is None:
        return {}
    if model != spark.ImageToImage.name:
        raise size_not_taken()
    width, height = checked_size(options.size, STRUCTURE_SIZES)
    return {"width": width, "height": height}
