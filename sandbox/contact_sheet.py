"""Pictures side by side, each over its caption, such as the line that it came of."""

import io
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

_GAP = 16
_TEXT_SIZE = 18
_LINE = 24
_TO_A_CHARACTER = 9

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """What a sheet is like."""

    cell: tuple[int, int] = (400, 400)
    across: int = 3
    lines: int = 2
    """Of a caption, at most."""
    colour: Colour = (250, 249, 246)
    ink: Colour = (40, 40, 44)


PLAIN: Final = Paper()


def contact_sheet(pictures: Sequence[tuple[str, bytes]], paper: Paper = PLAIN) -> bytes:
    """Lay out captions and pictures in rows, as a PNG."""
    width, height = paper.cell
    below = paper.lines * _LINE + _GAP
    across = min(paper.across, len(pictures))
    down = math.ceil(len(pictures) / across)
    size = (across * (width + _GAP) + _GAP, down * (height + below + _GAP) + _GAP)
    sheet = Image.new("RGB", size, paper.colour)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(_TEXT_SIZE)
    for number, (caption, data) in enumerate(pictures):
        left = _GAP + number % across * (width + _GAP)
        top = _GAP + number // across * (height + below + _GAP)
        with Image.open(io.BytesIO(data)) as picture:
            fitted = ImageOps.pad(picture.convert("RGB"), paper.cell, color=paper.colour)
        sheet.paste(fitted, (left, top))
        text = "\n".join(textwrap.wrap(caption, width // _TO_A_CHARACTER, max_lines=paper.lines, placeholder=" …"))
        draw.multiline_text((left, top + height + 8), text, fill=paper.ink, font=font, spacing=6)
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
