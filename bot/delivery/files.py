"""Pictures as files that Discord takes: named for their job, described, and small enough."""

import asyncio
import io

import discord
from PIL import Image

from bot.domain.jobs import Job, Task, result_stem
from bot.domain.words import alt_text

_QUALITIES = (92, 85, 75)
_SIGNATURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}


async def file_of(job: Job, task: Task, picture: bytes, limit: int) -> discord.File:
    """Build the file of one picture, re-encoded where it has more bytes than Discord takes there."""
    data = picture if len(picture) <= limit else await asyncio.to_thread(_smaller, picture, limit)
    ending = next((e for signature, e in _SIGNATURES.items() if data.startswith(signature)), "png")
    return discord.File(
        io.BytesIO(data),
        filename=f"{result_stem(job.id, task.position)}.{ending}",
        description=alt_text(job.title, task.position, len(job.tasks)),
        spoiler=job.spoiler,
    )


def is_file_of(filename: str, stem: str) -> bool:
    """Whether an attachment's name is that of the result with this stem, spoiler or not."""
    return filename.removeprefix("SPOILER_").rsplit(".", 1)[0] == stem


def _smaller(picture: bytes, limit: int) -> bytes:
    """Re-encode as JPEG, then shrink, until `limit` bytes hold it."""
    with Image.open(io.BytesIO(picture)) as opened:
        image = opened.convert("RGB")
    while True:
        for quality in _QUALITIES:
            buffer = io.BytesIO()
            image.save(buffer, "JPEG", quality=quality, optimize=True)
            if buffer.tell() <= limit:
                return buffer.getvalue()
        image = image.resize(
            (max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)), Image.Resampling.LANCZOS
        )
