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
"""Width and height of "Standard 1K" (text to image, image to image)."""

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
