"""What forms and choices about a picture ask for, and what is said when one is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.domain.jobs import picture_name
from bot.domain.refusals import Refusal, Refuser
from bot.wording.text import code_block, plain

_COPIED_MAX: Final = 1000
_STRENGTH_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field's label, and what stands in the field while it is empty."""

    label: str
    hint: str = ""


WHAT_TO_CHANGE: Final = FieldWords("What to change", "such as: make it night; up to 120 characters work best")
MODEL: Final = FieldWords("Model")
MODELS: Final[Mapping[str, str]] = {
    "edit": "edit: follows your words freely",
    "structure": "structure: keeps the picture's outlines",
}
"""What each model of /edit is good for."""
STRENGTH: Final = FieldWords("Strength", "How much your words count against the picture, 0 to 1; 0.5 if empty")

STYLE: Final = FieldWords("Style")

PORTRAIT_WANTED: Final = FieldWords(
    "The portrait that you want", "such as: as an astronaut; without words, it stays close to the picture"
)
MODE: Final = FieldWords("Mode", "creative with words, reference without, if you choose none")
MODES: Final[Mapping[str, str]] = {
    "creative": "creative: follows your words, keeps little of the picture",
    "reference": "reference: keeps the person and the background",
    "character": "character: keeps the person, not the background",
}
"""What each mode of /portrait does with the picture."""
FACE_CLARITY: Final = FieldWords("Face clarity", "How clear the face becomes, 0 to 1; 0.4 if you choose none")
BEAUTIFY: Final = FieldWords("Beautify", "How much the face is beautified, 0 to 1; 0.3 if you choose none")
EVEN_SKIN: Final = FieldWords("Even skin", "How even the skin becomes, 0 to 1; 0 if you choose none")

WHICH_PICTURE: Final = FieldWords("Which picture")


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
