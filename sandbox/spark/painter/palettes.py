"""The light of each time of day, as a few colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sandbox.spark.painter.colour import RGB, ramp, rgb


@dataclass(frozen=True, slots=True)
class Palette:
    """One time's colours: the sky from its top to the horizon, far haze, near darkness, sun, light and shadow."""

    sky: tuple[RGB, ...]
    haze: RGB
    near: RGB
    source: RGB
    ambient: RGB
    shadow: RGB
    night: bool = False


def _palette(
    sky: str, haze: str, near: str, source: str, ambient: str, shadow: str, *, night: bool = False
) -> Palette:
    return Palette(ramp(sky), rgb(haze), rgb(near), rgb(source), rgb(ambient), rgb(shadow), night)


PALETTES: Final[Mapping[str, tuple[Palette, ...]]] = MappingProxyType(
    {
        "dawn": (
            _palette("3d5288 7f83ac d9a6a8 f8c9a0 ffe6b8", "efc0a2", "2c3357", "fff4d6", "ffe9d6", "4a4468"),
            _palette("2f4a7d 5f86ad a9bfc9 f5cdb4 ffe3c0", "e6c3b4", "25375a", "fff1da", "fbe8dc", "43507a"),
        ),
        "day": (
            _palette("2c78bd 5fa6dc a5d3ee d9eef2 f4f6e6", "c8e1e8", "1f4a50", "fffbe6", "fffdf4", "33506b"),
            _palette("3a8bc9 7cbce4 bfe0ee e9f1e6 fbf2dc", "d8e4dc", "2a4f48", "fffbe6", "fffbee", "3b526a"),
        ),
        "sunset": (
            _palette(
                "26204f 5b2d6e b0456d ef7552 ffb057 ffe08f", "ea8a5e", "2b1534", "fff0b8", "ffd9b4", "3a1d48"
            ),
            _palette(
                "223566 58568f b06a90 ee9584 ffc193 ffe5b0", "e59a86", "2a2147", "fff1c9", "ffdcc2", "3b2a56"
            ),
        ),
        "dusk": (
            _palette("101a3e 2b3670 5f5595 a56f99 dd9a96", "8a6f9c", "14163a", "ffe3c4", "c3b4dc", "17183c"),
        ),
        "night": (
            _palette(
                "050a20 0b1a40 163160 2b5080 4a7396", "2d5079", "060d22", "f6f3dc", "8ea6d8", "050a1c", night=True
            ),
            _palette(
                "07071f 151444 2a2668 4a3f86 6f5f9a", "443c80", "0b0a26", "f4efe0", "9c9cdc", "080720", night=True
            ),
        ),
        "storm": (
            _palette("262e38 434f5c 6f7d88 a1abb0 c4c9c6", "939fa6", "1c252d", "e6ecec", "c0ccd4", "1d262f"),
        ),
        "winter": (
            _palette("6f98bf a3c2da cfdfe9 eee9e4 fdeedb", "d3e0e9", "33506e", "fff8e8", "f2f6ff", "55749a"),
            _palette("6d83b0 a9b3d3 dccfdc f8dcd0 ffe9d0", "dccfda", "3a4670", "fff4df", "f9eef4", "5c6a9c"),
        ),
        "autumn": (
            _palette("5d86ad a3b3b6 e2cfa4 f9d89c ffe9bf", "e6b981", "3f2722", "fff3cf", "fff0d8", "4a3140"),
        ),
        "neon": (
            _palette(
                "080618 1b0d44 4a1573 a6258c ff5fa2", "5c1f86", "0a0718", "ff9ad8", "b79cff", "05030f", night=True
            ),
            _palette(
                "04101f 0b2048 243a86 6a3fae ff6ab0", "2a3d86", "060a1a", "8af0ff", "a4b4ff", "030712", night=True
            ),
        ),
        "space": (
            _palette(
                "03030d 0a0a26 1b1247 3a1c62 5a2c74", "2a1a58", "05040f", "ffe9c9", "b4b0f0", "04030c", night=True
            ),
        ),
    }
)
