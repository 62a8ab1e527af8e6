"""What a prompt asks for, as far as a painter of few words understands it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sandbox.spark.painter.colour import RGB, rgb

COLOURS: Final[Mapping[str, RGB]] = MappingProxyType(
    {
        "red": rgb("d8402f"),
        "crimson": rgb("b3203a"),
        "orange": rgb("ee7f2d"),
        "gold": rgb("e5b23c"),
        "golden": rgb("e5b23c"),
        "yellow": rgb("f3cf3f"),
        "green": rgb("4f9d5b"),
        "emerald": rgb("1f9d75"),
        "teal": rgb("2a9d9a"),
        "turquoise": rgb("3cc4c0"),
        "blue": rgb("3f78c8"),
        "purple": rgb("8a52c0"),
        "violet": rgb("8a5fd6"),
        "pink": rgb("ee7fae"),
        "magenta": rgb("d4389a"),
        "brown": rgb("8a5a3a"),
        "black": rgb("2b2b33"),
        "grey": rgb("8b909a"),
        "gray": rgb("8b909a"),
        "silver": rgb("b9c0cc"),
        "white": rgb("f2f2ee"),
    }
)

_TIMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "neon": "neon cyberpunk synthwave",
        "space": "space galaxy nebula planet cosmos cosmic alien astronaut",
        "night": "night midnight moon moonlight moonlit stars starry nighttime aurora dark",
        "dawn": "dawn sunrise morning daybreak",
        "sunset": "sunset evening golden sundown",
        "dusk": "dusk twilight gloaming",
        "storm": "storm stormy rain rainy thunder grey overcast gloomy",
        "autumn": "autumn fall october",
        "winter": "winter snow snowy snowfall ice icy frozen blizzard christmas",
        "day": "day noon sunny summer bright spring",
    }
)

_PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "city": "city street skyline town downtown cyberpunk metropolis skyscraper",
        "space": "space galaxy nebula planet cosmos cosmic",
        "sea": "sea ocean coast lighthouse boat sailboat ship harbour harbor whale beach shore island lake river",
        "desert": "desert dune sahara cactus camel sand",
        "mountains": "mountain peak alps castle glacier cliff eagle dragon",
        "forest": "forest wood jungle cabin deer owl bear wolf pine",
        "meadow": "meadow field garden flower tulip rose sunflower park village house spring grass",
    }
)

_SUBJECTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "fox": "fox vixen",
        "wolf": "wolf husky dog puppy",
        "cat": "cat kitten kitty",
        "owl": "owl",
        "deer": "deer stag elk reindeer moose",
        "bird": "bird eagle gull seagull crow raven swan parrot",
        "lighthouse": "lighthouse beacon",
        "castle": "castle palace fortress tower",
        "house": "house cabin cottage hut home barn",
        "boat": "boat sailboat ship yacht sail",
        "robot": "robot android mech",
        "rocket": "rocket spaceship spacecraft",
        "balloon": "balloon",
        "flower": "flower tulip rose sunflower poppy daisy",
        "tree": "tree oak bonsai",
        "person": "person portrait face woman man girl boy lady queen king wizard astronaut selfie",
    }
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A prompt, understood; what it does not say is None.

    `time` names a palette and `place` a landscape; `accent` is the colour before the subject, `tint` any other.
    """

    time: str | None
    place: str | None
    subject: str | None
    accent: RGB | None
    tint: RGB | None
    snow: bool
    rain: bool
    fog: bool
    stars: bool
    aurora: bool
    rainbow: bool
    woman: bool


def words_of(text: str) -> list[str]:
    """Split a text into lower-case words, plurals as singulars."""
    found = re.findall(r"[a-z]+", text.lower())
    return [
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in found
    ]


def read(prompt: str) -> Scene:
    """Understand a prompt, word by word."""
    words = words_of(prompt)
    known = set(words)
    at, subject = _first(words, _SUBJECTS)
    before = words[max(at - 2, 0) : at]
    accent = next((COLOURS[word] for word in reversed(before) if word in COLOURS), None)
    others = words if accent is None else words[: max(at - 2, 0)] + words[at:]
    return Scene(
        time=_ranked(known, _TIMES),
        place=_ranked(known, _PLACES),
        subject=subject,
        accent=accent,
        tint=next((COLOURS[word] for word in others if word in COLOURS), None),
        snow=bool(known & {"snow", "snowy", "snowfall", "winter", "ice", "icy", "blizzard", "christma", "frozen"}),
        rain=bool(known & {"rain", "rainy", "storm", "stormy", "raining"}),
        fog=bool(known & {"fog", "foggy", "mist", "misty", "haze", "hazy"}),
        stars=bool(known & {"star", "starry", "galaxy", "milky"}),
        aurora=bool(known & {"aurora", "northern"}),
        rainbow="rainbow" in known,
        woman=not known & {"man", "boy", "king", "wizard", "him", "his", "guy"},
    )


def _ranked(known: set[str], kinds: Mapping[str, str]) -> str | None:
    return next((kind for kind, words in kinds.items() if known & _forms(words)), None)


def _first(words: list[str], kinds: Mapping[str, str]) -> tuple[int, str | None]:
    for at, word in enumerate(words):
        for kind, names in kinds.items():
            if word in _forms(names):
                return at, kind
    return len(words), None


def _forms(words: str) -> set[str]:
    return set(words_of(words))
