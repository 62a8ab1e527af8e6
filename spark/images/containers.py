"""JPEG and PNG as containers: walk their parts without decoding, and leave out those that tell private things.

A file is untrusted here, and may have millions of parts: they are counted, and none of them gets an object.
"""

import re
from dataclasses import dataclass
from typing import Final

PARTS_MAX: Final = 100_000
"""The most parts of a file; a PNG of 64 MB that is cut into pieces of 4 kB has 16,000. Padding counts, too."""


class BrokenContainer(Exception):
    """The file ends too early, its parts do not add up, or they are too many; the text is for people."""


@dataclass(slots=True)
class Anatomy:
    """What a file consists of."""

    kept: list[tuple[int, int]]
    """Where what the looks depend on begins and ends; what adjoins is one."""
    exif: bytes | None = None
    """A PNG's EXIF, which may stand behind the pixels."""
    parts: int = 0

    def keep(self, start: int, end: int) -> None:
        """Take a part to what the looks depend on."""
        if self.kept and self.kept[-1][1] == start:
            start = self.kept.pop()[0]
        self.kept.append((start, end))

    def count(self, parts: int) -> None:
        """Count parts; raises `BrokenContainer` where they become too many."""
        self.parts += parts
        if self.parts > PARTS_MAX:
            raise BrokenContainer(f"The file is in more than {PARTS_MAX:,} pieces, as no picture is.")


def anatomy_of(data: bytes, image_format: str) -> Anatomy:
    """Walk a JPEG or PNG; raises `BrokenContainer`."""
    return _jpeg(data) if image_format == "JPEG" else _png(data)


def without_metadata(data: bytes, anatomy: Anatomy) -> bytes:
    """Leave out EXIF, XMP, comments, thumbnails and whatever trails the end; the pixels stay as they are.

    Gives `data` itself where there is nothing to leave out.
    """
    if anatomy.kept == [(0, len(data))]:
        return data
    return b"".join(data[start:end] for start, end in anatomy.kept)


_CUT: Final = "The picture is damaged or cut off; it cannot be decoded."
_EOI: Final = 0xD9
_SOS: Final = 0xDA
_STANDALONE: Final = frozenset({0x01, 0xD8, *range(0xD0, 0xD8)})
_APPLICATION: Final = range(0xE0, 0xF0)
_COMMENT: Final = 0xFE
_KEPT_APPLICATION: Final = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""The application segments that the looks depend on: pixel shape, colours, colour transform."""
_MARKER: Final = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_END_OF_SCAN: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
"""What follows a scan: within one, 0xFF is stuffed with 0, or marks a restart."""


def _jpeg(data: bytes) -> Anatomy:
    anatomy, position = Anatomy([]), 0
    while True:
        start = position
        found = _MARKER.match(data, position)
        if found is None:
            raise BrokenContainer(_CUT)
        marker, position = found[1][0], found.end()
        anatomy.count(position - start - 1)
        if marker not in _STANDALONE and marker != _EOI:
            position += int.from_bytes(data[position : position + 2])
            if position > len(data):
                raise BrokenContainer(_CUT)
        if marker == _SOS:
            end = _END_OF_SCAN.search(data, position)
            if end is None:
                raise BrokenContainer(_CUT)
            position = end.start()
        if _jpeg_kept(marker, data[found.end() + 2 : found.end() + 14]):
            anatomy.keep(start, position)
        if marker == _EOI:
            return anatomy


def _jpeg_kept(marker: int, beginning: bytes) -> bool:
    if marker in _APPLICATION:
        return marker in _KEPT_APPLICATION and beginning.startswith(_KEPT_APPLICATION[marker])
    return marker != _COMMENT


_PNG_SIGNATURE: Final = 8
_KEPT_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"pHYs"}
)


def _png(data: bytes) -> Anatomy:
    anatomy, position = Anatomy([(0, _PNG_SIGNATURE)]), _PNG_SIGNATURE
    while True:
        anatomy.count(1)
        length = int.from_bytes(data[position : position + 4])
        kind = data[position + 4 : position + 8]
        end = position + 12 + length
        if end > len(data):
            raise BrokenContainer(_CUT)
        if kind in _KEPT_CHUNKS:
            anatomy.keep(position, end)
        elif kind == b"eXIf" and anatomy.exif is None:
            anatomy.exif = data[position + 8 : position + 8 + length]
        if kind == b"IEND":
            return anatomy
        position = end
