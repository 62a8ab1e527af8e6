"""What each model takes as its input picture, as its page says.

A megabyte is read as 1,000,000 bytes, the cautious way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from spark.names import EDIT, IMAGE_TO_IMAGE, PORTRAIT, STYLE_TEMPLATE


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one model's input picture; sides in pixels."""

    max_bytes: int = 5_000_000
    max_side: int = 4096
    max_ratio: int | None = None
    """Long side to short side."""
    min_short: int = 1
    min_long: int = 1


FORMATS: Final = frozenset({"JPEG", "PNG"})
"""What every model takes."""

LIMITS: Final[Mapping[str, Limits]] = MappingProxyType(
    {
        IMAGE_TO_IMAGE: Limits(max_bytes=4_700_000, max_ratio=3),
        EDIT: Limits(max_ratio=3),
        STYLE_TEMPLATE: Limits(min_short=600, min_long=800),
        PORTRAIT: Limits(),
    }
)
"""By the model's name."""

SOURCE_BYTES_MAX: Final = 64_000_000
"""The most bytes of a file that `fit` looks at: a 108-megapixel JPEG has 20 to 40 MB."""
_PIXELS_MAX: Final = 64_000_000
"""The most pixels that are decoded: 50 megapixels of a phone's HEIC, and a third of a gigabyte while it lasts."""
_JPEG_PIXELS_MAX: Final = 128_000_000
"""Those of a JPEG, which is decoded at a half where it is so large: 12000×9000 of a phone's best camera."""
ENLARGE_MAX: Final = 2
"""How many times a picture below a model's minimum is enlarged at most; beyond that it would be a blur."""
SOURCE_SIDE_MIN: Final = 16
"""The shortest side, in pixels, of what is taken for a picture; no page names one, and less shows nothing."""


def pixels_max(image_format: str) -> int:
    """Tell how many pixels a picture of a format may have, to be decoded in a few seconds."""
    return _JPEG_PIXELS_MAX if image_format == "JPEG" else _PIXELS_MAX
