"""JPEG and PNG as containers: walk their parts without decoding, and leave out those that tell private things."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


class BrokenContainer(Exception):
    """The file ends too early, or its parts do not add up."""


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    end: int
    kept: bool
    """Whether the picture's looks depend on it."""


def without_metadata(data: bytes, image_format: str) -> bytes:
    """Leave out EXIF, XMP, comments, thumbnails and whatever trails the end; the pixels stay as they are.

    Gives `data` itself where there is nothing to leave out. Raises `BrokenContainer`.
    """
    parts = list(_jpeg_parts(data) if image_format == "JPEG" else _png_parts(data))
    if all(part.kept for part in parts) and parts[-1].end == len(data):
        return data
    return b"".join(data[part.start : part.end] for part in parts if part.kept)


_EOI: Final = 0xD9
_SOS: Final = 0xDA
_STANDALONE: Final = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
_WITHIN_SCAN: Final = frozenset({0x00, *range(0xD0, 0xD8)})
_APPLICATION: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_KEPT_APPLICATION: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""The application segments that the looks depend on: pixel shape, colours, colour transform."""


def _jpeg_parts(data: bytes) -> Iterator[_Part]:
    position = 0
    try:
        while True:
            start = position
            if data[position] != 0xFF:
                raise BrokenContainer("no marker where one must be")
            while data[position] == 0xFF:
                position += 1
            marker = data[position]
            position += 1
            if marker not in _STANDALONE and marker != _EOI:
                position += int.from_bytes(data[position : position + 2])
                if position > len(data):
                    raise BrokenContainer("a segment is longer than the file")
            if marker == _SOS:
                position = _end_of_scan(data, position)
            yield _Part(start, position, _jpeg_kept(marker, data[start + 4 : start + 16]))
            if marker == _EOI:
                return
    except IndexError:
        raise BrokenContainer("the file ends within the picture") from None


def _jpeg_kept(marker: int, beginning: bytes) -> bool:
    if marker in _APPLICATION:
        return marker in _KEPT_APPLICATION and beginning.startswith(_KEPT_APPLICATION[marker])
    return marker != _COMMENT


def _end_of_scan(data: bytes, position: int) -> int:
    # a loop of finds rather than one regular expression, which would hold the interpreter for the whole file
    while (position := data.find(b"\xff", position)) >= 0:
        following = data[position + 1]
        if following not in _WITHIN_SCAN and following != 0xFF:
            return position
        position += 1 if following == 0xFF else 2
    raise BrokenContainer("the file ends within the picture")


def png_exif(data: bytes) -> bytes | None:
    """Find the EXIF of a PNG, even behind the pixels, without reading those; None where there is none."""
    position = _PNG_SIGNATURE
    while position < len(data):
        length = int.from_bytes(data[position : position + 4])
        if data[position + 4 : position + 8] == b"eXIf":
            return data[position + 8 : position + 8 + length]
        position += 12 + length
    return None


_PNG_SIGNATURE: Final = 8
_KEPT_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs"}
)


def _png_parts(data: bytes) -> Iterator[_Part]:
    yield _Part(0, _PNG_SIGNATURE, kept=True)
    position = _PNG_SIGNATURE
    while True:
        length = int.from_bytes(data[position : position + 4])
        kind = data[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(data):
            raise BrokenContainer("the file ends within the picture")
        yield _Part(position, end, kind in _KEPT_CHUNKS)
        if kind == b"IEND":
            return
        position = end
