"""Forms about a picture: edit, stylize, portrait; what each asks for, and what a filled-in one orders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import spark
from bot.domain.kinds import Kind
from bot.features.generation.services import GenerationServices
from bot.interactions.fields import Field, Written, choice_field, short_field, words_field
from bot.orders.edit import EDIT_MODELS, EditOptions, edit_order
from bot.orders.options import PROMPT_MAX, typed_number
from bot.orders.picture_orders import PictureOrder
from bot.orders.portrait import PORTRAIT_MODES, PortraitOptions, portrait_order
from bot.orders.stylize import StylizeOptions, stylize_order
from bot.wording import picture_forms as asks

_NUMBER_MAX: Final = 8
_TENTHS: Final = [(f"{tenth / 10:g}", f"{tenth / 10:g}") for tenth in range(11)]


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of form; the choice among several pictures comes on top of its fields, of which five fit."""

    model: Callable[[GenerationServices], str]
    """Gives Spark's name of the model that is asked where nobody chooses another."""
    fields: Callable[[GenerationServices], Sequence[Field]]
    order: Callable[[GenerationServices, Written], PictureOrder]
    """Builds the order of a filled-in form; raises `Refusal`."""


def _edit_fields(services: GenerationServices) -> Sequence[Field]:
    usual = next(name for name, model in EDIT_MODELS.items() if model == services.edit_model)
    price_of = services.estimates.price_of
    models = [(name, asks.model_choice(name, price_of(model))) for name, model in EDIT_MODELS.items()]
    change, strength = asks.WHAT_TO_CHANGE, asks.STRENGTH
    return (
        words_field("prompt", change.label, longest=PROMPT_MAX, required=True, hint=change.hint),
        choice_field("model", asks.MODEL.label, models, chosen=usual),
        short_field("strength", strength.label, longest=_NUMBER_MAX, hint=strength.hint),
    )


def _edit_order(services: GenerationServices, written: Written) -> PictureOrder:
    strength = typed_number("strength", written.get("strength", ""))
    options = EditOptions(written.get("prompt", ""), written.get("model") or None, strength)
    return edit_order(options, services.edit_model, services.rng)


def _stylize_fields(_services: GenerationServices) -> Sequence[Field]:
    return (
        choice_field("style", asks.STYLE.label, [(slug, style.label) for slug, style in spark.STYLES.items()]),
    )


def _stylize_order(_services: GenerationServices, written: Written) -> PictureOrder:
    return stylize_order(StylizeOptions(written.get("style", "")))


def _portrait_fields(_services: GenerationServices) -> Sequence[Field]:
    wanted, modes = asks.PORTRAIT_WANTED, [(name, asks.MODES[name]) for name in PORTRAIT_MODES]
    return (
        words_field("prompt", wanted.label, longest=PROMPT_MAX, required=False, hint=wanted.hint),
        choice_field("mode", asks.MODE.label, modes, hint=asks.MODE.hint),
        choice_field("face_clarity", asks.FACE_CLARITY.label, _TENTHS, hint=asks.FACE_CLARITY.hint),
        choice_field("beautify", asks.BEAUTIFY.label, _TENTHS, hint=asks.BEAUTIFY.hint),
        choice_field("even_skin", asks.EVEN_SKIN.label, _TENTHS, hint=asks.EVEN_SKIN.hint),
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
    Kind.EDIT: Form(lambda services: services.edit_model, _edit_fields, _edit_order),
    Kind.STYLIZE: Form(lambda _: spark.StyleTemplate.name, _stylize_fields, _stylize_order),
    Kind.PORTRAIT: Form(lambda _: spark.Portrait.name, _portrait_fields, _portrait_order),
}
"""By the kind of job that comes of it."""
