"""Changes of a file's parts, made without reading the rest of it."""

from collections.abc import Sequence
from typing import TypeAlias

Edit: TypeAlias = tuple[int, int, bytes]
"""Where a part of a file begins and ends, and what is to stand there instead."""


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Give a file with edits, which are in order; copies it once, or not at all."""
    if not edits:
        return data
    view, position = memoryview(data), 0
    parts: list[bytes | memoryview] = []
    for start, end, new in edits:
        parts += [view[position:start], new]
        position = end
    return b"".join([*parts, view[position:]])
