"""The worker that draws a sheet, started by `drawing`: names and pictures come on standard input, WebP leaves.

First a line of JSON, each tile's name and the length of its picture's file (0 for none), then the files.
"""

import json
import sys
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

from spark.images.provenance import FROM_A_PICTURE, Provenance
from spark.images.stamping import stamped

_ACROSS: Final = 3
_TILE: Final = 390
"""Pixels, as all that follows: three of them are as wide as a phone's dense screen."""
_GAP: Final = 15
_LETTERS: Final = 44
"""About 13 of a phone's own points."""
_LINE: Final = 50
_BELOW: Final = 14
_APART: Final = 14
"""Between a name and the picture below it, beside the gap."""
_CARD: Final = "#1e2027"
_BLANK: Final = "#2b2d36"
_TEXT: Final = "#f4f5f7"
_ROUND: Final = 18
_FINER: Final = 4
_QUALITY: Final = 82
_FORMATS: Final = ("PNG", "JPEG", "WEBP")


def main() -> None:
    """Draw the sheet that standard input describes."""
    asked = sys.stdin.buffer
    tiles = [(name, asked.read(length)) for name, length in json.loads(asked.readline())]
    sys.stdout.buffer.write(draw(tiles))


def draw(tiles: Sequence[tuple[str, bytes]]) -> bytes:
    """Lay pictures out in rows of three, each over its name; give the sheet as WebP that tells its provenance."""
    font = ImageFont.load_default(_LETTERS)
    names = [_in_lines(name, font) for name, _ in tiles]
    rows = range(0, len(tiles), _ACROSS)
    heights = [_TILE + _BELOW + _APART + _LINE * max(map(len, names[row : row + _ACROSS])) for row in rows]
    size = _ACROSS * (_TILE + _GAP) + _GAP, sum(heights) + _GAP * (len(heights) + 1)
    sheet = Image.new("RGB", size, _CARD)
    pen = ImageDraw.Draw(sheet)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        for column, ((_, data), lines) in enumerate(zip(tiles[row : row + _ACROSS], names[row:], strict=False)):
            left = _GAP + column * (_TILE + _GAP)
            sheet.paste(_tile(data), (left, top), _corners())
            for number, line in enumerate(lines):
                at = left + _TILE / 2, top + _TILE + _BELOW + number * _LINE
                pen.text(at, line, fill=_TEXT, font=font, anchor="ma", stroke_width=1, stroke_fill=_TEXT)
        top += height + _GAP
    webp = BytesIO()
    sheet.save(webp, "WEBP", quality=_QUALITY, method=6)
    return stamped(webp.getvalue(), Provenance(FROM_A_PICTURE))


def _tile(data: bytes) -> Image.Image:
    if not data:
        return Image.new("RGB", (_TILE, _TILE), _BLANK)
    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        return ImageOps.fit(picture.convert("RGB"), (_TILE, _TILE), Image.Resampling.LANCZOS)


def _corners() -> Image.Image:
    side = _TILE * _FINER
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, side, side), _ROUND * _FINER, fill=255)
    return mask.resize((_TILE, _TILE), Image.Resampling.LANCZOS)


def _in_lines(name: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> Sequence[str]:
    """Break a name where it is wider than its tile."""
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= _TILE:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
