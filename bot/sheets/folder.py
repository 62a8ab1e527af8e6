"""The folder of the styles' pictures: one of each, the one that they are made from, the sheets, what was paid.

What was paid is written down before anything is sent, so that a process that is killed pays for nothing twice.
"""

import asyncio
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from bot.domain.styles import StyleGroup

BASE: Final = "base"
"""Names the picture that those of the styles are made from, beside the styles' slugs."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of a picture that Spark was asked for."""

    task_id: str | None = None
    """None where no answer came: it may have been paid for."""
    cost_nano: int | None = None


class FolderInUse(Exception):
    """Another process makes the pictures of the folder."""


class StyleFolder:
    """Reads and writes the folder; each file is whole or not there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._journal = path / "paid.json"

    @contextmanager
    def held_alone(self) -> Iterator[None]:
        """Hold the folder as the only process that makes pictures for it; raises `FolderInUse`."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / "making.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise FolderInUse(f"{lock.lock_file} is held: the pictures are being made already") from None
        try:
            yield
        finally:
            lock.release()

    async def sheet(self, group: StyleGroup) -> bytes | None:
        """Read the sheet of a group, as WebP; None where none was made."""
        try:
            return await asyncio.to_thread(self._sheet(group).read_bytes)
        except FileNotFoundError:
            return None

    def keep_sheet(self, group: StyleGroup, webp: bytes) -> None:
        """Keep the sheet of a group."""
        _write(self._sheet(group), webp)

    def is_drawn(self, group: StyleGroup) -> bool:
        """Whether the sheet of a group shows every picture that there is."""
        sheet = self._sheet(group)
        pictures = [self._picture(style.slug) for style in group.styles if self.has_picture(style.slug)]
        drawn_at = sheet.stat().st_mtime_ns if sheet.exists() else 0
        return all(picture.stat().st_mtime_ns < drawn_at for picture in pictures)

    def picture(self, name: str) -> bytes | None:
        """Read the picture of a style, or the `BASE`; None where there is none yet."""
        try:
            return self._picture(name).read_bytes()
        except FileNotFoundError:
            return None

    def keep_picture(self, name: str, data: bytes) -> None:
        """Keep the picture of a style, or the `BASE`."""
        _write(self._picture(name), data)

    def has_picture(self, name: str) -> bool:
        """Whether the picture of a style, or the `BASE`, is there."""
        return self._picture(name).exists()

    def sent(self) -> Mapping[str, Sent]:
        """Tell what Spark was asked for so far, by name."""
        try:
            written = json.loads(self._journal.read_bytes())
        except FileNotFoundError:
            return {}
        return {name: Sent(**each) for name, each in written.items()}

    def note(self, name: str, sent: Sent) -> None:
        """Write down what is known by now of a picture that Spark was asked for."""
        self._write_journal({**self.sent(), name: sent})

    def forget(self, name: str) -> None:
        """Strike out a picture for which nothing was paid."""
        self._write_journal({other: sent for other, sent in self.sent().items() if other != name})

    def _write_journal(self, sent: Mapping[str, Sent]) -> None:
        written = {name: asdict(each) for name, each in sent.items()}
        _write(self._journal, json.dumps(written, indent=1).encode())

    def _sheet(self, group: StyleGroup) -> Path:
        return self.path / f"sheet-{group}.webp"

    def _picture(self, name: str) -> Path:
        return self.path / f"{name}.picture"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
