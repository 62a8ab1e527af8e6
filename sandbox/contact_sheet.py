"""A run's pictures side by side, each over the line that it came of."""

import io
import math
import textwrap
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont, ImageOps

_CELL = 400
_GAP = 16
_CAPTION = 64
_TEXT_SIZE = 18
_CHARACTERS = 44
_ACROSS = 3
_PAPER, _INK = (250, 249, 246), (40, 40, 44)


def contact_sheet(pictures: Sequence[tuple[str, bytes]]) -> bytes:
    """Lay out captions and pictures in rows of three, as a PNG."""
    across = min(_ACROSS, len(pictures))
    down = math.ceil(len(pictures) / across)
    size = (across * (_CELL + _GAP) + _GAP, down * (_CELL + _CAPTION + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(_TEXT_SIZE)
    for number, (caption, data) in enumerate(pictures):
        left = _GAP + number % across * (_CELL + _GAP)
        top = _GAP + number // across * (_CELL + _CAPTION + _GAP)
        with Image.open(io.BytesIO(data)) as picture:
            fitted = ImageOps.pad(picture.convert("RGB"), (_CELL, _CELL), color=_PAPER)
        sheet.paste(fitted, (left, top))
        text = "\n".join(textwrap.wrap(caption, _CHARACTERS, max_lines=2, placeholder=" …"))
        draw.multiline_text((left, top + _CELL + 8), text, fill=_INK, font=font, spacing=6)
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
