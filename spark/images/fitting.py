"""Turns what people send into what a model takes, measures and recognises pictures, and makes them smaller.

See `workshop`.
"""

import json
from dataclasses import asdict, dataclass, field

from spark.images.fingerprints import Fingerprint
from spark.images.provenance import Provenance
from spark.images.workshop import File, looked_at, worked


@dataclass(frozen=True, slots=True)
class Fitted:
    """A picture that a model takes."""

    data: bytes = field(repr=False)
    format: str
    """JPEG or PNG."""
    width: int
    height: int
    changes: tuple[str, ...]
    """What was done to it, in words for a person: "scaled from 8000×6000 to 4096×3072"; empty if nothing."""
    original_fits: bool
    """Whether the model takes the very file that was sent, and that does not tell where it was taken."""
    original_sha256: str
    """Of the very file that was sent, in hexadecimal digits."""
    fingerprint: Fingerprint
    """What the picture that was sent is recognised by, when it comes again in other bytes."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A JPEG that was made of a picture with more bytes."""

    data: bytes = field(repr=False)
    width: int
    height: int


async def fit(file: File, model: str) -> Fitted:
    """Make what `model` takes from any picture; raise `ImageRefused` where that cannot be done honestly.

    A picture that fits stays as it is, but for its metadata. Each call runs one process for some seconds at most,
    which may take some hundred megabytes for a large picture: bound how many run at a time.
    """
    told, data = await worked(file, await looked_at(file), "fit", model)
    read = {"changes": tuple(told["changes"]), "fingerprint": Fingerprint.read(told["fingerprint"])}
    return Fitted(data, **(told | read))


async def shrink(file: File, max_bytes: int, provenance: Provenance) -> Shrunk:
    """Make a JPEG of at most `max_bytes` that tells its provenance; runs one process, as `fit` does.

    Raises `ImageRefused`.
    """
    parameter = json.dumps([max_bytes, asdict(provenance)])
    told, data = await worked(file, await looked_at(file), "shrink", parameter)
    return Shrunk(data, told["width"], told["height"])


async def fingerprint(file: File) -> Fingerprint:
    """Take the fingerprint of any picture; runs one process, as `fit` does.

    Raises `ImageRefused`.
    """
    told, _ = await worked(file, await looked_at(file), "recognise")
    return Fingerprint.read(told["fingerprint"])


async def measure(file: File) -> tuple[int, int]:
    """Tell the width and height of a picture, as they are stored; raise `ImageRefused` where it is none.

    Runs one process, as `fit` does, where its first kilobyte does not tell them.
    """
    header = await looked_at(file)
    if header.size is not None:
        return header.size
    told, _ = await worked(file, header, "measure")
    return told["width"], told["height"]
