"""Stamps a provenance into PNG, JPEG and WebP as XMP, on the level of their containers: no pixel is decoded.

What a file tells already stays. One that is signed (C2PA) and says itself that it is AI's work is left as it is,
since the signature covers its bytes. Why so: docs/decisions/0010-ai-made-is-told-in-the-file.md.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from spark.errors import ImageRefused
from spark.images.containers import PARTS_MAX
from spark.images.edits import Edit, edited
from spark.images.headers import Header, read_header
from spark.images.packets import PACKET_MAX, merged, told_provenance
from spark.images.provenance import AI_MADE, Provenance

_CARRIED_MAX: Final = 16_000
"""The most bytes of a packet that goes over to another file: what is longer describes the original alone."""
_UNKNOWN: Final = "XMP is not written into {}."
_NO_ROOM: Final = "There is more XMP in the file than a JPEG has room for."
_BROKEN: Final = "The file is damaged: its first part cannot be read."


@dataclass(slots=True)
class _Anatomy:
    """What a file tells of itself, and where."""

    room: int
    """Where a new packet can stand."""
    packets: list[tuple[int, int]] = field(default_factory=list)
    """Where each part with a packet begins and ends."""
    packet: bytes | None = None
    """The first of its packets; there should be no other."""
    manifest: bytearray = field(default_factory=bytearray)
    """What is signed (C2PA)."""

    @property
    def signed_source_type(self) -> str | None:
        """Tell which of `AI_MADE` stands in what is signed, where such an address is in one piece."""
        return next((each for each in AI_MADE if each.encode() in self.manifest), None)


def stamped(data: bytes, provenance: Provenance, made_from: bytes | None = None) -> bytes:
    """Give a file with its provenance; the same where it tells it already. Raises `ImageRefused`.

    `made_from` is the file that this one was encoded from anew, whose XMP goes over.
    """
    return edited(data, edits(data, provenance, made_from))


def edits(data: bytes, provenance: Provenance, made_from: bytes | None = None) -> Sequence[Edit]:
    """Tell what to change of a file so that it tells its provenance, in order; see `stamped`."""
    header = read_header(data, len(data))
    anatomy = _anatomy(data, header)
    if anatomy.signed_source_type is not None:
        return ()
    packet = anatomy.packet
    made = merged(_carried(made_from) if packet is None else packet, provenance)
    if made == packet:
        return ()
    part = _PARTS[header.format](made)
    if not anatomy.packets:
        changes: list[Edit] = [(anatomy.room, anatomy.room, part)]
    else:
        first, *others = anatomy.packets
        changes = [(*first, part), *((*other, b"") for other in others)]
    return _webp_edits(data, header, changes) if header.format == "WEBP" else changes


def told_provenance_in(data: bytes) -> Provenance | None:
    """Read the provenance that a file tells, signed or not; None where it does not say that it is AI's work."""
    try:
        anatomy = _anatomy(data, read_header(data, len(data)))
    except ImageRefused:
        return None
    told = told_provenance(anatomy.packet) if anatomy.packet else None
    signed = anatomy.signed_source_type
    return told if told is not None or signed is None else Provenance(signed)


def _carried(made_from: bytes | None) -> bytes | None:
    if made_from is None:
        return None
    try:
        packet = _anatomy(made_from, read_header(made_from, len(made_from))).packet
    except ImageRefused:
        return None
    return packet if packet is not None and len(packet) <= _CARRIED_MAX else None


def _anatomy(data: bytes, header: Header) -> _Anatomy:
    walk = _WALKS.get(header.format)
    if walk is None:
        raise ImageRefused("wrong_format", _UNKNOWN.format(header.format))
    return walk(data)


_PNG_SIGNATURE: Final = 8
_PNG_BEGIN: Final = b"\0\0\0\x0dIHDR"
_PNG_HEAD: Final = 33
"""Where the chunk ends that a PNG begins with."""
_PNG_XMP: Final = b"XML:com.adobe.xmp\0"


def _png(data: bytes) -> _Anatomy:
    if not data.startswith(_PNG_BEGIN, _PNG_SIGNATURE) or len(data) < _PNG_HEAD:
        raise ImageRefused("broken", _BROKEN)
    anatomy = _Anatomy(_PNG_HEAD)
    for start, kind, begin, end in _png_chunks(data):
        if kind == b"iTXt" and data.startswith(_PNG_XMP, begin):
            if not anatomy.packets:
                anatomy.packet = _png_text(data[begin + len(_PNG_XMP) : end])
            anatomy.packets.append((start, end + 4))
        elif kind == b"caBX":
            anatomy.manifest += data[begin:end]
    return anatomy


def _png_chunks(data: bytes) -> Iterator[tuple[int, bytes, int, int]]:
    """Give where each chunk begins, its kind, and where its content begins and ends, up to one that is cut off."""
    start = _PNG_SIGNATURE
    for _ in range(PARTS_MAX):
        begin = start + 8
        end = begin + int.from_bytes(data[start : start + 4])
        if begin > len(data) or end + 4 > len(data):
            return
        yield start, data[start + 4 : begin], begin, end
        start = end + 4


def _png_text(rest: bytes) -> bytes:
    """Give the text of a chunk of text, of which its keyword is read already; nothing where it cannot be had."""
    _, _, text = rest[2:].partition(b"\0")
    _, _, text = text.partition(b"\0")
    if not rest.startswith(b"\1"):
        return text
    try:
        return zlib.decompressobj().decompress(text, PACKET_MAX)
    except zlib.error:
        return b""


def _png_part(packet: bytes) -> bytes:
    content = b"iTXt" + _PNG_XMP + bytes(4) + packet
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


_MARKER: Final = re.compile(rb"\xff+([^\xff\x00])", re.DOTALL)
_JPEG_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_JPEG_EXIF: Final = b"Exif\0"
_JPEG_SEGMENT_MAX: Final = 0xFFFF
_APP0, _APP1, _APP11 = 0xE0, 0xE1, 0xEB
_PIXELS_OR_END: Final = frozenset({0xD9, 0xDA})
_MANIFEST_PIECE: Final = 16
"""Bytes before the content of each piece of a manifest, which is cut where a segment is full."""


def _jpeg(data: bytes) -> _Anatomy:
    anatomy, at_front = _Anatomy(2), True
    for start, marker, begin, end in _jpeg_segments(data):
        # what must stand first, and is looked for there
        at_front = at_front and (marker == _APP0 or (marker == _APP1 and data.startswith(_JPEG_EXIF, begin)))
        if at_front:
            anatomy.room = end
        if marker == _APP1 and data.startswith(_JPEG_XMP, begin):
            if not anatomy.packets:
                anatomy.packet = data[begin + len(_JPEG_XMP) : end]
            anatomy.packets.append((start, end))
        elif marker == _APP11 and data.startswith(b"JP", begin):
            anatomy.manifest += data[begin + _MANIFEST_PIECE : end]
    return anatomy


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Give where each segment begins, its marker, and where its content begins and ends, up to the pixels."""
    start = 2
    for _ in range(PARTS_MAX):
        found = _MARKER.match(data, start)
        if found is None or (marker := found[1][0]) in _PIXELS_OR_END:
            return
        begin = found.end() + 2
        end = found.end() + int.from_bytes(data[found.end() : begin])
        if not begin <= end <= len(data):
            return
        yield start, marker, begin, end
        start = end


def _jpeg_part(packet: bytes) -> bytes:
    length = 2 + len(_JPEG_XMP) + len(packet)
    if length > _JPEG_SEGMENT_MAX:
        raise ImageRefused("too_large", _NO_ROOM)
    return struct.pack(">BBH", 0xFF, _APP1, length) + _JPEG_XMP + packet


_RIFF_HEAD: Final = 12
_WEBP_BEFORE_XMP: Final = frozenset(
    {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L", b"EXIF", b"XMP "}
)
_EXTENDED: Final = 10
"""Bytes of what a WebP with more than pixels begins with."""
_HAS_XMP: Final = 0x04
_HAS_ALPHA: Final = 0x10
_LOSSLESS_ALPHA: Final = 28
"""Which bit of what a lossless picture begins with tells that it is transparent somewhere."""


def _webp(data: bytes) -> _Anatomy:
    anatomy = _Anatomy(_RIFF_HEAD)
    for start, kind, begin, end, next_start in _webp_chunks(data):
        if kind == b"VP8X" and end - begin < _EXTENDED:
            break
        if kind in _WEBP_BEFORE_XMP:
            anatomy.room = next_start
        if kind == b"XMP ":
            if not anatomy.packets:
                anatomy.packet = data[begin:end]
            anatomy.packets.append((start, next_start))
        elif kind == b"C2PA":
            anatomy.manifest += data[begin:end]
    if anatomy.room == _RIFF_HEAD:
        raise ImageRefused("broken", _BROKEN)
    return anatomy


def _webp_chunks(data: bytes) -> Iterator[tuple[int, bytes, int, int, int]]:
    """Give where each chunk begins, its kind, where its content begins and ends, and where the next begins."""
    start = _RIFF_HEAD
    last = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    for _ in range(PARTS_MAX):
        begin = start + 8
        end = begin + int.from_bytes(data[start + 4 : begin], "little")
        next_start = end + end % 2
        if begin > last or next_start > last:
            return
        yield start, data[start : start + 4], begin, end, next_start
        start = next_start


def _webp_part(packet: bytes) -> bytes:
    return b"XMP " + struct.pack("<I", len(packet)) + packet + bytes(len(packet) % 2)


def _webp_edits(data: bytes, header: Header, changes: Sequence[Edit]) -> Sequence[Edit]:
    """Add what announces XMP in a WebP, and its new length."""
    announced = list(changes)
    if data[12:16] == b"VP8X":
        if not data[20] & _HAS_XMP:
            announced.insert(0, (20, 21, bytes([data[20] | _HAS_XMP])))
    elif header.size is not None:
        announced.insert(0, (_RIFF_HEAD, _RIFF_HEAD, _extended(data, *header.size)))
    grown = sum(len(new) - (end - start) for start, end, new in announced)
    length = min(int.from_bytes(data[4:8], "little"), len(data) - 8) + grown
    return [(4, 8, struct.pack("<I", length)), *announced]


def _extended(data: bytes, width: int, height: int) -> bytes:
    """Write the chunk that a WebP with more than pixels begins with."""
    transparent = data[12:16] == b"VP8L" and int.from_bytes(data[21:25], "little") >> _LOSSLESS_ALPHA & 1
    flags = _HAS_XMP | (_HAS_ALPHA if transparent else 0)
    size = b"".join(struct.pack("<I", side - 1)[:3] for side in (width, height))
    return b"VP8X" + struct.pack("<II", _EXTENDED, flags) + size


_WALKS: Final[Mapping[str, Callable[[bytes], _Anatomy]]] = {"PNG": _png, "JPEG": _jpeg, "WEBP": _webp}
_PARTS: Final[Mapping[str, Callable[[bytes], bytes]]] = {"PNG": _png_part, "JPEG": _jpeg_part, "WEBP": _webp_part}
