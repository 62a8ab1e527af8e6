"""Forms about a picture: edit, stylize, portrait; what each asks for, and what a filled-in one orders."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import spark
from bot.domain.kinds import Kind
from bot.features.generation.services import GenerationServices
from bot.interactions.fields import TICKED, Field, Written, box_field, choice_field, short_field, words_field
from bot.orders.edit import EDIT_MODELS, EditOptions, edit_order
from bot.orders.options import PROMPT_MAX, typed_number
from bot.orders.picture_orders import PictureOrder
from bot.orders.portrait import PORTRAIT_MODES, PortraitOptions, portrait_order
from bot.orders.stylize import (
    WATERMARK_LANGUAGES,
    WATERMARK_MAX,
    WATERMARK_POSITIONS,
    StylizeOptions,
    stylize_order,
)
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
        box_field("spoiler", asks.SPOILER.label, asks.SPOILER.hint),
    )


def _edit_order(services: GenerationServices, written: Written) -> PictureOrder:
    strength = typed_number("strength", written.get("strength", ""))
    options = EditOptions(
        written.get("prompt", ""), written.get("model") or None, strength, spoiler=written.get("spoiler") == TICKED
    )
    return edit_order(options, services.edit_model, services.rng)


def stylize_fields(chosen: str | None = None) -> Sequence[Field]:
    """Ask for a style, of which one may be chosen already, and for the watermark."""
    styles = [(slug, style.label) for slug, style in spark.STYLES.items()]
    text, position = asks.WATERMARK_TEXT, asks.WATERMARK_POSITION
    opacity, language = asks.WATERMARK_OPACITY, asks.WATERMARK_LANGUAGE
    positions, languages = (
        [(name, name) for name in names] for names in (WATERMARK_POSITIONS, WATERMARK_LANGUAGES)
    )
    return (
        choice_field("style", asks.STYLE.label, styles, chosen=chosen),
        short_field("watermark_text", text.label, longest=WATERMARK_MAX, hint=text.hint),
        choice_field("watermark_position", position.label, positions, hint=position.hint),
        short_field("watermark_opacity", opacity.label, longest=_NUMBER_MAX, hint=opacity.hint),
        choice_field("watermark_language", language.label, languages, hint=language.hint),
    )


def _stylize_order(_services: GenerationServices, written: Written) -> PictureOrder:
    options = StylizeOptions(
        written.get("style", ""),
        watermark="watermark_text" in written or None,  # a form of before asked for none
        watermark_text=written.get("watermark_text") or None,
        watermark_position=written.get("watermark_position") or None,
        watermark_opacity=typed_number("watermark_opacity", written.get("watermark_opacity", "")),
        watermark_language=written.get("watermark_language") or None,
    )
    return stylize_order(options)


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
    Kind.STYLIZE: Form(lambda _: spark.StyleTemplate.name, lambda _: stylize_fields(), _stylize_order),
    Kind.PORTRAIT: Form(lambda _: spark.Portrait.name, _portrait_fields, _portrait_order),
}
"""By the kind of job that comes of it."""
