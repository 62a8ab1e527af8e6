"""The README's contact sheet: its own lines, played."""

import re
import tempfile
from pathlib import Path

from sandbox.demo import play
from tests.pictures.files import ROOT, write_jpeg

_LINE = re.compile(r"^  --once '(.+)'", re.MULTILINE)


async def make_contact_sheet() -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        await play(_LINE.findall((ROOT / "README.md").read_text(encoding="utf-8")), out, lambda _: None)
        write_jpeg("contact-sheet", (out / "contact-sheet.png").read_bytes())
