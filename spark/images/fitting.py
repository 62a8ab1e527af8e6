"""Turns what people send into what a model takes, in a process of its own.

A process, since decoding foreign files holds the interpreter for long, takes hundreds of megabytes, and may crash:
none of it may happen to the event loop.
"""

import asyncio
import contextlib
import json
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from spark.errors import ImageRefused
from spark.images.containers import BrokenContainer, without_metadata
from spark.images.inspection import ImageInfo, inspect
from spark.images.limits import FORMATS, LIMITS, SOURCE_PIXELS_MAX, Limits
from spark.images.shapes import target_size

_log = logging.getLogger(__name__)

_WORKER: Final = Path(__file__).with_name("worker.py")
_SECONDS_MAX: Final = 60.0
_MEMORY_MAX: Final = 2_500_000_000
"""Bytes of address space: the largest picture twice, and the libraries."""
_ENVIRONMENT: Final = ("PATH", "PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""All that the worker is told; no secret that stands in the environment is among it."""
_HIDDEN_DATA: Final = "removed its hidden data"
PLACE_REMOVED: Final = "removed its hidden data, with the place where it was taken"
"""What is said among the changes of a picture that told where it was taken."""
_DAMAGED: Final = "The picture is damaged or cut off; it cannot be decoded."


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture that a model takes."""

    data: bytes
    format: str
    """JPEG or PNG."""
    width: int
    height: int
    changes: tuple[str, ...]
    """What was done to it, in words for a person: "scaled from 8000×6000 to 4096×3072"; empty if nothing."""
    original_fits: bool
    """Whether the model takes the very file that was sent, and that does not tell where it was taken."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    info: ImageInfo
    size: tuple[int, int]
    """What the model can take, as close as may be."""
    clean: bytes | None
    """The file without metadata; None where its format must change anyway."""


async def fit(data: bytes, model: str, *, slots: asyncio.Semaphore | None = None) -> Fitted:
    """Make what `model` takes from any picture; raise `ImageRefused` where that cannot be done honestly.

    A picture that fits stays as it is, but for its metadata. Each call runs one process, which may take
    some hundred megabytes for a large picture: `slots` bounds how many run at a time.
    """
    limits = LIMITS[model]
    prepared = await asyncio.to_thread(_prepare, data, limits)
    async with slots or contextlib.nullcontext():
        told, encoded = await _work(data, _plan(prepared, limits))
    if (refused := told.get("refused")) is not None:
        raise ImageRefused(refused, _DAMAGED if refused == "broken" else "The picture is too heavy to be decoded.")
    info, changes = prepared.info, list(told["changes"])
    if told["kept"]:
        if prepared.clean is None:
            raise AssertionError(f"the worker kept a {info.format}")
        if prepared.clean is not data:
            changes.append(PLACE_REMOVED if info.has_location else _HIDDEN_DATA)
        return Fitted(prepared.clean, info.format, info.width, info.height, tuple(changes), not info.has_location)
    if info.has_location:
        changes.append(PLACE_REMOVED)
    return Fitted(encoded, "JPEG", told["width"], told["height"], tuple(changes), original_fits=False)


def _prepare(data: bytes, limits: Limits) -> _Prepared:
    info = inspect(data)
    try:
        clean = without_metadata(data, info.format) if info.format in FORMATS else None
    except BrokenContainer as error:
        raise ImageRefused("broken", _DAMAGED) from error
    return _Prepared(info, target_size(info.width, info.height, limits), clean)


def _plan(prepared: _Prepared, limits: Limits) -> dict[str, Any]:
    return {
        "format": prepared.info.format,
        "original": (prepared.info.width, prepared.info.height),
        "size": prepared.size,
        "orientation": prepared.info.orientation,
        "keep": prepared.clean is not None and len(prepared.clean) <= limits.max_bytes,
        "max_bytes": limits.max_bytes,
        "min_short": limits.min_short,
        "min_long": limits.min_long,
        "max_pixels": SOURCE_PIXELS_MAX,
        "max_memory": _MEMORY_MAX,
    }


async def _work(data: bytes, plan: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    # files instead of pipes: feeding megabytes through a pipe would be the event loop's own work
    with TemporaryFile() as source, TemporaryFile() as result, TemporaryFile() as trouble:
        await asyncio.to_thread(_write, source, data)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            str(_WORKER),
            json.dumps(plan),
            stdin=source,
            stdout=result,
            stderr=trouble,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )
        try:
            async with asyncio.timeout(_SECONDS_MAX):
                code = await process.wait()
        except TimeoutError:
            raise ImageRefused("too_heavy", "The picture takes too long to decode.") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if code < 0:
            _log.warning("a decoder died of signal %d", -code)
            raise ImageRefused("broken", _DAMAGED)
        if code > 0:
            said = await asyncio.to_thread(_read, trouble)
            raise RuntimeError(f"the image worker failed: {said.decode(errors='replace')[-1000:]}")
        head, _, encoded = (await asyncio.to_thread(_read, result)).partition(b"\n")
    told: dict[str, Any] = json.loads(head)
    return told, encoded


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)
    file.seek(0)


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
