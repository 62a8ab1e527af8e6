"""Playing lines on a stage, with the transcript and the pictures that come of them."""

import asyncio
import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sandbox.contact_sheet import contact_sheet
from sandbox.discord import Attachment
from sandbox.discord.model.commands import OptionType
from sandbox.scene import Scene
from sandbox.spark.prices import usd_text
from sandbox.stage import Stage
from sandbox.transcript import transcript

_SPEND = "/usage"


async def play_lines(stage: Stage, lines: Sequence[str], out: Path, print_line: Callable[[str], None]) -> None:
    """Play lines as a member, commands in #general at first, then where the last result stands.

    Prints what is seen, saves every picture into `out` (with a contact sheet of them all), and ends with
    what it all cost. Raises `StageError` where a line cannot be played or nothing comes of it.
    """
    await stage.bot_ready()
    place = stage.general
    known: set[Attachment] = set()
    made: list[tuple[str, bytes]] = []
    for number, line in enumerate(lines, start=1):
        scene = await stage.play(line, place)
        for text in transcript(scene, stage.discord, time.time()):
            print_line(text)
        new = [each for each in scene.pictures if each not in known]
        for path in _save(new, f"{number}-{_slug(scene)}", out):
            print_line(f"    saved: {path}")
        known.update(new)
        if not scene.refused:  # what only one person sees is a report
            made += [(line, picture.content) for picture in new]
        print_line("")
        place = scene.place
    spend = await stage.play(_SPEND, place)
    for text in transcript(spend, stage.discord, time.time()):
        print_line(text)
    if len(made) > 1:
        sheet = out / "contact-sheet.png"
        sheet.write_bytes(await asyncio.to_thread(contact_sheet, made))
        print_line(f"\nAll pictures of this run: {sheet}")
    print_line(f"\nSpark's own bill: {usd_text(stage.spark.bill)}")


def _save(pictures: Iterable[Attachment], stem: str, out: Path) -> list[Path]:
    """Write pictures into `out`, numbered where there are several."""
    files = list(pictures)
    saved = []
    for part, file in enumerate(files, start=1):
        ending = file.filename.rsplit(".", 1)[-1]
        suffix = f"-{part}" if len(files) > 1 else ""
        path = out / f"{stem}{suffix}.{ending}"
        out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        saved.append(path)
    return saved


def _slug(scene: Scene) -> str:
    """Name a file after the first words that the member gave, else after the line, as a report."""
    options = scene.interaction.data.get("options", []) if scene.interaction and not scene.refused else []
    words = next((option["value"] for option in options if option["type"] == OptionType.STRING), scene.line)
    return "-".join(re.findall(r"[a-z0-9]+", words.lower())[:6]) or "picture"
