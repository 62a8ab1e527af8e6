"""The worker: does one thing with one picture, in a process of its own that `workshop` starts.

The file comes on standard input, what to do with it as arguments. Standard output gets one line of JSON, either
`{"refused": reason, "text": text, "advice": advice}` or what is told of the picture, and then the new file.
"""

import json
import sys
import warnings
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final

from PIL import Image

from spark.errors import ImageRefused
from spark.images.decoding import fit, recognise, shrink
from spark.images.inspection import inspect
from spark.images.limits import LIMITS, pixels_max
from spark.images.provenance import Provenance

_Done = tuple[Mapping[str, Any], bytes]


def main(task: str, parameter: str = "") -> None:
    """Do a task with the picture on standard input."""
    Image.MAX_IMAGE_PIXELS = pixels_max("JPEG")  # of what a header tells first and a frame tells otherwise
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        told, made = _TASKS[task](sys.stdin.buffer.read(), parameter)
    except ImageRefused as refused:
        told, made = {"refused": refused.reason, "text": str(refused), "advice": refused.advice}, b""
    except MemoryError:
        told, made = {"refused": "too_heavy", "text": "The picture is too heavy to be decoded.", "advice": ""}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)


def _fit(data: bytes, model: str) -> _Done:
    told, fitted = fit(data, LIMITS[model])
    return {**told, "original_sha256": sha256(data).hexdigest()}, fitted


def _shrink(data: bytes, parameter: str) -> _Done:
    max_bytes, provenance = json.loads(parameter)
    return shrink(data, max_bytes, Provenance(**provenance))


def _recognise(data: bytes, _: str) -> _Done:
    return recognise(data), b""


def _measure(data: bytes, _: str) -> _Done:
    info = inspect(data)
    width, height = (info.height, info.width) if info.sideways else (info.width, info.height)
    return {"format": info.format, "width": width, "height": height}, b""


_TASKS: Final[Mapping[str, Callable[[bytes, str], _Done]]] = {
    "fit": _fit,
    "shrink": _shrink,
    "recognise": _recognise,
    "measure": _measure,
}
