"""The sizes that Spark recommends, by aspect ratio; the tall ones are the wide ones turned."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _with_portraits(wide: Mapping[str, tuple[int, int]]) -> Mapping[str, tuple[int, int]]:
    tall = {":".join(reversed(ratio.split(":"))): (height, width) for ratio, (width, height) in wide.items()}
    return MappingProxyType({**wide, **tall})


STANDARD_SIZES: Final = _with_portraits(
    {
        "1:1": (1328, 1328),
        "4:3": (1472, 1104),
        "3:2": (1584, 1056),
        "16:9": (1664, 936),
        "21:9": (2016, 864),
    }
)
"""Width and height of "Standard 1K" (text to image; image to image takes them too, and makes them smaller)."""

HD_SIZES: Final = _with_portraits(
    {
        "1:1": (2048, 2048),
        "4:3": (2304, 1728),
        "3:2": (2496, 1664),
        "16:9": (2560, 1440),
        "21:9": (3024, 1296),
    }
)
"""Width and height of "High Definition 2K" (text to image only)."""

IMAGE_TO_IMAGE_SIDE_MAX: Final = 1536
"""The longest side of what image to image makes, whatever it was asked for."""

IMAGE_TO_IMAGE_SIZES: Final = _with_portraits(
    {
        "1:1": (1328, 1328),
        "4:3": (1472, 1104),
        "3:2": (1536, 1024),
        "16:9": (1536, 864),
        "21:9": (1536, 656),
    }
)
"""The recommended shapes, as large as image to image makes them: these come back as they were asked for."""


def image_to_image_side(side: int) -> int:
    """Tell how long a side of image to image's result is: "the closest multiple of 16", from 512 to 1536."""
    return min(max(round(side / 16) * 16, 512), IMAGE_TO_IMAGE_SIDE_MAX)


def nearest_image_to_image_size(width: int, height: int) -> tuple[int, int]:
    """Choose the one of `IMAGE_TO_IMAGE_SIZES` whose shape is nearest to that of a picture."""
    wanted = width / height

    def apart(size: tuple[int, int]) -> float:
        ratio = size[0] / size[1]
        return max(ratio / wanted, wanted / ratio)

    return min(IMAGE_TO_IMAGE_SIZES.values(), key=apart)
