"""/edit: what a person wants changed in a picture, checked."""

import random
from dataclasses import dataclass

import spark
from bot.domain.options import (
    NUMBER,
    SWITCH,
    TEXT,
    WHOLE,
    checked_choice,
    checked_prompt,
    checked_seed,
    given,
    refused_by_model,
    require_types,
    wrong,
)
from bot.domain.picture_orders import EDIT, PictureOrder

EDIT_MODELS = {"edit": spark.Edit.name, "structure": spark.ImageToImage.name}
"""What people call the two models: one follows words freely, one keeps the picture's structure."""

_TAKES = {
    "prompt": TEXT,
    "model": TEXT,
    "strength": NUMBER,
    "seed": WHOLE,
    "width": WHOLE,
    "height": WHOLE,
    "spoiler": SWITCH,
}


@dataclass(frozen=True, slots=True)
class EditOptions:
    """The options as they arrived."""

    prompt: str
    model: str | None = None
    strength: float | None = None
    seed: int | None = None
    width: int | None = None
    height: int | None = None
    spoiler: bool = False


def edit_order(options: EditOptions, usual_model: str, rng: random.Random) -> PictureOrder:
    """Check every option; `usual_model` is Spark's name of the model where nobody has chosen one.

    Raises `Refusal` with the option, the value and the limit.
    """
    require_types(options, _TAKES)
    prompt = checked_prompt(options.prompt)
    model = usual_model
    if options.model is not None:
        model = EDIT_MODELS[checked_choice("model", options.model, EDIT_MODELS)]
    seed = checked_seed(options.seed, rng)
    strength = None if options.strength is None else float(options.strength)
    if strength is not None and not 0 <= strength <= 1:
        raise wrong(
            "strength", f"it is {options.strength}", "Choose 0 (keep the picture) to 1 (follow the words)."
        )
    _require_both_sides(options, model)
    request: spark.Edit | spark.ImageToImage
    try:
        if model == spark.Edit.name:
            request = spark.Edit(prompt=prompt, seed=seed, **given(scale=strength))
        else:
            size = given(width=options.width, height=options.height)
            request = spark.ImageToImage(prompt=prompt, seed=seed, **given(scale=strength), **size)
    except spark.InvalidRequest as invalid:
        raise refused_by_model(invalid, {"scale": "strength"}) from invalid
    return PictureOrder(EDIT, prompt, request, options.spoiler)


def _require_both_sides(options: EditOptions, model: str) -> None:
    sides = {"width": options.width, "height": options.height}
    missing = [name for name, side in sides.items() if side is None]
    if len(missing) == len(sides):
        return
    if model != spark.ImageToImage.name:
        raise wrong(
            "size",
            "only the model “structure” takes a width and a height; the other one keeps the picture's shape",
            "Add model: structure, or leave width and height out.",
        )
    if missing:
        raise wrong("size", f"{missing[0]} is missing", "Give both width and height, or neither.")
