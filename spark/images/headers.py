"""What the first kilobyte of a file tells: what it is, and its size where that stands there."""

from dataclasses import dataclass
from typing import Final

from spark.errors import ImageRefused
from spark.images.limits import FORMATS, LIMITS, SOURCE_BYTES_MAX, pixels_max

FIRST_BYTES: Final = 1024
"""How much of a stranger's file is looked at outside the worker."""
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIF_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_FRAME_HEADERS: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""JPEG's markers of a segment that tells the size."""


@dataclass(frozen=True, slots=True)
class Header:
    """The beginning of a picture's file."""

    format: str
    """JPEG, PNG, GIF, WEBP, AVIF or HEIF."""
    size: tuple[int, int] | None
    """Width and height in pixels, as they are stored; None where they stand further behind."""


def read_header(first: bytes, length: int) -> Header:
    """Read the beginning of a file of so many bytes, of which no more than `FIRST_BYTES` are looked at.

    Raises `ImageRefused` where that shows that it is no picture, or too large a one.
    """
    if not length:
        raise ImageRefused("empty", "The file is empty.")
    if length > SOURCE_BYTES_MAX:
        has, most = f"{length / 1e6:.0f} MB", f"{SOURCE_BYTES_MAX / 1e6:.0f} MB"
        raise ImageRefused("too_large", f"The file has {has}; the most is {most}.")
    first = first[:FIRST_BYTES]
    image_format = _sniff(first)
    if image_format is None:
        raise ImageRefused("not_an_image", "The file is no picture of a kind that can be read here.")
    header = Header(image_format, _size(first, image_format))
    if header.size is not None:
        require_decodable(image_format, *header.size)
    return header


def require_decodable(image_format: str, width: int, height: int) -> None:
    """Raise `ImageRefused` where decoding so many pixels would take too much."""
    if width * height > (most := pixels_max(image_format)):
        limit = f"{most // 1_000_000} megapixels"
        raise ImageRefused("too_many_pixels", f"The picture is {width}×{height}; the most is {limit}.")


def require_taken(data: bytes, model: str) -> None:
    """Raise `ImageRefused` unless the model takes the file as it is, as far as its first kilobyte tells."""
    header, limits = read_header(data, len(data)), LIMITS[model]
    if header.format not in FORMATS:
        raise ImageRefused("wrong_format", f"The picture is {header.format}; {model} takes JPEG and PNG.")
    if len(data) > limits.max_bytes:
        raise ImageRefused("too_large", f"The file has {len(data)} bytes; {model} takes {limits.max_bytes}.")
    if header.size is None:
        return
    long, short = max(header.size), min(header.size)
    size = f"{header.size[0]}×{header.size[1]}"
    if long > limits.max_side:
        raise ImageRefused("too_large", f"The picture is {size}; {model} takes sides up to {limits.max_side}.")
    if limits.max_ratio is not None and long > limits.max_ratio * short:
        raise ImageRefused("too_long", f"The picture is {size}; {model} takes sides up to {limits.max_ratio}:1.")
    if short < limits.min_short or long < limits.min_long:
        least = f"{limits.min_short}×{limits.min_long}"
        raise ImageRefused("too_small", f"The picture is {size}; {model} needs at least {least}.")


def _sniff(first: bytes) -> str | None:
    if first.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if first.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if first.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if first[:4] == b"RIFF" and first[8:12] == b"WEBP":
        return "WEBP"
    if first[4:8] == b"ftyp":
        box = first[8 : min(int.from_bytes(first[:4]), 256)]
        brands = {box[start : start + 4] for start in range(0, len(box), 4)}
        if brands & _AVIF_BRANDS:
            return "AVIF"
        if brands & _HEIF_BRANDS:
            return "HEIF"
    return None


def _size(first: bytes, image_format: str) -> tuple[int, int] | None:
    width, height = 0, 0
    match image_format:
        case "PNG" if first[12:16] == b"IHDR" and len(first) >= 24:
            width, height = int.from_bytes(first[16:20]), int.from_bytes(first[20:24])
        case "GIF" if len(first) >= 10:
            width, height = int.from_bytes(first[6:8], "little"), int.from_bytes(first[8:10], "little")
        case "WEBP" if len(first) >= 30:
            width, height = _webp_size(first)
        case "JPEG":
            width, height = _jpeg_size(first)
    return (width, height) if width and height else None


def _webp_size(first: bytes) -> tuple[int, int]:
    match first[12:16]:
        case b"VP8X":
            return int.from_bytes(first[24:27], "little") + 1, int.from_bytes(first[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(first[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            sides = int.from_bytes(first[26:28], "little"), int.from_bytes(first[28:30], "little")
            return sides[0] & 0x3FFF, sides[1] & 0x3FFF
    return 0, 0


def _jpeg_size(first: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 <= len(first) and first[position] == 0xFF:
        if first[position + 1] in _FRAME_HEADERS:
            height, width = first[position + 5 : position + 7], first[position + 7 : position + 9]
            return int.from_bytes(width), int.from_bytes(height)
        position += 2 + int.from_bytes(first[position + 2 : position + 4])
    return 0, 0
