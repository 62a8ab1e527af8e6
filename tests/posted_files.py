"""Whether each picture that the bot posted tells that it is AI's work: `python -m tests.posted_files DIR`.

With `DISCORD_POSTED_FILES_DIR` the end-to-end tests keep there what was posted. One process of exiftool reads all
of it, which has nothing in common with what wrote it.
"""

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

NO_AI: Final = re.compile(r"[0-9a-f]{16}-((SPOILER_)?input-[0-9]+|before|spending)\.(png|jpe?g)")
"""Copies of what people gave, and charts."""
TAKE_XMP: Final = frozenset({"PNG", "JPEG", "WEBP", "Extended WEBP"})
"""How exiftool calls the formats that are stamped; what else is posted is no picture, or was made up by a test."""
AI_MADE: Final = frozenset({"trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"})


def read(folder: Path) -> Sequence[Mapping[str, Any]]:
    """Have exiftool tell what stands in each file of a folder."""
    asked = ("exiftool", "-json", "-groupNames1", "-n", "-all", "-ext", "*", str(folder))
    # its exit code speaks of single files
    told = subprocess.run(asked, capture_output=True, check=False)  # noqa: S603 - what is asked stands here
    found: Sequence[Mapping[str, Any]] = json.loads(told.stdout)
    return found


def source_type(told: Mapping[str, Any]) -> str:
    """Give the name of a file's digital source type; empty where it tells none."""
    return str(told.get("XMP-iptcExt:DigitalSourceType", "")).rpartition("/")[2]


def main(folder: str) -> int:
    """Tell which pictures do not say what they are; 1 where there is one, or where none was posted."""
    pictures = [each for each in read(Path(folder)) if each.get("File:FileType") in TAKE_XMP]
    told = [each for each in pictures if not NO_AI.fullmatch(Path(each["SourceFile"]).name)]
    silent = [each["SourceFile"] for each in told if source_type(each) not in AI_MADE]
    lines = [f"{len(told) - len(silent)} of {len(told)} posted pictures tell that they are AI's work.", *silent]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if silent or not told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
