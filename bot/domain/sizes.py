"""How large a picture is to be: what somebody writes of it, read, and the pixels that it comes to with each model.

A size is written as a shape (`16:9`), a quality (`hd`), both (`16:9 hd`), or as pixels (`1500x900`). A shape by
itself is in the standard quality, whoever writes it, as it stands in the list of sizes; a quality by itself takes
a person's usual shape.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import isqrt
from typing import Final

import spark

Pixels = tuple[int, int]
"""Width and height."""
_PAIR: Final = re.compile(r"([0-9]{1,5})\s*[:/x×*]\s*([0-9]{1,5})(?:\s*px)?", re.ASCII)
_RATIO_BELOW: Final = 100
"""Two numbers below this are a shape, larger ones are pixels: no model makes pictures as small as that."""

_HD_SIDE: Final = 2048


class Shape(StrEnum):
    """The shapes that Spark recommends."""

    SQUARE = "1:1"
    WIDE_4_3 = "4:3"
    WIDE_3_2 = "3:2"
    WIDE_16_9 = "16:9"
    WIDE_21_9 = "21:9"
    TALL_3_4 = "3:4"
    TALL_2_3 = "2:3"
    TALL_9_16 = "9:16"
    TALL_9_21 = "9:21"

    @property
    @cache
    def ratio(self) -> Fraction:
        """Give width by height."""
        wide, tall = self.split(":")
        return Fraction(int(wide), int(tall))


class Quality(StrEnum):
    """How large the pictures of a shape are; Spark's page calls them "Standard 1K" and "High Definition 2K"."""

    STANDARD = "standard"
    HD = "hd"


_QUALITIES: Final[Mapping[str, Quality]] = {
    "standard": Quality.STANDARD,
    "sd": Quality.STANDARD,
    "1k": Quality.STANDARD,
    "hd": Quality.HD,
    "2k": Quality.HD,
}
"""What people write for each."""


@dataclass(frozen=True, slots=True)
class UsualSize:
    """What a person's pictures are like where they ask for nothing else."""

    shape: Shape = Shape.SQUARE
    quality: Quality = Quality.STANDARD


USUAL_SIZE: Final = UsualSize()


@dataclass(frozen=True, slots=True)
class WrittenSize:
    """What somebody has written: pixels, else a shape, a quality or both."""

    pixels: Pixels | None = None
    ratio: Fraction | None = None
    quality: Quality | None = None


def read_size(text: str) -> WrittenSize | None:
    """Read a size as people write it; None where it is none."""
    text = text.partition("·")[0]  # what stands in the list of sizes goes on with pixels and a price
    text = unicodedata.normalize("NFKC", text).casefold()  # a Chinese keyboard's colon is another one
    pair = _PAIR.search(text)
    words = [_QUALITIES.get(word) for word in _PAIR.sub(" ", text, count=1).split()]
    if len(words) > 1 or None in words or not (pair or words):
        return None
    quality = words[0] if words else None
    if pair is None:
        return WrittenSize(quality=quality)
    wide, tall = int(pair[1]), int(pair[2])
    if max(wide, tall) >= _RATIO_BELOW:
        return None if quality else WrittenSize(pixels=(wide, tall))
    return WrittenSize(ratio=Fraction(wide, tall), quality=quality) if wide and tall else None


@dataclass(frozen=True, slots=True)
class ModelSizes:
    """The sizes of one model: those that its page recommends, and as large ones of any other shape."""

    squares: Mapping[Quality, int]
    """The side of a square picture in each quality that the model makes."""
    recommended: Mapping[Quality, Mapping[str, Pixels]]
    side_max: int | None = None
    step: int = 8
    """What each side is a multiple of, where the shape lets it."""

    def pixels(self, written: WrittenSize, usual: UsualSize = USUAL_SIZE) -> Pixels | None:
        """Tell what a written size comes to; None for a quality that the model does not make."""
        if written.pixels is not None:
            return written.pixels
        if written.ratio is None:
            quality = written.quality or usual.quality
            return self.recommended.get(quality, {}).get(usual.shape) or self.of_shape(usual.shape.ratio, quality)
        return self.of_shape(written.ratio, written.quality or Quality.STANDARD)

    def of_shape(self, ratio: Fraction, quality: Quality) -> Pixels | None:
        """Give the size of a shape in a quality; None where the model does not make that."""
        if quality not in self.squares:
            return None
        for name, pixels in self.recommended.get(quality, {}).items():
            if Shape(name).ratio == ratio:
                return pixels
        wide, tall = ratio.numerator, ratio.denominator
        times = isqrt(self.squares[quality] ** 2 // (wide * tall))
        if self.side_max is not None:
            times = min(times, self.side_max // max(wide, tall))
        if times > self.step:
            times -= times % self.step
        return wide * times, tall * times

    def named(self) -> Mapping[str, Pixels]:
        """List the sizes that have a name, as it is written: `16:9`, `16:9 hd`."""
        names: dict[str, Pixels] = {}
        for quality in self.squares:
            for shape in Shape:
                pixels = self.of_shape(shape.ratio, quality)
                if pixels is not None and pixels not in names.values():
                    names[str(shape) if quality is Quality.STANDARD else f"{shape} {quality}"] = pixels
        return names

    def name_of(self, pixels: Pixels) -> str:
        """Write a size by its name, else in pixels: as `read_size` takes it."""
        by_size = {size: name for name, size in self.named().items()}
        return by_size.get(pixels, f"{pixels[0]}x{pixels[1]}")


IMAGINE_SIZES: Final = ModelSizes(
    {Quality.STANDARD: spark.DEFAULT_SIDE, Quality.HD: _HD_SIDE},
    {Quality.STANDARD: spark.STANDARD_SIZES, Quality.HD: spark.HD_SIZES},
)
STRUCTURE_SIZES: Final = ModelSizes(
    {Quality.STANDARD: spark.DEFAULT_SIDE},
    {Quality.STANDARD: spark.IMAGE_TO_IMAGE_SIZES},
    side_max=spark.IMAGE_TO_IMAGE_SIDE_MAX,
    step=16,
)
PORTRAIT_SIZES: Final = ModelSizes(
    {Quality.STANDARD: spark.DEFAULT_SIDE, Quality.HD: _HD_SIDE},
    {Quality.STANDARD: spark.STANDARD_SIZES},
    side_max=_HD_SIDE,
)
