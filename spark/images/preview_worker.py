"""The worker that makes previews, one after another; `previews` starts it.

It is asked with a provenance and some pictures' files, and makes the preview's file.
"""

import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from PIL import Image

from spark.errors import ImageRefused
from spark.images.answering import answer_all
from spark.images.decoding import upright
from spark.images.inspection import inspect
from spark.images.limits import pixels_max
from spark.images.provenance import Provenance
from spark.images.stamping import stamped

BYTES_MAX: Final = 80_000
_SIDES: Final = (720, 540, 360)
"""Pixels of the longer side: the first at which it has few enough bytes."""
_QUALITIES: Final = (80, 60, 40)
_GAP: Final = 6
"""Pixels between two pictures, through which the page behind them shows."""


def main() -> None:
    """Make previews until nobody asks for one."""
    Image.MAX_IMAGE_PIXELS = pixels_max("JPEG")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    answer_all(_answer)


def _answer(asked: Mapping[str, str], files: Sequence[bytes]) -> tuple[Mapping[str, Any], bytes]:
    return {}, preview(files, Provenance(**asked))


def preview(files: Sequence[bytes], provenance: Provenance) -> bytes:
    """Make one small WebP of some pictures, in rows; raises `ImageRefused` where one cannot be decoded.

    It tells the provenance, and of a single picture what that tells already.
    """
    made_from = files[0] if len(files) == 1 else None
    columns = _columns(len(files))
    cell = (_SIDES[0] - _GAP * (columns - 1)) // columns
    sheet = _sheet([_small(data, cell) for data in files], columns)
    for side in _SIDES:
        if side < max(sheet.size):
            sheet.thumbnail((side, side))
        for quality in _QUALITIES:
            buffer = BytesIO()
            sheet.save(buffer, "WEBP", quality=quality, method=2)
            made = stamped(buffer.getvalue(), provenance, made_from)
            if len(made) <= BYTES_MAX:
                return made
    raise ImageRefused("too_heavy", "The preview would have too many bytes.")


def _columns(pictures: int) -> int:
    """Choose the fewest columns that are no fewer than the rows."""
    return next(columns for columns in range(1, pictures + 1) if columns * columns >= pictures)


def _small(data: bytes, cell: int) -> Image.Image:
    image = upright(data, inspect(data), (cell, cell), [])
    image.thumbnail((cell, cell), Image.Resampling.BICUBIC)
    return image


def _sheet(pictures: Sequence[Image.Image], columns: int) -> Image.Image:
    """Lay pictures out in rows, each in the middle of its field."""
    if len(pictures) == 1:
        return pictures[0].convert("RGB")
    width, height = (max(picture.size[axis] for picture in pictures) for axis in (0, 1))
    rows = -(-len(pictures) // columns)
    size = columns * (width + _GAP) - _GAP, rows * (height + _GAP) - _GAP
    sheet = Image.new("RGBA", size, (0, 0, 0, 0))
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        left = column * (width + _GAP) + (width - picture.width) // 2
        top = row * (height + _GAP) + (height - picture.height) // 2
        sheet.paste(picture, (left, top))
    return sheet
