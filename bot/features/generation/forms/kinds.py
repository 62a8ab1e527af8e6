"""Forms about a picture: edit, stylize, portrait; what each asks for, and what a filled-in one orders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import spark
from bot.domain.kinds import Kind
from bot.features.generation.services import GenerationServices
from bot.interactions.fields import Field, Written, choice_field, short_field, words_field
from bot.orders.edit import EDIT_MODELS, EditOptions, edit_order
from bot.orders.options import PROMPT_MAX
from bot.orders.picture_orders import PictureOrder
from bot.orders.portrait import PORTRAIT_MODES, PortraitOptions, portrait_order
from bot.orders.stylize import StylizeOptions, stylize_order
from bot.orders.typed_options import typed_number
from bot.wording.text import code_block, plain

_NUMBER_MAX: Final = 8
_GIVEN_BACK_MAX: Final = 1000
_TENTHS: Final = [(f"{tenth / 10:g}", f"{tenth / 10:g}") for tenth in range(11)]
_MODELS: Final = {
    "edit": "edit: follows your words freely",
    "structure": "structure: keeps the picture's outlines",
}
_MODES: Final = {
    "creative": "creative: follows your words, keeps little of the picture",
    "reference": "reference: keeps the person and the background",
    "character": "character: keeps the person, not the background",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of form; the choice among several pictures comes on top of its fields, of which five fit."""

    fields: Callable[[GenerationServices], Sequence[Field]]
    order: Callable[[GenerationServices, Written], PictureOrder]
    """Builds the order of a filled-in form; raises `Refusal`."""


def given_back(written: Written) -> str:
    """Write what was typed into a form so that it can be copied, since Discord forgets it."""
    prompt, strength = written.get("prompt", "").strip(), written.get("strength", "").strip()
    lines = [f"Your words, to copy:\n{code_block(prompt[:_GIVEN_BACK_MAX])}"] if prompt else []
    lines += [f"-# strength: {plain(strength, 40)}"] if strength else []
    return "\n".join(lines)


def _edit_fields(services: GenerationServices) -> Sequence[Field]:
    usual = next(name for name, model in EDIT_MODELS.items() if model == services.edit_model)
    return (
        words_field(
            "prompt",
            "What to change",
            longest=PROMPT_MAX,
            required=True,
            hint="such as: make it night; up to 120 characters work best",
        ),
        choice_field("model", "Model", [(name, _MODELS[name]) for name in EDIT_MODELS], chosen=usual),
        short_field(
            "strength",
            "Strength",
            longest=_NUMBER_MAX,
            hint="How much your words count against the picture, 0 to 1; 0.5 if empty",
        ),
    )


def _edit_order(services: GenerationServices, written: Written) -> PictureOrder:
    strength = typed_number("strength", written.get("strength", ""))
    options = EditOptions(written.get("prompt", ""), written.get("model") or None, strength)
    return edit_order(options, services.edit_model, services.rng)


def _stylize_fields(_services: GenerationServices) -> Sequence[Field]:
    return (choice_field("style", "Style", [(slug, style.label) for slug, style in spark.STYLES.items()]),)


def _stylize_order(_services: GenerationServices, written: Written) -> PictureOrder:
    return stylize_order(StylizeOptions(written.get("style", "")))


def _portrait_fields(_services: GenerationServices) -> Sequence[Field]:
    modes = [(name, _MODES[name]) for name in PORTRAIT_MODES]
    return (
        words_field(
            "prompt",
            "The portrait that you want",
            longest=PROMPT_MAX,
            required=False,
            hint="such as: as an astronaut; without words, it stays close to the picture",
        ),
        choice_field("mode", "Mode", modes, hint="creative with words, reference without, if you choose none"),
        choice_field(
            "face_clarity",
            "Face clarity",
            _TENTHS,
            hint="How clear the face becomes, 0 to 1; 0.4 if you choose none",
        ),
        choice_field(
            "beautify", "Beautify", _TENTHS, hint="How much the face is beautified, 0 to 1; 0.3 if you choose none"
        ),
        choice_field(
            "even_skin", "Even skin", _TENTHS, hint="How even the skin becomes, 0 to 1; 0 if you choose none"
        ),
    )


def _portrait_order(services: GenerationServices, written: Written) -> PictureOrder:
    options = PortraitOptions(
        prompt=written.get("prompt") or None,
        mode=written.get("mode") or None,
        face_clarity=typed_number("face_clarity", written.get("face_clarity", "")),
        beautify=typed_number("beautify", written.get("beautify", "")),
        even_skin=typed_number("even_skin", written.get("even_skin", "")),
    )
    return portrait_order(options, services.rng)


FORMS: Final[Mapping[str, Form]] = {
    Kind.EDIT: Form(_edit_fields, _edit_order),
    Kind.STYLIZE: Form(_stylize_fields, _stylize_order),
    Kind.PORTRAIT: Form(_portrait_fields, _portrait_order),
}
"""By the kind of job that comes of it."""
