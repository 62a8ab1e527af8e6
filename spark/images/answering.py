"""The side of a worker that stands by (`standing`): it answers until nobody asks any more.

It is asked by a line of JSON, what to do and the lengths of some files, and then the files. It answers with a line
of JSON, what is told, which is `{"refused": text}` where nothing is done, and the length of what was made, and
then that.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from spark.errors import ImageRefused

Answer: TypeAlias = Callable[[Any, Sequence[bytes]], tuple[Mapping[str, Any], bytes]]


def answer_all(answer: Answer) -> None:
    """Do what is asked on standard input with the files that follow, again and again."""
    asked, given = sys.stdin.buffer, sys.stdout.buffer
    while line := asked.readline():
        what, lengths = json.loads(line)
        files = [asked.read(length) for length in lengths]
        try:
            told, made = answer(what, files)
        except (ImageRefused, MemoryError) as refused:
            told, made = {"refused": str(refused)}, b""
        given.write(json.dumps([told, len(made)]).encode() + b"\n" + made)
        given.flush()
