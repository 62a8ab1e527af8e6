"""Draws the sheet of each group of styles in a confined worker, of the pictures that are in the folder."""

import asyncio
import json
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Final

from bot.domain.styles import StyleGroup
from bot.sheets.folder import StyleFolder
from bot.wording.styles import tile_name
from spark.confinement import Allowance, command, environment

_ROOT: Final = Path(__file__).parents[2]
_ALLOWANCE: Final = Allowance(memory=1_500_000_000, written=0, seconds=30)


class NotDrawn(Exception):
    """A sheet could not be drawn; the text says why."""


async def draw_sheets(folder: StyleFolder) -> None:
    """Draw and keep the sheet of each group that has a picture it does not show yet; raises `NotDrawn`."""
    for group in StyleGroup:
        if folder.is_drawn(group):
            continue
        pictures = [(tile_name(style), folder.picture(style.slug)) for style in group.styles]
        if any(data for _, data in pictures):
            folder.keep_sheet(group, await _drawn([(name, data or b"") for name, data in pictures]))


async def _drawn(tiles: list[tuple[str, bytes]]) -> bytes:
    worker = command("bot.sheets.sheet_worker", _ROOT, _ALLOWANCE)
    asked = json.dumps([(name, len(data)) for name, data in tiles]).encode()
    process = await asyncio.create_subprocess_exec(
        *worker, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment()
    )
    try:
        webp, trouble = await process.communicate(b"\n".join([asked, b"".join(data for _, data in tiles)]))
    finally:
        if process.returncode is None:  # nobody waits for it any more
            process.kill()
            await process.communicate()
    if process.returncode:
        raise NotDrawn(f"its worker ended with {process.returncode}: {trouble.decode(errors='replace')[-1000:]}")
    return webp
