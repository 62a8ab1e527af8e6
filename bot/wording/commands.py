"""What Discord shows of each command before it is sent: what it does, and what its options take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class CommandWords:
    """A command's description, and that of each of its options."""

    description: str
    options: Mapping[str, str] = field(default_factory=dict)


_IMAGE: Final = "The picture; without one, the newest here, unless Discord hides newer messages from the bot."
_SEED_OF_PICTURE: Final = "The same seed, words and picture give the same result; random if you choose none."
_SPOILER: Final = "Hide the picture until it is clicked."

IMAGINE: Final = CommandWords(
    "Paint a picture from your words.",
    {
        "prompt": "What you want to see; up to 120 characters work best.",
        "aspect": "The picture's shape; 1:1 if you choose none.",
        "quality": "standard is about 1K, hd is about 2K and costs more.",
        "width": "In pixels, together with height; not with aspect or quality.",
        "height": "In pixels, together with width; not with aspect or quality.",
        "seed": "The same seed and words give the same picture; random if you choose none.",
        "enhance": "Let Spark expand your words; auto does so for short ones.",
        "count": "How many pictures; each one is charged.",
        "spoiler": _SPOILER,
    },
)
EDIT: Final = CommandWords(
    "Change a picture with your words.",
    {
        "prompt": "What to change, such as: make it night; up to 120 characters work best.",
        "image": _IMAGE,
        "model": "edit follows your words freely, structure keeps the picture's outlines.",
        "strength": "How much your words count against the picture, 0 to 1; 0.5 if you choose none.",
        "seed": _SEED_OF_PICTURE,
        "width": "Only with model: structure. In pixels, together with height; 600 to 1536 work best.",
        "height": "Only with model: structure. In pixels, together with width; 600 to 1536 work best.",
        "spoiler": _SPOILER,
    },
)
STYLIZE: Final = CommandWords(
    "Redraw a picture in one of 22 styles.",
    {
        "style": "What it shall look like.",
        "image": _IMAGE,
        "watermark": "Put a watermark on the picture; every watermark_ option does so too.",
        "watermark_text": "What the watermark says; Spark's own words if you choose none.",
        "watermark_position": "Which corner the watermark stands in; bottom right if you choose none.",
        "watermark_opacity": "How solid the watermark is, 0 (unseen) to 1 (solid); 1 if you choose none.",
        "watermark_language": "The language of Spark's own words; Chinese if you choose none.",
        "spoiler": _SPOILER,
    },
)
PORTRAIT: Final = CommandWords(
    "Make a new portrait of the person in a picture.",
    {
        "image": "A picture with one face; without one, the newest here, unless newer messages are hidden.",
        "prompt": "The portrait that you want; without words, it stays close to the picture.",
        "mode": "creative keeps little of the picture, reference person and background, character the person.",
        "face_clarity": "How clear the face becomes, 0 to 1; 0.4 if you choose none.",
        "beautify": "How much the face is beautified, 0 to 1; 0.3 if you choose none.",
        "even_skin": "How even the skin becomes, 0 to 1; 0 if you choose none.",
        "width": "In pixels; 1328 if you choose none.",
        "height": "In pixels; 1328 if you choose none.",
        "seed": _SEED_OF_PICTURE,
        "spoiler": _SPOILER,
    },
)
