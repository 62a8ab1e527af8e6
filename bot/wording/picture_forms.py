"""What forms and choices about a picture ask for, and what is said when one is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.jobs import picture_name
from bot.domain.kinds import Kind
from bot.domain.prices import Price
from bot.domain.refusals import Refusal, Refuser
from bot.wording.prices import price_text
from bot.wording.text import code_block, plain

_ABOUT: Final = {
    Kind.EDIT: "Edit picture",
    Kind.STYLIZE: "Stylize picture",
    Kind.PORTRAIT: "Portrait of picture",
}
_COPIED_MAX: Final = 1000
_STRENGTH_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field's label, and what is to be known of it: in the field while that has only words, else above it."""

    label: str
    hint: str = ""


ATTACH: Final = "Attach a picture"
PICTURE: Final = FieldWords("Picture", "PNG, JPEG, WebP, HEIC, AVIF or GIF")
WHAT_TO_CHANGE: Final = FieldWords("What to change", "such as: make it night")
MODEL: Final = FieldWords("How")
MODELS: Final[Mapping[str, str]] = {
    "edit": "Follow my words freely",
    "structure": "Keep the picture's outlines",
}
"""What each model of /edit is good for."""
STRENGTH: Final = FieldWords("Strength", "0 to 1: how much your words count; 0.5 if empty")
SPOILER: Final = FieldWords("Spoiler", "Hide the new picture until somebody clicks it")

STYLE: Final = FieldWords("Style")
WATERMARK_TEXT: Final = FieldWords("What the watermark says", "Spark's own words, if empty")
WATERMARK_POSITION: Final = FieldWords("Corner", "bottom right, if you choose none")
WATERMARK_OPACITY: Final = FieldWords("How solid", "0 (unseen) to 1 (solid); 1 if empty")
WATERMARK_LANGUAGE: Final = FieldWords("Language of Spark's own words", "Chinese, if you choose none")

PORTRAIT_WANTED: Final = FieldWords("The portrait that you want", "such as: as an astronaut; may stay empty")
MODE: Final = FieldWords(
    "Mode", "If you choose none: my words where there are some, else the person and background"
)
MODES: Final[Mapping[str, str]] = {
    "creative": "Little of the picture: follow my words",
    "reference": "The person and the background",
    "character": "The person, not the background",
}
"""What each mode of /portrait does with the picture."""
FACE_CLARITY: Final = FieldWords("Face clarity", "0 to 1; 0.4 if you choose none")
BEAUTIFY: Final = FieldWords("Beautify", "0 to 1; 0.3 if you choose none")
EVEN_SKIN: Final = FieldWords("Even skin", "0 to 1; 0 if you choose none")

WHICH_PICTURE: Final = FieldWords("Which picture")


def form_title(kind: Kind, price: Price, picture: str = "") -> str:
    """Name a form, with which of several pictures it is about, and its price: `Edit picture 2 · $0.008`."""
    about = f"{_ABOUT[kind]} {picture}" if picture else kind.menu
    return f"{about} · {price_text(price)}"


def model_choice(model: str, price: Price) -> str:
    """Name a model of /edit by what it does, with what it costs."""
    return f"{MODELS[model]} · {price_text(price)}"


def picture_choice(position: int) -> str:
    """Name a picture that the bot has made, by its position."""
    return f"Picture {picture_name(position)}"


def file_choice(number: int, filename: str) -> str:
    """Name a picture that a person has posted, by its number in the message."""
    return f"{number}: {filename}"


def words_to_copy(prompt: str, strength: str) -> str:
    """Write what was typed into a form so that it can be copied, since Discord forgets it."""
    prompt, strength = prompt.strip(), strength.strip()
    lines = [f"Your words, to copy:\n{code_block(prompt[:_COPIED_MAX])}"] if prompt else []
    lines += [f"-# strength: {plain(strength, _STRENGTH_MAX)}"] if strength else []
    return "\n".join(lines)


def unknown_form() -> Refusal:
    """Say that a sent form is none that this version opens."""
    return Refusal(
        Refuser.BOT,
        "I no longer know this form.",
        "Open it again.",
    )
