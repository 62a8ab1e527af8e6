"""Whether the folder of the styles' pictures can be read, where it is there."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.operator.checks.findings import Finding


def style_findings(folder: Path) -> Iterator[Finding]:
    """Name one that is none, or is closed to this user: /stylize would fail, and needs none."""
    if not folder.exists():
        return
    if not folder.is_dir():
        yield Finding("styles", False, f"{folder} is no folder; remove it, and `spark-bot previews` makes one")
    elif not os.access(folder, os.R_OK | os.X_OK, effective_ids=True):
        yield Finding(
            "styles", False, f"user {os.geteuid()} may not read {folder}; make that user its owner (chown)"
        )
