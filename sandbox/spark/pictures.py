"""Input images: fetched or decoded, and really looked at."""

import asyncio
import base64
import binascii
import io
import struct
from typing import Final, Literal

import aiohttp
from PIL import Image

from sandbox.spark import catalogue
from sandbox.spark.catalogue import ImageLimits
from sandbox.spark.refusal import Refusal
from sandbox.spark.sizes import Size
from sandbox.spark.validation import ImageSource

_FETCH_SECONDS: Final = 10
_REDIRECTS: Final = 3
_PNG: Final = b"\x89PNG\r\n\x1a\n"
# Start-of-frame markers carry the size; C4, C8 and CC share the range and are tables, not frames.
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


async def obtain(model: str, source: ImageSource, session: aiohttp.ClientSession) -> tuple[bytes, Size]:
    """Get the bytes of the input image and its size as stored, checked against the limits of the model.

    Raises `Refusal` where it cannot be had, or the page of the model does not take it.
    """
    limits = catalogue.IMAGE_LIMITS[model]
    if source.kind == "url":
        data = await _fetch(model, source.value, limits.max_bytes, session)
    else:
        data = _decode(model, source.value)
    return data, await asyncio.to_thread(_inspect, model, data, limits)


def _refuse(model: str, kind: Literal["element", "format", "size"], detail: str) -> Refusal:
    return Refusal(catalogue.IMAGE_CODES[model][kind], detail)


def _decode(model: str, text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise _refuse(model, "element", f"the image is not base64: {error}") from error


async def _fetch(model: str, url: str, max_bytes: int, session: aiohttp.ClientSession) -> bytes:
    data = bytearray()
    try:
        timeout = aiohttp.ClientTimeout(total=_FETCH_SECONDS)
        async with session.get(url, timeout=timeout, max_redirects=_REDIRECTS) as answer:
            if answer.status != 200:
                raise _refuse(model, "element", f"the image's address answers {answer.status}")
            async for piece in answer.content.iter_any():
                data += piece
                if len(data) > max_bytes:
                    raise _refuse(model, "size", f"the image has more than {max_bytes} bytes")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise _refuse(model, "element", f"the image cannot be fetched: {type(error).__name__}") from error
    return bytes(data)


def _inspect(model: str, data: bytes, limits: ImageLimits) -> Size:
    # The header is read by hand, so that nothing is decoded before its size is known to be harmless.
    size = _png_size(data) or _jpeg_size(data)
    if size is None:
        raise _refuse(model, "format", "the image is neither JPEG nor PNG")
    if len(data) > limits.max_bytes:
        raise _refuse(model, "size", f"the image has {len(data)} bytes, more than {limits.max_bytes}")
    short, long = sorted(size)
    shown = f"{size[0]}×{size[1]}"
    if short < 1 or long > limits.max_side:
        raise _refuse(model, "size", f"the image is {shown}, more than {limits.max_side} on a side")
    if limits.max_ratio is not None and long > limits.max_ratio * short:
        raise _refuse(model, "size", f"the image is {shown}: its sides differ by more than {limits.max_ratio}:1")
    if short < limits.min_short or long < limits.min_long:
        raise _refuse(model, "size", f"the image is {shown}, less than {limits.min_short}×{limits.min_long}")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            image.load()
    except (OSError, SyntaxError, ValueError, struct.error) as error:
        raise _refuse(model, "format", f"the image cannot be decoded: {error}") from error
    return size


def _png_size(data: bytes) -> Size | None:
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> Size | None:
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte before the marker
            at += 1
            continue
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
