"""How large a result is, as the pages describe it."""

import math
from collections.abc import Mapping
from typing import Any, Final

from sandbox.spark import catalogue

Size = tuple[int, int]

DEFAULT_SIDE: Final = 1328
_STEP: Final = 16
_LEAST, _MOST = 512, 1536


def result_size(model: str, params: Mapping[str, Any], source: Size | None) -> Size:
    """Tell the width and height of the picture that valid parameters ask for.

    `source` is the size of the input image, for the models that take one.
    """
    if model in (catalogue.EDIT, catalogue.STYLE):
        if source is None:
            raise ValueError(f"{model} needs an input image")
        return _like(source)
    width, height = params.get("width", DEFAULT_SIDE), params.get("height", DEFAULT_SIDE)
    if model == catalogue.I2I:
        return _closest_step(width), _closest_step(height)
    return width, height


def _closest_step(side: float) -> int:
    return min(max(round(side / _STEP) * _STEP, _LEAST), _MOST)


def _like(source: Size) -> Size:
    # The pages fix the ratio and the range of a side, not the area: it is that of the other models' default.
    width, height = source
    ratio = width / height
    scale = min(DEFAULT_SIDE * math.sqrt(max(ratio, 1 / ratio)), _MOST) / max(width, height)
    return _closest_step(width * scale), _closest_step(height * scale)
