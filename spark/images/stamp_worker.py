"""The worker that stamps pictures, one after another; `stamps` starts it.

It is asked with a provenance and a picture's file, and tells what to change of the file: where each part begins
and ends, and how long the one is that is to stand there. Those follow, one after another.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from spark.images.answering import answer_all
from spark.images.provenance import Provenance
from spark.images.stamping import edits


def main() -> None:
    """Stamp pictures until nobody asks for it."""
    answer_all(_answer)


def _answer(asked: Mapping[str, str], files: Sequence[bytes]) -> tuple[Mapping[str, Any], bytes]:
    changes = edits(files[0], Provenance(**asked))
    told = [(start, end, len(new)) for start, end, new in changes]
    return {"edits": told}, b"".join(new for _, _, new in changes)
