"""Where strangers' pictures are worked on: each in a process that may do nothing else, and not for long.

A process, since whatever reads foreign files holds the interpreter for long, takes hundreds of megabytes, and may
crash or be taken over: that must not befall the event loop, other people's pictures or anybody's secrets.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final, TypeAlias

from spark.confinement import Allowance, command, environment
from spark.errors import ImageRefused
from spark.images.headers import FIRST_BYTES, Header, read_header

_log = logging.getLogger(__name__)

File: TypeAlias = bytes | IO[bytes]
"""A picture's file: its bytes, or an open file on the disk, which is read from its beginning."""
_ROOT: Final = Path(__file__).parents[2]
_SECONDS: Final = 4
"""Of the processor, for one picture."""
_SECONDS_ON_THE_CLOCK: Final = 60.0
"""For the same on a machine that is busy with other things."""
_MEMORY: Final = 1_500_000_000
_WRITTEN: Final = 128_000_000
_OUT_OF_TIME: Final = "The picture takes too long to decode."
_DAMAGED: Final = "The picture is damaged or cut off; it cannot be decoded."


async def looked_at(file: File) -> Header:
    """Read the first kilobyte of a file; raise `ImageRefused` where it cannot be worked on."""
    if isinstance(file, bytes):
        return read_header(file, len(file))
    return await asyncio.to_thread(_look, file)


async def worked(file: File, header: Header, task: str, parameter: str = "") -> tuple[dict[str, Any], bytes]:
    """Have the worker do a task with a picture (`spark.images.worker`); give what it tells, and what it made.

    Raises `ImageRefused`.
    """
    # the decoder of HEIC starts threads, whatever it is told
    allowance = Allowance(memory=_MEMORY, written=_WRITTEN, seconds=_SECONDS, alone=header.format != "HEIF")
    worker = command("spark.images.worker", _ROOT, allowance, task, parameter)
    # files instead of pipes: feeding megabytes through a pipe would be the event loop's own work
    async with _on_disk(file) as source, scratch_file() as made, scratch_file() as trouble:
        code = await _run(worker, source, made, trouble)
        if code == -signal.SIGXCPU:
            raise ImageRefused("too_heavy", _OUT_OF_TIME)
        if code < 0:
            _log.warning("a decoder died of signal %d", -code)
            raise ImageRefused("broken", _DAMAGED)
        if code > 0:
            said = await asyncio.to_thread(_read, trouble)
            raise RuntimeError(f"the image worker failed: {said.decode(errors='replace')[-1000:]}")
        head, _, new = (await asyncio.to_thread(_read, made)).partition(b"\n")
    told: dict[str, Any] = json.loads(head)
    if "refused" in told:
        raise ImageRefused(told["refused"], told["text"], advice=told["advice"])
    return told, new


async def _run(worker: Sequence[str], source: IO[bytes], made: IO[bytes], trouble: IO[bytes]) -> int:
    """Run the worker to its end, and give its exit code; it is killed where nobody waits for it any more."""
    process = await asyncio.create_subprocess_exec(
        *worker, stdin=source, stdout=made, stderr=trouble, env=environment()
    )
    try:
        async with asyncio.timeout(_SECONDS_ON_THE_CLOCK):
            return await process.wait()
    except TimeoutError:
        raise ImageRefused("too_heavy", _OUT_OF_TIME) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@contextlib.asynccontextmanager
async def scratch_file() -> AsyncIterator[IO[bytes]]:
    """Open an empty file without a name; it is gone at the end, which takes a while for many megabytes."""
    file = await asyncio.to_thread(TemporaryFile)
    try:
        yield file
    finally:
        await asyncio.to_thread(file.close)


@contextlib.asynccontextmanager
async def _on_disk(file: File) -> AsyncIterator[IO[bytes]]:
    if isinstance(file, bytes):
        async with scratch_file() as source:
            await asyncio.to_thread(source.write, file)
            await asyncio.to_thread(source.seek, 0)
            yield source
    else:
        await asyncio.to_thread(file.seek, 0)
        yield file


def _look(file: IO[bytes]) -> Header:
    file.flush()
    return read_header(os.pread(file.fileno(), FIRST_BYTES, 0), os.fstat(file.fileno()).st_size)


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()
